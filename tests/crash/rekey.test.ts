// Goal: a depot gets another data key and there is, whatever is killed, one file under its name that its people open. Method:
// one real process for each n, killed in its n-th change of the disk, until one comes through; the rest with the same file.
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { slotsOfWords } from '../../electron/data/host/people.ts';
import { rekeyDepot } from '../../electron/data/host/rekey.ts';
import { signedText } from '../../electron/data/journal/trustListForm.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { openSlots, readSlotFile, stretch } from '../../electron/data/keys/slots.ts';
import { entropyOf } from '../../electron/data/keys/words.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { aDepot, PASSPHRASE, stockUp, type TestDepot } from '../support/depot.ts';
import { projectionsOf } from '../support/ranges.ts';
import { atEveryWrite, copyOf, open, runUntil, type Target } from './kills.ts';

let depot: TestDepot;
let folder: string;
let before: unknown;
let secrets: { stretched: Uint8Array; entropy: Uint8Array };

beforeAll(async () => {
  depot = await aDepot();
  folder = mkdtempSync(join(tmpdir(), 'rekey-'));
  stockUp(depot.ledger);
  before = projectionsOf(depot.ledger);
  const stretched = await stretch(PASSPHRASE, readSlotFile(depot.file).kdf);
  secrets = { stretched, entropy: entropyOf(depot.recoveryWords.join(' ')) as Uint8Array };
  closeLedger(depot.ledger);
}, 60_000);
afterAll(() => expect(depot.ledger.sqlite.open).toBe(false));

const optionsOf = ({ file, userDataDir, of }: Target) => ({ file, userDataDir, deps: of.deps });
/** Opened as a person would, and with the words; sound, and what it was. */
function openBothWays(target: Target): Ledger {
  const words = openLedger({
    ...optionsOf(target),
    candidates: slotsOfWords(target.file, depot.recoveryWords.join(' ')),
    recovering: 'admin',
  });
  closeLedger(words);
  const ledger = openLedger({ ...optionsOf(target), candidates: openSlots(readSlotFile(target.file), 'person', secrets.stretched) });
  expect([ledger.readOnly, verifyLedger(ledger).ok]).toEqual([null, true]);
  expect(projectionsOf(ledger)).toEqual(before);
  return ledger;
}
const modeOf = (path: string): number => statSync(path).mode & 0o777;
/** Who changed the key, as the journal says. */
const changesOf = ({ sqlite }: Ledger) =>
  (sqlite.prepare("SELECT payload FROM entry WHERE json_extract(event, '$.type') = 'depot.rekeyed'").pluck().all() as string[]).map(
    (text) => {
      const { who, exact } = JSON.parse(text);
      return [who.usr, exact];
    },
  );
const filesBeside = ({ file }: Target) =>
  readdirSync(dirname(file))
    .filter((name) => name !== 'machine')
    .sort();

test('another key: the old one opens it no more, passphrase and words do, and nothing is left beside it', () => {
  const target = copyOf(depot, join(folder, 'once'));
  const names = filesBeside(target);
  const pages = readFileSync(target.file);
  rekeyDepot(open(target), optionsOf(target), secrets);
  expect(filesBeside(target)).toEqual(names);
  for (const { file } of process.platform === 'win32' ? [] : [depot, target])
    for (const name of filesBeside({ ...target, file })) expect([name, modeOf(join(dirname(file), name))]).toEqual([name, 0o600]);
  expect(readFileSync(target.file).subarray(0, 4_096).equals(pages.subarray(0, 4_096))).toBe(false);
  expect(() => open(target)).toThrow(); // depot.candidates hold the old key
  expect(readSlotFile(target.file).slots).toHaveLength(2);
  const ledger = openBothWays(target);
  expect(changesOf(ledger)).toEqual([['admin', { closedSlots: 0 }]]);
  closeLedger(ledger);
}, 60_000);

test('words that are not those of the file: refused, and the file as it was', () => {
  const target = copyOf(depot, join(folder, 'refused'));
  const bytes = readFileSync(target.file);
  const ledger = open(target);
  try {
    rekeyDepot(ledger, optionsOf(target), { ...secrets, entropy: Buffer.alloc(32) });
    expect.unreachable();
  } catch (cause) {
    expect(refusalOf(cause)?.code).toBe('recoveryWordsWrong');
  }
  expect(readFileSync(target.file).equals(bytes)).toBe(true);
  const kept = open(target);
  expect(changesOf(kept)).toEqual([]);
  closeLedger(kept);
});

test('the words of a root key are told as what they are', () => {
  const target = copyOf(depot, join(folder, 'root-words'));
  const ledger = open(target);
  const [root, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const said = { v: 1, minReader: 1, version: 1, expiresOn: '2030-01-01', previous: null, threshold: 2 } as const;
  const list = { ...said, roots: [root, other].map((key) => key.toString('base64url')), devices: [], revoked: [], recovery: [] };
  ledger.sqlite
    .prepare('INSERT INTO trust_list (stream, version, list) VALUES (?, 1, ?)')
    .run(ledger.device.stream, signedText({ list: { ...list, recipients: 'hybrid' }, signatures: [] }));
  expect(() => rekeyDepot(ledger, optionsOf(target), { ...secrets, entropy: other })).toThrow('rootWordsGiven');
});

test('killed at any write: always one file that opens, and the second try succeeds', async () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const argument = `${hex(secrets.stretched)}:${hex(secrets.entropy)}`;
  const kills = await atEveryWrite(async (n) => {
    const target = copyOf(depot, join(folder, `killed-${n}`));
    const isDone = await runUntil(n, 'rekey', target, argument);
    rekeyDepot(openBothWays(target), optionsOf(target), secrets);
    expect(filesBeside(target).filter((name) => name.includes('rekeyed'))).toEqual([]);
    closeLedger(openLedger({ ...optionsOf(target), candidates: openSlots(readSlotFile(target.file), 'person', secrets.stretched) }));
    return isDone;
  });
  expect(kills).toBeGreaterThan(12);
  console.info(`changing the key: killed at each of ${kills} writes`);
}, 900_000);
