import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Wrong use of the terminal: exit 2. */
export class UsageError extends Error {}

/** What a command answers: JSON for scripts, lines for people, notes beside the lines, and whether it was refused. */
export type Answer = Readonly<{
  json: unknown;
  lines: readonly string[];
  notes?: readonly string[];
  /** What was assumed stands before a figure that rests on it. */
  areNotesFirst?: boolean;
  isRefused?: boolean;
}>;

/** Names of the environment from which a secret is read, each also with `_FILE` behind it for the path of a file. */
export const SECRETS = [
  'DEPOT_PASSPHRASE',
  'DEPOT_SECOND_PASSPHRASE',
  'DEPOT_NEW_PASSPHRASE',
  'DEPOT_RECOVERY_WORDS',
  'DEPOT_ROOT_PASSPHRASE',
] as const;

/** A secret from a file or descriptor, from the environment, or typed without echo; never from an argument. */
export async function secret(name: (typeof SECRETS)[number], prompt: string): Promise<string> {
  const path = process.env[`${name}_FILE`];
  if (path) return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  const value = process.env[name];
  if (value !== undefined) return value;
  if (!process.stdin.isTTY) throw new UsageError(`no secret: set ${name}_FILE or ${name}, or use a terminal`);
  return promptHidden(prompt);
}

/** Whether a secret was given without asking. */
export const isSecretGiven = (name: string): boolean => process.env[name] !== undefined || process.env[`${name}_FILE`] !== undefined;

function promptHidden(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(`${prompt}: `);
  return new Promise((resolve) => {
    reader.question('', (typed) => {
      reader.close();
      process.stderr.write('\n');
      resolve(typed);
    });
  });
}
