type WithCode = Error & { code?: unknown };
type WithIssues = Error & { issues?: readonly { code?: unknown; path?: readonly PropertyKey[] }[] };

const issuesOf = ({ issues }: WithIssues): string => {
  if (!Array.isArray(issues)) return '';
  return issues.map(({ code, path }) => ` [${String(code)} at ${(path ?? []).map(String).join('.')}]`).join('');
};

/**
 * A cause as it may stand in a log file: kind, code and where in the program, never the message. Messages quote what a
 * person typed, rows and file contents, and a log leaves the depot more easily than the file does.
 */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return `thrown ${typeof cause}`;
  const { name, code }: WithCode = cause;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const head = `${name}${typeof code === 'string' ? ` ${code}` : ''}${issuesOf(cause)}`;
  const below = cause.cause === undefined ? [] : [`  caused by ${describeCause(cause.cause)}`];
  return [head, ...frames, ...below].join('\n');
}
