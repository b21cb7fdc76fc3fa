// Goal: what was sealed or stored can be read without the program. Method: `depot-open`, a second reading of the document
// in a process of its own, writes bundles, parts, a backup and a depot file as lines; they must be the journal to the byte.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupLedger } from '../../electron/data/host/backup.ts';
import { createBundle } from '../../electron/data/host/operations.ts';
import { closeLedger, inWriteTransaction, type Ledger, record } from '../../electron/data/ledger.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { node24, root } from '../../scripts/modules.mjs';
import { aDepot, aRequest, PASSPHRASE, stockUp, type TestDepot } from '../support/depot.ts';
import { rowsOf } from '../support/ranges.ts';
import { trustEachOther } from '../support/sites.ts';

const PART_BYTES = 4_000;
let depot: TestDepot;
let authority: TestDepot;
let folder: string;
let expected: string[];
const at = (name: string) => join(folder, name);
const NO_SECRETS = { DEPOT_PASSPHRASE: '', DEPOT_PASSPHRASE_FILE: '', DEPOT_RECOVERY_WORDS: '', DEPOT_RECOVERY_WORDS_FILE: '' };

/** Each entry as the tool should write it. */
const linesOf = (ledger: Ledger, range = 0) =>
  rowsOf(ledger).map(
    ({ seq, event, payload, hash }) =>
      `{"range":${range},"seq":${seq},"event":${event},"payload":${payload},"hash":"${hash.toString('base64url')}"}`,
  );

function open(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(node24, [join(root, 'scripts', 'depot-open.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...NO_SECRETS, ...env },
  });
  const lines = stdout.split('\n').slice(0, -1);
  return { status, stderr, header: lines[0] ?? '', entries: lines.slice(1, -1), end: JSON.parse(lines.at(-1) ?? '{}') };
}

beforeAll(async () => {
  depot = await aDepot();
  authority = await aDepot('HQ', 'authority');
  folder = mkdtempSync(join(tmpdir(), 'rescue-'));
  trustEachOther(depot.ledger, authority.ledger);
  stockUp(depot.ledger);
  const recovery = await generateHybridIdentity();
  const recipients = [await identityToRecipient(recovery)];
  inWriteTransaction(depot.ledger, (tx) => record(tx, { type: 'recoveryRecipients.set', data: { recipients } }));
  for (const remark of ['a "quoted" \\ line\nand the next, Ärger 弾薬', ''])
    postMovement(
      depot.ledger,
      aRequest(depot.deps, { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '9', reason: remark }),
    );
  depot.deps.advance(-5_000_000); // a clock put back: hybrid times that do not follow from the recording
  for (const quantity of ['1', '2'])
    postMovement(depot.ledger, aRequest(depot.deps, { kind: 'issue', item: 'HE', lot: 'АБВ-12-83', from: 'S1', to: 'RANGE', quantity }));
  await createBundle(depot.ledger, 'HQ', at('a.adi'), () => undefined);
  await createBundle(depot.ledger, 'HQ', at('p.adi'), () => undefined, PART_BYTES);
  backupLedger(depot.ledger, at('a.backup'));
  writeFileSync(at('recovery.txt'), `# recovery identity\n${recovery}\n`);
  writeFileSync(at('device.txt'), `${authority.ledger.device.ageIdentity}\n`);
  for (const [name, { ledger }] of [
    ['depot', depot],
    ['other', authority],
  ] as const)
    writeFileSync(at(`${name}.identity`), `${ledger.device.statement}\n`);
  expected = linesOf(depot.ledger);
}, 120_000);
afterAll(() => [depot, authority].map(({ ledger }) => closeLedger(ledger)));

test('a bundle, with the recovery identity or that of a device it went to: the journal, chain and signatures proved', () => {
  for (const identity of ['recovery.txt', 'device.txt']) {
    const seen = open([at('a.adi'), '--identity', at(identity), '--statement', at('depot.identity')]);
    expect([seen.status, seen.stderr]).toEqual([0, '']);
    expect(JSON.parse(seen.header).header).toMatchObject({ t: 'bundle', from: { dev: depot.ledger.device.device }, n: expected.length });
    expect(seen.entries).toEqual(expected);
    expect(seen.end).toEqual({ end: true, entries: expected.length, isSignatureChecked: true, problems: [] });
  }
  const unproved = open([at('a.adi'), '--identity', at('device.txt'), '--statement', at('other.identity')]);
  expect(unproved.end).toMatchObject({ isSignatureChecked: false, problems: [] });
});

test('parts in any order, some of them twice; a missing one is named', () => {
  const parts = readdirSync(folder)
    .filter((name) => name.startsWith('p.adi'))
    .reverse();
  expect(parts.length).toBeGreaterThan(2);
  const more = ['--identity', at('recovery.txt')];
  expect(open([...parts, parts[0] as string].map(at).concat(more)).entries).toEqual(expected);
  expect(open([...parts.slice(0, -1).map(at), ...more])).toMatchObject({ status: 2, stderr: expect.stringContaining('part 1 of') });
});

test('a backup with the 24 words, a depot file with the passphrase: every journal, and the identities on demand', () => {
  const words = { DEPOT_RECOVERY_WORDS: depot.recoveryWords.join(' ') };
  const backup = open([at('a.backup'), '--words', '--identities', at('own.txt')], words);
  expect([backup.status, backup.stderr, backup.entries]).toEqual([0, '', expected]);
  expect(JSON.parse(backup.header).header.streams).toHaveLength(2);
  expect(open([at('a.adi'), '--identity', at('own.txt')]).entries).toEqual(expected);
  const bytes = readFileSync(depot.file);
  const file = open([depot.file, '--passphrase'], { DEPOT_PASSPHRASE: PASSPHRASE });
  expect([file.status, file.entries]).toEqual([0, expected]);
  expect(readFileSync(depot.file).equals(bytes)).toBe(true);
}, 60_000);

test('a wrong secret, a cut file and a changed entry are told', () => {
  const wrong = open([depot.file, '--passphrase'], { DEPOT_PASSPHRASE: 'another one' });
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('opens no slot') });
  writeFileSync(at('cut.adi'), readFileSync(at('a.adi')).subarray(0, -1));
  expect(open([at('cut.adi'), '--identity', at('recovery.txt')]).status).toBe(2);
  const { sqlite } = depot.ledger;
  const change = sqlite.transaction(() => {
    sqlite.exec(
      'DROP TRIGGER entry_no_update; UPDATE entry SET payload = replace(payload, \'"quantity":9\', \'"quantity":8\') WHERE stream = 1',
    );
  });
  change();
  backupLedger(depot.ledger, at('changed.backup'));
  const changed = open([at('changed.backup'), '--words'], { DEPOT_RECOVERY_WORDS: depot.recoveryWords.join(' ') });
  expect(changed.status).toBe(1);
  expect(changed.end.problems[0]).toMatch(/payload of entry \d+ is not the one that was recorded/);
}, 60_000);
