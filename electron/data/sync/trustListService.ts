import type { ListReply, TrustView } from '../../../shared/contract/views.ts';
import { readStatement } from '../journal/statement.ts';
import {
  hashOfList,
  hashOfStatement,
  isExpired,
  LIST_BYTES_MAX,
  LIST_READER,
  type ListFile,
  listFault,
  minReaderOf,
  type Revoked,
  readListFile,
  rootsFingerprint,
  type SignedList,
  signedText,
  signersOf,
  type TrustList,
  tidyList,
} from '../journal/trustListForm.ts';
import { wordsOf } from '../keys/words.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { ownRecoveryRecipients } from '../repositories/recovery.ts';
import { listEnrolled, listInForce, ownRole, ownStatements } from '../repositories/trusted.ts';
import { checkUntil } from '../services/approvals.ts';
import { listActive, requireApproval, requireRole } from '../services/authority.ts';
import { dateOf } from '../services/checking.ts';
import { compareWords } from '../services/partners.ts';
import { learnStatements, pendingList, recordList, statementsKnown } from './trustList.ts';

export type DraftInput = Readonly<{
  /** The last day on which the list counts as fresh; a year from today where nothing is said. */
  expiresOn?: string | undefined;
  /** Public keys; those of the list in force where nothing is said. */
  roots?: readonly string[] | undefined;
  recipients?: 'hybrid' | 'classic' | undefined;
}>;

const DAYS_FRESH = 365;
const DAY_MS = 86_400_000;

/** Every cut-off known: of the list in force, of revocations here, of the own earlier incarnations; the earliest of each. */
function revocations(ledger: Ledger, held: SignedList | null): Revoked[] {
  const enrolled = listEnrolled(ledger).flatMap(({ device, incarnation, cutOffSeq, cutOffHead }) =>
    cutOffSeq === null ? [] : [{ dev: device, inc: incarnation, seq: cutOffSeq, head: cutOffHead }],
  );
  const own = ownStatements(ledger).flatMap((text) => {
    const previous = readStatement(text)?.previous;
    return previous === undefined ? [] : [{ dev: previous.device, inc: previous.incarnation, seq: previous.seq, head: previous.head }];
  });
  const earliest = new Map<string, Revoked>();
  for (const row of [...(held?.list.revoked ?? []), ...enrolled, ...own]) {
    const known = earliest.get(`${row.dev} ${row.inc}`);
    if (known === undefined || row.seq < known.seq) earliest.set(`${row.dev} ${row.inc}`, row);
  }
  return [...earliest.values()];
}

/**
 * The next list as the authority proposes it, for the roots to sign: everybody enrolled here, every revocation in force.
 *
 * @throws Refused: notAllowed, onlyAuthority, badValue.
 */
export function draftList(ledger: Ledger, { expiresOn, roots: said, recipients: kind }: DraftInput): ListFile {
  requireRole(ledger, 'trust');
  if (ownRole(ledger) !== 'authority') throw new Refused({ code: 'onlyAuthority' });
  const held = listInForce(ledger);
  const until = expiresOn ?? dateOf(ledger.deps.nowMs() + DAYS_FRESH * DAY_MS);
  checkUntil(ledger, until);
  const roots = said ?? held?.list.roots ?? [];
  const known = statementsKnown(ledger);
  const set = ownRecoveryRecipients(ledger);
  const list: TrustList = tidyList({
    v: 1,
    minReader: LIST_READER,
    version: (held?.list.version ?? 0) + 1,
    expiresOn: until,
    previous: held === null ? null : hashOfList(held.list),
    roots: [...roots],
    threshold: Math.floor(new Set(roots).size / 2) + 1,
    devices: [...(held?.list.devices ?? []), ...known.keys()],
    revoked: revocations(ledger, held),
    recipients: kind ?? held?.list.recipients ?? 'hybrid',
    recovery: [...(set ?? held?.list.recovery ?? [])],
  });
  return checkedDraft({ list, signatures: [], statements: [...known.values()] });
}

/** A draft that nobody could take in is refused before anybody signs it. */
function checkedDraft(file: ListFile): ListFile {
  const { roots, recovery, recipients } = file.list;
  const badValue = (field: string, value: string, expected: string) => new Refused({ code: 'badValue', field, value, expected });
  if (roots.length < 2 || roots.length > 9) throw badValue('root', String(roots.length), '2 … 9');
  const bytes = Buffer.byteLength(signedText(file));
  if (bytes > LIST_BYTES_MAX) throw badValue('list', `${bytes} bytes`, `≤ ${LIST_BYTES_MAX}`);
  if (recovery.some((recipient) => recipient.startsWith('age1pq1') !== (recipients === 'hybrid')))
    throw badValue('recovery', recovery.map((recipient) => `${recipient.slice(0, 12)}…`).join(', '), recipients);
  return file;
}

/** A list file as it was given; refused where it is none, or needs a newer program. */
export function listFileOf(text: string): ListFile {
  const trimmed = text.trim();
  if ((minReaderOf(trimmed) ?? 0) > LIST_READER) throw new Refused({ code: 'listRefused', fault: 'newerProgram' });
  const file = readListFile(trimmed);
  if (file === null) throw new Refused({ code: 'listRefused', fault: 'noList' });
  return file;
}

