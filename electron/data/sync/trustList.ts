import type { ListFault } from '../../../shared/domain/errors.ts';
import { findLocal, keepLocal } from '../db/localSettings.ts';
import {
  fileText,
  hashOfList,
  hashOfStatement,
  isExpired,
  LIST_READER,
  type ListFile,
  listFault,
  minReaderOf,
  readListFile,
  type SignedList,
  signedText,
} from '../journal/trustListForm.ts';
import { type Ledger, record, type Second, type WriteTx } from '../ledger.ts';
import { listEnrolled, listInForce, listTrusted, ownRole, ownStatements, type TrustedDevice } from '../repositories/trusted.ts';
import { dateOf } from '../services/checking.ts';
import { nameDevice } from '../services/enrol.ts';
import { BundleRefused } from './format.ts';

const PENDING = 'list.pending';
const heldBy = ({ device, incarnation }: { device: string; incarnation: number }) => `list.heldBy.${device}.${incarnation}`;

/** The statements that are known here, by their hash. */
export function statementsKnown(ledger: Pick<Ledger, 'sqlite' | 'device'>): ReadonlyMap<string, string> {
  const texts = [...ownStatements(ledger), ...listEnrolled(ledger).map(({ statement }) => statement)];
  return new Map(texts.map((text) => [hashOfStatement(text), text]));
}

/** Names in the own journal every device of the list whose statement is at hand; the rest waits until somebody brings it. */
function nameListed(tx: WriteTx, { list, statements }: ListFile, second?: Second): void {
  const known = new Map([...statementsKnown(tx), ...statements.map((text) => [hashOfStatement(text), text] as const)]);
  for (const hash of list.devices) {
    const text = known.get(hash);
    if (text !== undefined) nameDevice(tx, text, 'list', second);
  }
}

/** Records a list that was found good. Devices first: only a device that is named can be cut off. */
export function recordList(tx: WriteTx, file: ListFile, second?: Second): void {
  nameListed(tx, file, second);
  record(tx, { type: 'list.accepted', data: { list: signedText(file) } }, { second });
  keepLocal(tx, PENDING, null);
}

/** Statements that came later than their list. What the list cuts off is cut off as soon as the device is named. */
export function learnStatements(tx: WriteTx, file: ListFile): void {
  const known = statementsKnown(tx);
  const isNew = file.statements.some((text) => file.list.devices.includes(hashOfStatement(text)) && !known.has(hashOfStatement(text)));
  if (isNew) recordList(tx, file);
}

/** A list that came before any roots were compared here: shown to a person, and nothing else. */
export const pendingList = (ledger: Pick<Ledger, 'sqlite'>): ListFile | null => readListFile(findLocal(ledger, PENDING) ?? '');

const refuse = (fault: ListFault): never => {
  throw new BundleRefused('E_TRUST', `the trust list in it is not accepted (${fault.fault})`, fault);
};

/**
 * Takes in the list that a bundle brings, whoever carries it: only its own signatures count. The first list of all can be checked
 * against nothing: it comes from an authority that is trusted here, and waits for a person. An earlier one is an old stick, an expired one says nothing that may be relied on: neither changes anything.
 *
 * @throws BundleRefused: E_VERSION, E_FORMAT, E_TRUST; then nothing of the bundle is taken in.
 */
export function acceptList(
  tx: WriteTx,
  sender: Pick<TrustedDevice, 'device' | 'incarnation' | 'role'>,
  header: Readonly<{ trust: number }>,
  listLine: string | null,
): void {
  keepLocal(tx, heldBy(sender), String(header.trust));
  if (listLine === null) return;
  if ((minReaderOf(listLine) ?? 0) > LIST_READER)
    throw new BundleRefused('E_VERSION', 'the trust list in it was made for a newer version; update this program');
  const file = readListFile(listLine);
  if (file === null) throw new BundleRefused('E_FORMAT', 'the trust list in it has not the expected form');
  const held = listInForce(tx);
  if (held === null) keepPending(tx, sender, file);
  else if (file.list.version === held.list.version) checkSame(tx, file, held);
  else if (file.list.version > held.list.version) follow(tx, file, held);
}

function follow(tx: WriteTx, file: ListFile, held: SignedList): void {
  const fault = listFault(file, held);
  if (fault !== null) refuse(fault);
  if (!isExpired(file.list, dateOf(tx.deps.nowMs()))) recordList(tx, file);
}

/** The latest replaces the one before: a number that only its maker vouches for keeps nobody out. */
function keepPending(tx: WriteTx, { role }: Pick<TrustedDevice, 'role'>, file: ListFile): void {
  if (role !== 'authority') return;
  const fault = listFault(file, null);
  if (fault !== null) refuse(fault);
  keepLocal(tx, PENDING, fileText(file));
}

/** The list in force again: while it is fresh it may bring statements that were not at hand. Another one of the same number is a forgery. */
function checkSame(tx: WriteTx, file: ListFile, held: SignedList): void {
  if (hashOfList(file.list) !== hashOfList(held.list)) refuse({ fault: 'otherInForce', version: held.list.version });
  if (!isExpired(held.list, dateOf(tx.deps.nowMs()))) learnStatements(tx, { ...file, signatures: held.signatures });
}

/**
 * What an authority lays into a bundle for a site: the list in force, with the statements of authorities and of that site
 * (of everybody where no site is named). No line where all devices of the site said that they have this version.
 */
export function listToSend(ledger: Ledger, to?: string): { version: number; line: string | null } {
  const signed = listInForce(ledger);
  if (signed === null) return { version: 0, line: null };
  const { version, devices } = signed.list;
  if (ownRole(ledger) !== 'authority' || (to !== undefined && hasVersion(ledger, to, version))) return { version, line: null };
  const isFor = ({ role, site }: TrustedDevice) => to === undefined || role === 'authority' || site === to;
  const texts = [
    ...ownStatements(ledger),
    ...listEnrolled(ledger)
      .filter(isFor)
      .map(({ statement }) => statement),
  ];
  const statements = texts.filter((text) => devices.includes(hashOfStatement(text)));
  return { version, line: fileText({ ...signed, statements }) };
}

const hasVersion = (ledger: Ledger, site: string, version: number): boolean =>
  listTrusted(ledger)
    .filter((device) => device.site === site)
    .every((device) => Number(findLocal(ledger, heldBy(device)) ?? 0) >= version);
