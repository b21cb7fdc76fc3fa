import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { aDepot, aRequest, reopen, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  for (let at = 0; at < 5; at++)
    postMovement(
      depot.ledger,
      aRequest(depot.deps, { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '10' }),
    );
});
afterEach(() => {
  if (depot.ledger.sqlite.open) closeLedger(depot.ledger);
});

const behindTheBack = (...statements: string[]) => {
  const { sqlite } = depot.ledger;
  const triggers = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[];
  for (const trigger of triggers) sqlite.exec(`DROP TRIGGER ${trigger}`);
  for (const statement of statements) sqlite.exec(statement);
};
const firstBad = () => {
  const reply = verifyLedger(depot.ledger);
  return reply.ok ? null : reply.firstBad;
};

test('an untouched depot verifies', () => expect(firstBad()).toBeNull());

test.each([
  ['a balance', "UPDATE holding SET quantity = quantity + 1 WHERE place = 'S2'", /holding/],
  ['a movement', "UPDATE movement SET quantity = 9 WHERE voucher LIKE 'I%'", /movement .* quantity/],
  ["a movement's entry", 'UPDATE movement SET seq = seq + 1000 WHERE seq = (SELECT max(seq) FROM movement)', /movement .* seq/],
  ['a nature in a place', "UPDATE place_item SET quantity = quantity + 1 WHERE place = 'S2'", /place_item/],
  ['a removed heap', "DELETE FROM holding WHERE place = 'S2'", /missing/],
  ['a made-up row', "INSERT INTO licence VALUES ('DEP1', 'S9', '1.1', 5)", /no entry made/],
  ['a removed row', "DELETE FROM licence WHERE place = 'S3' AND division = '1.1'", /missing/],
])("%s changed behind the program's back is named", (_what, statement, reason) => {
  behindTheBack(statement);
  expect(firstBad()?.reason).toMatch(reason);
});

test('an entry changed is named by its number', () => {
  behindTheBack(
    'UPDATE entry SET payload = replace(payload, \'"quantity":900\', \'"quantity":901\') WHERE payload LIKE \'%"quantity":900%\'',
  );
  const seq = depot.ledger.sqlite.prepare('SELECT seq FROM entry WHERE payload LIKE \'%"quantity":901%\'').pluck().get();
  expect(firstBad()).toEqual({ seq, reason: 'the payload is not the one that was recorded' });
});

test('the last entries taken out with their movements are noticed, since a head still names them', () => {
  behindTheBack(
    'PRAGMA foreign_keys = OFF',
    'DELETE FROM movement WHERE seq = (SELECT max(seq) FROM entry)',
    'DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)',
  );
  expect(firstBad()?.reason).toBe('an entry is missing');
});

test('an entry taken out is noticed', () => {
  behindTheBack('PRAGMA foreign_keys = OFF', 'DELETE FROM entry WHERE seq = 7');
  expect(firstBad()).toEqual({ seq: 7, reason: 'an entry is missing' });
});

test.each([0.3, 0.6, 0.95])('one flipped bit at %f of the file is noticed, free pages too', (where) => {
  const file = depot.file;
  closeLedger(depot.ledger);
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length * where);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
  let outcome: string;
  try {
    const ledger = reopen(depot);
    const reply = verifyLedger(ledger);
    outcome = reply.ok ? 'sound' : reply.firstBad.reason;
    closeLedger(ledger);
  } catch (cause) {
    outcome = String(cause);
  }
  expect(outcome).toMatch(/page \d+ of the file was changed|malformed|not a database|fileDamaged/);
});

test.each([
  ['entry', "UPDATE entry SET payload = 'x'"],
  ['entry', 'DELETE FROM entry'],
  ['entry', 'INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1'],
  ['head', 'DELETE FROM head'],
  ['movement', 'UPDATE movement SET quantity = 1'],
  ['movement', 'INSERT OR REPLACE INTO movement SELECT * FROM movement LIMIT 1'],
])('the tables refuse to be rewritten: %s, %s', (table, statement) => {
  expect(() => depot.ledger.sqlite.exec(statement)).toThrow(`${table} is append-only`);
});
