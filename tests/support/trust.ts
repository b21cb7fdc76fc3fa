import { createHash } from 'node:crypto';
import { publicKeyOf, signerOf } from '../../electron/data/journal/keys.ts';
import { type DeviceStatement, fingerprintOf, signStatement } from '../../electron/data/journal/statement.ts';
import { fileText, type ListFile, rootsFingerprint, signList } from '../../electron/data/journal/trustListForm.ts';
import { inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { ownRole } from '../../electron/data/repositories/trusted.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { acceptList } from '../../electron/data/sync/trustList.ts';
import { acceptListFile } from '../../electron/data/sync/trustListService.ts';
import { START_MS } from './depot.ts';

/** Keys, statements and lists that tests make from a name. */

export const seedOf = (name: string) => createHash('sha256').update(name).digest();
export const keyOf = (name: string) => publicKeyOf(seedOf(name));
export const signed = (file: ListFile, ...names: readonly string[]): ListFile =>
  names.reduce((each, name) => signList(each, keyOf(name), signerOf(seedOf(name))), file);
export const trust = (one: Ledger, other: Ledger) => trustPartner(one, other.device.statement, fingerprintOf(other.device.statement));
export const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (cause) {
    return cause instanceof BundleRefused ? cause.code : (refusalOf(cause)?.code ?? `fault: ${String(cause)}`);
  }
};
export const accept = (ledger: Ledger, file: ListFile, words = rootsFingerprint(file.list)) =>
  codeOf(() => acceptListFile(ledger, fileText(file), words, undefined));
/** As the pipeline takes in the list of a bundle. */
export const receive = (ledger: Ledger, sender: Ledger, file: ListFile) =>
  codeOf(() =>
    inWriteTransaction(ledger, (tx) =>
      acceptList(tx, { ...sender.device, role: ownRole(sender) }, { trust: file.list.version }, fileText(file)),
    ),
  );

/** A device of which only the statement exists. */
export const aStatement = (name: string, more: Partial<DeviceStatement> = {}): string =>
  signStatement(
    {
      v: 1,
      device: seedOf(name).toString('hex').slice(0, 32),
      incarnation: 1,
      site: name,
      name,
      role: 'depot',
      publicKey: keyOf(name),
      recipient: `age1pq1${name.toLowerCase()}`,
      createdAtMs: START_MS,
      ...more,
    },
    signerOf(seedOf(name)),
  );
export const enrol = (ledger: Ledger, statement: string) => codeOf(() => trustPartner(ledger, statement, fingerprintOf(statement)));
