// Goal: no commit is so large that it could never travel. Method: one commit with more entries than lie between two heads, and one
// with more text than a bundle may unpack to, read as the journal of a device that signs no more: it can be cut at stored heads only.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inWriteTransaction, record } from '../../electron/data/ledger.ts';
import { LIMITS } from '../../electron/data/sync/format.ts';
import { roomOfBundle, StreamReader } from '../../electron/data/sync/streamReader.ts';
import { aDepot, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeAll(async () => {
  depot = await aDepot();
}, 60_000);
afterAll(() => closeLedger(depot.ledger));

const ENTRIES_BETWEEN_HEADS = 20_000;
/** All pieces of the journal after an entry, each filling a bundle of its own, as somebody else has to send it. */
function piecesAfter(after: number, room = roomOfBundle) {
  const { ledger } = depot;
  const upto = ledger.journal.last.seq;
  const asOther = { ...ledger, device: { ...ledger.device, stream: 0 } };
  const reader = new StreamReader(asOther, { ...ledger.device, after, upto });
  const pieces: { entries: number; bytes: number }[] = [];
  while (!reader.isDone) {
    const piece = reader.next(room(), () => undefined);
    if (piece === null) return null;
    pieces.push({ entries: piece.range.upto - piece.range.from + 1, bytes: piece.bytes.length });
  }
  return pieces;
}

test('a commit of very many entries has heads inside, at which it can be cut', () => {
  const { ledger } = depot;
  const before = ledger.journal.last.seq;
  inWriteTransaction(ledger, (tx) => {
    for (let at = 0; at < ENTRIES_BETWEEN_HEADS + 50; at++) record(tx, { type: 'access.failed', data: { count: at } });
  });
  const small = () => ({ ...roomOfBundle(), entries: ENTRIES_BETWEEN_HEADS });
  expect(piecesAfter(before, small)?.map(({ entries }) => entries)).toEqual([ENTRIES_BETWEEN_HEADS, 50]);
  expect(verifyLedger(ledger).ok).toBe(true);
}, 120_000);

test('a commit of very much text is cut too, and no bundle is filled with more than it may unpack to', () => {
  const { ledger } = depot;
  const before = ledger.journal.last.seq;
  // Letters of two bytes, that no packing makes less: 60,000 characters are 120,000 bytes.
  const text = () => Buffer.from(new Uint16Array(randomBytes(60_000)).map((byte) => 0x400 + (byte % 0x50)).buffer).toString('utf16le');
  inWriteTransaction(ledger, (tx) => {
    for (let at = 0; at < 600; at++) record(tx, { type: 'pack.put', data: { pack: 'own', content: text() } });
  });
  const pieces = piecesAfter(before);
  expect(pieces?.length).toBeGreaterThan(1);
  expect(pieces?.reduce((sum, { entries }) => sum + entries, 0)).toBe(600);
  for (const { bytes } of pieces ?? []) expect(bytes).toBeLessThan(LIMITS.rawBytesMax);
}, 120_000);
