import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainError } from '../../../shared/domain/errors.ts';
import { invariant } from '../../../shared/lib/result.ts';
import { Refused } from '../refused.ts';
import type { Sqlite } from './open.ts';
import { projectRoot } from './projectRoot.ts';

type Migration = Readonly<{ number: number; name: string; sql: string; checksum: string }>;

/** Reads `NNNN_name.sql`, contiguous from 0001, and holds each against the checksum it was frozen with. */
export function readMigrations(folder = join(projectRoot(), 'migrations')): readonly Migration[] {
  const frozen: Record<string, string> = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'));
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    invariant(Number(name.slice(0, 4)) === index + 1, `migrations are not contiguous at ${name}`);
    invariant(frozen[name] === checksum, `migration ${name} was edited after it was frozen`);
    return { number: index + 1, name, sql, checksum };
  });
}

const newerFile = (fileVersion: number, programVersion: number): DomainError => ({ code: 'newerFile', fileVersion, programVersion });

/**
 * Brings the file to the program's version: each file in its own transaction with its `user_version`. A newer file and
 * a file whose history differs are refused, not touched.
 */
export function migrate(sqlite: Sqlite, migrations = readMigrations()): void {
  const version = sqlite.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) throw new Refused(newerFile(version, migrations.length));
  if (version === migrations.length && version > 0) return;
  sqlite.exec('CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY, checksum TEXT NOT NULL) STRICT, WITHOUT ROWID');
  const applied = new Map(
    (sqlite.prepare('SELECT number, checksum FROM migration').all() as Migration[]).map((row) => [row.number, row.checksum]),
  );
  for (const { number, name, sql, checksum } of migrations) {
    if (number <= version) {
      invariant(applied.get(number) === checksum, `the file was made with another ${name}`);
      continue;
    }
    sqlite
      .transaction(() => {
        sqlite.exec(sql);
        sqlite.prepare('INSERT INTO migration VALUES (?, ?)').run(number, checksum);
        sqlite.pragma(`user_version = ${number}`);
        invariant((sqlite.pragma('foreign_key_check') as unknown[]).length === 0, `foreign keys broken after ${name}`);
      })
      .immediate();
  }
}
