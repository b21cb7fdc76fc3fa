import type { Sqlite } from './open.ts';

/** What this machine remembers beside the journal: nothing accountable, and `verify` ignores it. */

type File = Readonly<{ sqlite: Sqlite }>;

export const findLocal = ({ sqlite }: File, name: string): string | null =>
  (sqlite.prepare('SELECT value FROM local_setting WHERE name = ?').pluck().get(name) as string | undefined) ?? null;

/** `null` forgets it. */
export function keepLocal({ sqlite }: File, name: string, value: string | null): void {
  if (value === null) sqlite.prepare('DELETE FROM local_setting WHERE name = ?').run(name);
  else sqlite.prepare('INSERT OR REPLACE INTO local_setting (name, value) VALUES (?, ?)').run(name, value);
}
