import type { Entry } from '../../../shared/domain/entries.ts';
import { invariant } from '../../../shared/lib/result.ts';
import type { Sqlite } from '../db/open.ts';
import type { Payload } from '../journal/commitment.ts';
import type { OwnDevice } from '../journal/journal.ts';
import { publicKeyOf, signerOf } from '../journal/keys.ts';
import { furthestKnown } from '../journal/ownCopy.ts';
import { type DeviceStatement, fingerprintOf, genesisOf, readStatement, signStatement } from '../journal/statement.ts';
import { nextStream } from '../journal/streams.ts';
import { inWriteTransaction, type Ledger, ledgerOf, record, type Second, setReadOnly, type WriteTx } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listPeople } from '../repositories/settings.ts';
import { listActive, requireApproval, requireRole } from '../services/authority.ts';
import { type DeviceKeys, insertDevice, makeDeviceKeys } from './createDepot.ts';
import { recoverySlotOf } from './openLedger.ts';

type Previous = NonNullable<DeviceStatement['previous']>;
export type OpenedIncarnation = Readonly<{
  device: string;
  incarnation: number;
  /** Where the journal before ends for good. */
  previous: Previous;
  /** Entries of the journal before that somebody holds and this file does not; null where it has all of them. */
  lacks: Readonly<{ from: number; upto: number }> | null;
  fingerprint: string;
  statement: string;
}>;

/** What the new journal says again, since it counts only in the journal that says it. */
const TRUST_TYPES = ['partner.trusted', 'list.accepted', 'device.revoked'] as const;

/** The new journal goes on from the furthest entry that anybody is known to hold, so that none that exists is cut off. */
function statementOf(ledger: Ledger, keys: DeviceKeys): DeviceStatement & { previous: Previous } {
  const { device, journal, sqlite, deps } = ledger;
  const before = readStatement(device.statement);
  invariant(before !== null, 'the own statement cannot be read');
  const own = { seq: journal.last.seq, hash: journal.last.hash.toString('hex') };
  const furthest = furthestKnown(sqlite, device, own, deps.readMark?.() ?? null);
  const head = Buffer.from(furthest.hash, 'hex').toString('base64url');
  return {
    ...before,
    ...keys.publicParts,
    incarnation: device.incarnation + 1,
    createdAtMs: deps.nowMs(),
    previous: { device: device.device, incarnation: device.incarnation, seq: furthest.seq, head },
  };
}

/** What the journal before said about whom to trust, in its order. */
function trustEntries(sqlite: Sqlite, stream: number): Entry[] {
  const types = TRUST_TYPES.map((type) => `'${type}'`).join(', ');
  const rows = sqlite
    .prepare(
      `SELECT json_extract(event, '$.type') AS type, payload FROM entry
       WHERE stream = ? AND json_extract(event, '$.type') IN (${types}) ORDER BY seq`,
    )
    .all(stream) as { type: string; payload: string }[];
  return rows.map(({ type, payload }) => {
    const { exact, text } = JSON.parse(payload) as Payload;
    return { type, data: { ...(exact as object), ...(text as object) } } as Entry;
  });
}

/** What an authority had taken over, each journal as one leaf of the new log: receipts go on being given. */
function acceptanceEntries(sqlite: Sqlite, stream: number): Entry[] {
  const rows = sqlite
    .prepare('SELECT device, incarnation, upto, head, bundle FROM acceptance WHERE stream = ? ORDER BY seq')
    .all(stream) as { device: string; incarnation: number; upto: number; head: string; bundle: string }[];
  const newest = new Map(rows.map((row) => [`${row.device} ${row.incarnation}`, row]));
  return [...newest.values()].map((row) => ({ type: 'range.accepted', data: { ...row, from: 1 } }));
}

/** First that the device goes on, then everybody and everything that counts in its own journal only. */
function firstEntries(ledger: Ledger, previous: Previous, reason: string): Entry[] {
  const { sqlite, device } = ledger;
  const people = listPeople(ledger).map(
    ({ person, publicKey, slot, roles, isActive }): Entry => ({ type: 'person.put', data: { person, publicKey, slot, roles, isActive } }),
  );
  const slot = recoverySlotOf(sqlite, device.stream);
  return [
    { type: 'incarnation.opened', data: { ...previous, reason } },
    ...people,
    ...(typeof slot === 'string' ? [{ type: 'recovery.set', data: { slot } } as const] : []),
    ...trustEntries(sqlite, device.stream),
    ...acceptanceEntries(sqlite, device.stream),
  ];
}

function refuseUnlessAllowed(ledger: Ledger, reason: string, second: Second | undefined): void {
  requireRole(ledger, 'trust');
  if (reason.trim() === '') throw new Refused({ code: 'reasonRequired' });
  // On a branch of its own the file holds entries that nobody will ever take over: they would count here and nowhere else.
  if (ledger.readOnly?.code === 'partnerHoldsOther' || ledger.readOnly?.code === 'incarnationOpened') throw new Refused(ledger.readOnly);
  if (listActive(ledger).length > 1) requireApproval(ledger, 'role', second);
}

/**
 * The device goes on under new keys and a new journal, which begins with who may open and whom it trusts. The journal
 * before is never written again. Everybody who trusts the device has to be given the new identity.
 *
 * @throws Refused: notAllowed, reasonRequired, secondPersonRequired, partnerHoldsOther.
 */
export async function openIncarnation(ledger: Ledger, reason: string, second: Second | undefined): Promise<OpenedIncarnation> {
  refuseUnlessAllowed(ledger, reason, second);
  const keys = await makeDeviceKeys();
  const statement = statementOf(ledger, keys);
  const sign = signerOf(keys.deviceSeed);
  const signed = signStatement(statement, sign);
  const { device, incarnation, previous } = statement;
  const own: OwnDevice = {
    ...ledger.device,
    stream: nextStream(ledger.sqlite),
    incarnation,
    statement: signed,
    genesis: genesisOf(signed),
    commitmentKey: keys.commitmentKey,
    publicKey: publicKeyOf(keys.deviceSeed),
    sign,
    ageIdentity: keys.ageIdentity,
    classicIdentity: keys.classicIdentity,
  };
  const entries = firstEntries(ledger, previous, reason);
  // The mark is that of the incarnation before; the new one gets its own when the file is opened next.
  const deps = { ...ledger.deps, onCommitted: () => undefined, readMark: () => null };
  inWriteTransaction(ledgerOf({ ...ledger, device: own, readOnly: null, deps }), (tx) => {
    insertDevice(tx.sqlite, keys, statement, signed, own.stream);
    writeFirst(tx, entries, second);
  });
  setReadOnly(ledger, { code: 'incarnationOpened', incarnation });
  const held = ledger.journal.last.seq;
  const lacks = previous.seq > held ? { from: held + 1, upto: previous.seq } : null;
  return { device, incarnation, previous, lacks, fingerprint: fingerprintOf(signed), statement: signed };
}

/** The second person signs that the device goes on; who that is, the entries after it say. */
function writeFirst(tx: WriteTx, [opened, ...rest]: readonly Entry[], second: Second | undefined): void {
  record(tx, opened as Entry, { second });
  for (const entry of rest) record(tx, entry);
}