/**
 * Takes in a list that a person brings. The first one of all pins its roots: their words are compared, as those of a
 * partner are. `text` null: the one that came in a bundle and waits.
 *
 * @throws Refused: notAllowed, listRefused, listExpired, fingerprintRequired, fingerprintMismatch, secondPersonRequired.
 */
export function acceptListFile(ledger: Ledger, text: string | null, words: string | undefined, second: Second | undefined): ListReply {
  requireRole(ledger, 'trust');
  const file = text === null ? pendingList(ledger) : listFileOf(text);
  if (file === null) throw new Refused({ code: 'listRefused', fault: 'nothingWaits' });
  const held = listInForce(ledger);
  const isSame = held !== null && hashOfList(held.list) === hashOfList(file.list);
  const fault = isSame ? null : listFault(file, held);
  if (fault !== null) throw new Refused({ code: 'listRefused', ...fault });
  if (isExpired(file.list, dateOf(ledger.deps.nowMs()))) throw new Refused({ code: 'listExpired', expiresOn: file.list.expiresOn });
  if (held === null) compareWords(words, rootsFingerprint(file.list));
  if (held === null && ownRole(ledger) === 'authority' && listActive(ledger).length > 1) requireApproval(ledger, 'enrol', second);
  inWriteTransaction(ledger, (tx) =>
    isSame ? learnStatements(tx, { ...file, signatures: held.signatures }) : recordList(tx, file, second),
  );
  return replyOf(file);
}

const replyOf = ({ list }: ListFile): ListReply => ({
  version: list.version,
  expiresOn: list.expiresOn,
  devices: list.devices.length,
  revoked: list.revoked.length,
  rootsFingerprint: rootsFingerprint(list),
});

/** What a list says, for reading. Words of 24: a root key as its holder reads it off `root words`. */
export function listFacts(ledger: Ledger | null, file: SignedList, today: string): NonNullable<TrustView['list']> {
  const { list } = file;
  const known = ledger === null ? new Map<string, string>() : statementsKnown(ledger);
  const signers = signersOf(file, list.roots);
  return {
    ...replyOf({ ...file, statements: [] }),
    isExpired: isExpired(list, today),
    recipients: list.recipients,
    recovery: list.recovery.length,
    threshold: list.threshold,
    roots: list.roots.map((key) => ({ key, words: wordsOf(Buffer.from(key, 'base64url')).join(' '), hasSigned: signers.has(key) })),
    missing: ledger === null ? null : list.devices.filter((hash) => !known.has(hash)).length,
  };
}

/** Enrolment as it stands: the list in force, the one that waits for a person, and whether this device itself is cut off. */
export function trustView(ledger: Ledger): TrustView {
  const held = listInForce(ledger);
  const today = dateOf(ledger.deps.nowMs());
  const pending = held === null ? pendingList(ledger) : null;
  const { device, incarnation } = ledger.device;
  return {
    list: held === null ? null : listFacts(ledger, held, today),
    pending: pending === null ? null : listFacts(ledger, pending, today),
    ownCutOffSeq: held?.list.revoked.find(({ dev, inc }) => dev === device && inc === incarnation)?.seq ?? null,
    isListed: held?.list.devices.includes(hashOfStatement(ledger.device.statement)) ?? false,
    needsSecond: { enrol: ownRole(ledger) === 'authority' && listActive(ledger).length > 1, revoke: listActive(ledger).length > 1 },
  };
}

const RECIPIENT = /^age1(pq1[0-9a-z]{100,4000}|[0-9a-z]{58})$/;

/**
 * Keys in a safe that every bundle is sealed to as well: at once where there is no list, else from the next list on.
 *
 * @throws Refused: notAllowed, secretNotWanted, badValue, secondPersonRequired.
 */
export function setRecoveryRecipients(
  ledger: Ledger,
  recipients: readonly string[],
  second: Second | undefined,
): { recipients: readonly string[]; isFromNextList: boolean } {
  requireRole(ledger, 'trust');
  // The key file of the safe stands beside the recipient that belongs here; no part of it may come onto a screen or into a log.
  if (recipients.some((recipient) => /AGE-SECRET-KEY/i.test(recipient))) throw new Refused({ code: 'secretNotWanted' });
  const wrong = recipients.find((recipient) => !RECIPIENT.test(recipient));
  if (wrong !== undefined) throw new Refused({ code: 'badValue', field: 'recipient', value: '…', expected: 'age1pq1…' });
  if (recipients.length > 4)
    throw new Refused({ code: 'badValue', field: 'recipient', value: String(recipients.length), expected: '1 – 4' });
  const isFromNextList = listInForce(ledger) !== null;
  if (!isFromNextList && recipients.some((recipient) => !recipient.startsWith('age1pq1')))
    throw new Refused({ code: 'badValue', field: 'recipient', value: 'age1…', expected: 'age1pq1…' });
  if (listActive(ledger).length > 1) requireApproval(ledger, 'enrol', second);
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'recoveryRecipients.set', data: { recipients } }, { second }));
  return { recipients, isFromNextList };
}
