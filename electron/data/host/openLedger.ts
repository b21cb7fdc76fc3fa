import { closeSync, openSync } from 'node:fs';
import { openEncrypted, refusePlainFile, type Sqlite } from '../db/open.ts';
import type { StreamKeys } from '../journal/envelope.ts';
import { isHeadSignedBy } from '../journal/head.ts';
import type { OwnDevice } from '../journal/journal.ts';
import { publicKeyOf, secretName, signerOf } from '../journal/keys.ts';
import { whyReadOnly } from '../journal/ownCopy.ts';
import { clearAttempts, readAttempts } from '../keys/attempts.ts';
import { readMark, writeMark } from '../keys/mark.ts';
import type { Unwrapped } from '../keys/slots.ts';
import { inWriteTransaction, type Ledger, type LedgerDeps, ledgerOf, record, type Session } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listPeople } from '../repositories/settings.ts';

export type OpenOptions = Readonly<{
  file: string;
  candidates: readonly Unwrapped[];
  userDataDir: string;
  deps: Pick<LedgerDeps, 'nowMs' | 'newId'>;
  /** Called after each commit, beside the mark. */
  onCommitted?: () => void;
  /** Opened by the recovery words, on behalf of this person. */
  recovering?: string;
}>;

type OwnStream = Omit<StreamKeys, 'commitmentKey'> & Readonly<{ statement: string; genesis: Buffer; commitment_key: Buffer }>;

const findSecret = (sqlite: Sqlite, name: string, incarnation: number): Buffer | undefined =>
  sqlite.prepare('SELECT value FROM secret WHERE name = ?').pluck().get(secretName(name, incarnation)) as Buffer | undefined;
const secretOf = (sqlite: Sqlite, name: string, incarnation: number): Buffer => findSecret(sqlite, name, incarnation) as Buffer;

/** The device that this file is, in the incarnation that writes now. */
export function readOwnDevice(sqlite: Sqlite): OwnDevice {
  const [row, ...earlier] = sqlite.prepare('SELECT * FROM stream WHERE is_own = 1 ORDER BY incarnation DESC').all() as OwnStream[];
  if (row === undefined) throw new Refused({ code: 'fileDamaged', detail: 'the file names no device of its own' });
  const seed = secretOf(sqlite, 'signingSeed', row.incarnation);
  const classicOf = ({ incarnation }: OwnStream) => findSecret(sqlite, 'classicIdentity', incarnation)?.toString('utf8') ?? null;
  return {
    stream: row.stream,
    device: row.device,
    incarnation: row.incarnation,
    site: row.site,
    statement: row.statement,
    genesis: row.genesis,
    commitmentKey: row.commitment_key,
    publicKey: publicKeyOf(seed),
    sign: signerOf(seed),
    ageIdentity: secretOf(sqlite, 'ageIdentity', row.incarnation).toString('utf8'),
    classicIdentity: classicOf(row),
    earlierIdentities: earlier.flatMap((each) => {
      const classic = classicOf(each);
      return [secretOf(sqlite, 'ageIdentity', each.incarnation).toString('utf8'), ...(classic === null ? [] : [classic])];
    }),
  };
}

/** The last signed head must be where the journal ends, and be ours: a cheap look at every opening; `verify` looks at all of it. */
function checkHead(sqlite: Sqlite, device: OwnDevice): void {
  const row = sqlite
    .prepare(
      'SELECT h.seq, h.root, h.device_signature AS signature, e.hash FROM head h JOIN entry e USING (stream, seq) WHERE h.stream = ? ORDER BY h.seq DESC LIMIT 1',
    )
    .get(device.stream) as { seq: number; root: Buffer; signature: Buffer; hash: Buffer } | undefined;
  const lastSeq = sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(device.stream);
  const isSound =
    row !== undefined &&
    row.seq === lastSeq &&
    isHeadSignedBy(device.publicKey, { ...device, seq: row.seq, hash: row.hash, root: row.root }, row.signature);
  if (!isSound) throw new Refused({ code: 'fileDamaged', detail: 'the journal does not end in its signed head' });
}

/** The person whose active slot was opened. A slot counts only while the journal's register names it. */
function sessionOf(ledger: Ledger, candidates: readonly Unwrapped[]): Session {
  for (const person of listPeople(ledger)) {
    const opened = candidates.find((candidate) => candidate.slot === person.slot);
    if (opened?.signingSeed && person.isActive) return { person: person.person, roles: person.roles, sign: signerOf(opened.signingSeed) };
  }
  throw new Refused({ code: 'slotRevoked' });
}

