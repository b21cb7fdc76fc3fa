import { parseArgs } from 'node:util';
import { UsageError } from './io.ts';

export type Options = Readonly<Record<string, string | boolean | undefined>>;
export type Parsed = Readonly<{ positionals: readonly string[]; options: Options }>;

/** Every option of every command takes a text, but for these. */
const FLAGS = ['json', 'dry-run', 'preview', 'help', 'all', 'off'];
/** What may be given several times comes as one text with commas. */
const REPEATED = ['root'];

/**
 * `--zone -05:00` as `--zone=-05:00`: no option is a number, so what begins with a minus and a digit is the value of the
 * option before it.
 */
function joinNegatives(args: readonly string[], allowed: readonly string[]): string[] {
  const takesText = (arg: string | undefined): boolean =>
    arg?.startsWith('--') === true && allowed.includes(arg.slice(2)) && !FLAGS.includes(arg.slice(2));
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const joined: string[] = [];
  for (const [at, arg] of args.entries()) {
    if (at < end && /^-\d/.test(arg) && takesText(joined.at(-1))) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** What node says of a value that looks like an option, in words that show how to write it. */
function usageOf(cause: unknown): UsageError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const option = /'(--[\w-]+)/.exec(message)?.[1];
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option !== undefined && message.includes('ambiguous'))
    return new UsageError(`${option} needs a value; one that begins with a dash is written ${option}=-…`);
  return new UsageError(message);
}

/** Reads `--name value` pairs; an option that the command does not know is wrong use. */
export function readArguments(args: readonly string[], allowed: readonly string[]): Parsed {
  const options = Object.fromEntries(
    [...allowed, 'json', 'help'].map((name) => [
      name,
      { type: FLAGS.includes(name) ? ('boolean' as const) : ('string' as const), multiple: REPEATED.includes(name) },
    ]),
  );
  try {
    const { positionals, values } = parseArgs({ args: joinNegatives(args, allowed), options, allowPositionals: true, strict: true });
    const joined = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]);
    return { positionals, options: Object.fromEntries(joined) as Options };
  } catch (cause) {
    throw usageOf(cause);
  }
}

export function positional(parsed: Parsed, at: number, name: string): string {
  const value = parsed.positionals[at];
  if (value === undefined || value === '') throw new UsageError(`${name} is missing`);
  return value;
}

export const optional = (parsed: Parsed, name: string): string | undefined => parsed.options[name] as string | undefined;

export function needed(parsed: Parsed, name: string): string {
  const value = optional(parsed, name);
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}

/** ISO instant or calendar date → UTC milliseconds. */
export function instantOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const ms = isIso ? Date.parse(text.length === 10 || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new UsageError(`--${option} must be an ISO date and time`);
  return ms;
}
