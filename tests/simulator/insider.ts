import { verifyLedger } from '../../electron/data/journal/verify.ts';
import type { Machine } from './machine.ts';
import { Broken, type World } from './world.ts';

/** L3: who changes rows of the file past the program is found, and the first bad entry is named. */

type Change = Readonly<{ trigger: string; sql: string; namesSeq: boolean }>;
const CHANGES: readonly Change[] = [
  {
    trigger: 'entry',
    sql: 'UPDATE entry SET payload = replace(payload, \'"usr":"admin"\', \'"usr":"nobody"\') WHERE stream = :stream AND seq = :seq',
    namesSeq: true,
  },
  {
    trigger: 'entry',
    sql: 'UPDATE entry SET event = replace(event, \'"tv":1\', \'"tv":2\') WHERE stream = :stream AND seq = :seq',
    namesSeq: true,
  },
  { trigger: 'entry', sql: 'DELETE FROM entry WHERE stream = :stream AND seq = :seq', namesSeq: true },
  {
    trigger: 'head',
    sql: 'UPDATE head SET device_signature = zeroblob(64) WHERE stream = :stream AND seq = (SELECT max(seq) FROM head WHERE stream = :stream)',
    namesSeq: false,
  },
  { trigger: 'holding', sql: 'UPDATE holding SET quantity = quantity + 1', namesSeq: false },
  { trigger: 'movement', sql: 'UPDATE movement SET quantity = quantity + 1', namesSeq: false },
  { trigger: 'setting', sql: "UPDATE setting SET value = value || 'x'", namesSeq: false },
];

export function tamper(world: World, machine: Machine, number: number, at: number): void {
  const copy = world.copyOf(machine, 'insider');
  const { sqlite, device } = copy.ledger;
  const { trigger, sql, namesSeq } = CHANGES[number % CHANGES.length] as Change;
  const triggers = sqlite
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .pluck()
    .all(trigger) as string[];
  for (const name of triggers) sqlite.exec(`DROP TRIGGER main."${name}"`);
  sqlite.pragma('foreign_keys = OFF');
  const seq = 1 + (at % copy.ledger.journal.last.seq);
  const statement = sqlite.prepare(sql);
  const { changes } = sql.includes(':')
    ? statement.run(sql.includes(':seq') ? { stream: device.stream, seq } : { stream: device.stream })
    : statement.run();
  const verified = verifyLedger(copy.ledger);
  copy.close();
  if (changes === 0) return;
  world.count('changed by an insider');
  if (verified.ok) throw new Broken('L3', `${machine.label}: ${sql} was not found`);
  if (namesSeq && verified.firstBad.seq !== seq)
    throw new Broken('L3', `${machine.label}: ${sql} at ${seq} was found at ${verified.firstBad.seq}`);
}
