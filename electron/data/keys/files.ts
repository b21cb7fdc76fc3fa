import { existsSync, readFileSync } from 'node:fs';

/** Everything that belongs to a depot lies beside its file and begins with its name. */
export const besideFile = (file: string) => ({ keys: `${file}.keys`, keysCopy: `${file}.keys2`, attempts: `${file}.attempts` });

export const readIfThere = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);