/** Asked of the own journal: the setting of the site is that of whichever device set one last, and slots open one file only. */
export const recoverySlotOf = (sqlite: Sqlite, stream: number): unknown =>
  sqlite
    .prepare(
      "SELECT json_extract(payload, '$.exact.slot') FROM entry WHERE stream = ? AND json_extract(event, '$.type') = 'recovery.set' ORDER BY seq DESC LIMIT 1",
    )
    .pluck()
    .get(stream);

/** The recovery slot in force opens the file for the person named; that person's key is not at hand, so the device signs. */
function recoverySession(ledger: Ledger, device: OwnDevice, { candidates, recovering = '' }: OpenOptions): Session {
  const slot = recoverySlotOf(ledger.sqlite, device.stream);
  if (!candidates.some((candidate) => candidate.slot === slot)) throw new Refused({ code: 'slotRevoked' });
  return { person: recovering, roles: [], sign: null };
}

/** How many tries failed before this one goes into the journal; the counter itself is disposable. */
function journalFailures(ledger: Ledger): void {
  const { failed } = readAttempts(ledger.file);
  if (failed === 0 || ledger.readOnly !== null) return;
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'access.failed', data: { count: failed } }));
  clearAttempts(ledger.file);
}

/** A mark that cannot be written, on a full disk for instance, is only an older mark; what was committed stands. */
function keepMark(userDataDir: string, { device, incarnation }: OwnDevice, head: Parameters<LedgerDeps['onCommitted']>[0]): void {
  try {
    writeMark(userDataDir, device, incarnation, head);
  } catch (cause) {
    if (typeof (cause as { code?: unknown } | null)?.code !== 'string') throw cause;
  }
}

function assemble(options: OpenOptions, sqlite: Sqlite, rawHandle: number, dataKey: Buffer): Ledger {
  const device = readOwnDevice(sqlite);
  checkHead(sqlite, device);
  const { file, userDataDir, deps } = options;
  const onCommitted: LedgerDeps['onCommitted'] = (head) => {
    keepMark(userDataDir, device, head);
    options.onCommitted?.();
  };
  const markOf = () => readMark(userDataDir, device.device, device.incarnation);
  const parts = {
    file,
    sqlite,
    rawHandle,
    dataKey,
    device,
    deps: { ...deps, onCommitted, readMark: markOf },
    readOnly: whyReadOnly(sqlite, device, markOf()),
  };
  const nobody: Session = { person: '', roles: [], sign: null };
  const reader = ledgerOf({ ...parts, session: nobody });
  const session = options.recovering === undefined ? sessionOf(reader, options.candidates) : recoverySession(reader, device, options);
  const ledger = ledgerOf({ ...parts, session });
  if (ledger.readOnly === null) onCommitted(ledger.journal.last);
  journalFailures(ledger);
  return ledger;
}

/** Slots of two keys lie beside a file only where a change of its key was killed; then one of them opens it. */
function openWithOneOf(file: string, candidates: readonly Unwrapped[]): { sqlite: Sqlite; dataKey: Buffer } {
  const keys = new Map(candidates.map(({ dataKey }) => [dataKey.toString('hex'), dataKey]));
  const [first = Buffer.alloc(0), ...others] = [...keys.values()].map((key) => Buffer.from(key));
  try {
    return { sqlite: openEncrypted(file, first), dataKey: first };
  } catch (cause) {
    const [second] = others;
    if (second === undefined || (cause as { code?: unknown }).code !== 'SQLITE_NOTADB') throw cause;
    return { sqlite: openEncrypted(file, second), dataKey: second };
  }
}

/**
 * Opens a depot with the data key that a slot gave. The caller has already derived keys; nothing here waits.
 *
 * @throws Refused: depotInUse, fileDamaged, fileNotEncrypted, newerFile, slotRevoked.
 */
export function openLedger(options: OpenOptions): Ledger {
  const { file, candidates } = options;
  refusePlainFile(file);
  const rawHandle = openSync(file, 'r'); // before SQLite takes its lock: closing a later handle would drop it
  let sqlite: Sqlite | null = null;
  try {
    const opened = openWithOneOf(file, candidates);
    sqlite = opened.sqlite;
    return assemble(options, sqlite, rawHandle, opened.dataKey);
  } catch (cause) {
    sqlite?.close();
    closeSync(rawHandle);
    throw cause;
  }
}
