import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEPT_MAX = 10;

const isPathList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((path) => typeof path === 'string');

function readList(file: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isPathList(value) ? value : [];
  } catch {
    return []; // never written, or torn: only a convenience is lost
  }
}

/** Paths of depots opened before, newest first, in the user's application data. Files that are gone are left out. */
export const recentPaths = (file: string): readonly string[] => readList(file).filter((path) => existsSync(path));

export function rememberPath(file: string, path: string): void {
  const paths = [path, ...readList(file).filter((other) => other !== path)].slice(0, KEPT_MAX);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(paths));
    renameSync(`${file}.new`, file);
  } catch {
    // A full disk must not turn an opened depot into an error.
  }
}
