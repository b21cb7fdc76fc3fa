import { parseArgs } from 'node:util';
import { UsageError } from './io.ts';

export type Options = Readonly<Record<string, string | boolean | undefined>>;
export type Parsed = Readonly<{ positionals: readonly string[]; options: Options }>;

/** Every option of every command takes a text, but for these. */
const FLAGS = ['json', 'dry-run', 'preview', 'help', 'all', 'off'];

/** Reads `--name value` pairs; an option that the command does not know is wrong use. */
export function readArguments(args: readonly string[], allowed: readonly string[]): Parsed {
  const options = Object.fromEntries(
    [...allowed, 'json', 'help'].map((name) => [name, { type: FLAGS.includes(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { positionals, options: values as Options };
  } catch (cause) {
    throw new UsageError((cause as Error).message);
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
