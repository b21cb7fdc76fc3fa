import { closeSync } from 'node:fs';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Entry, RecordedEntry } from '../../shared/domain/entries.ts';
import type { DomainError, SecondCause } from '../../shared/domain/errors.ts';
import type { Sqlite } from './db/open.ts';
import type { Plain } from './journal/canonical.ts';
import { type Approval, approvalMessage } from './journal/envelope.ts';
import { Journal, type OwnDevice } from './journal/journal.ts';
import type { Signer } from './journal/keys.ts';
import { type KnownHead, whyReadOnly } from './journal/ownCopy.ts';
import { project } from './projections/project.ts';
import { SqlStore } from './projections/sqlStore.ts';
import { Refused } from './refused.ts';

/** Who is signed in. */
export type Session = Readonly<{
  person: string;
  roles: readonly string[];
  /** Null where the file was opened by the recovery words: then only the device signs. */
  sign: Signer | null;
}>;
/**
 * The second person of a two-person operation, after the own passphrase opened the own slot; or, where `sign` is null, who
 * was named and does not count, and why.
 */
export type Second =
  | Readonly<{ person: string; sign: Signer }>
  | Readonly<{ person: string; sign: null; cause: Exclude<SecondCause, 'nobody' | 'role'> }>;

export type LedgerDeps = Readonly<{
  nowMs: () => number;
  newId: () => string;
  /** Called after each commit that added entries, with the head reached: the mark outside the file. */
  onCommitted: (head: Readonly<{ seq: number; hash: Buffer }>) => void;
  /** The mark as it stands; none where the depot is just being made. */
  readMark?: () => KnownHead | null;
}>;

/** An open depot: the only connection to its file, and what services work with. */
export type Ledger = Readonly<{
  file: string;
  sqlite: Sqlite;
  /** Kept open as long as the connection: closing any handle on the file would drop SQLite's lock on it. */
  rawHandle: number;
  dataKey: Buffer;
  db: BetterSQLite3Database;
  store: SqlStore;
  journal: Journal;
  device: OwnDevice;
  site: string;
  session: Session;
  /** Set where writing on would make a fork: the file is an older copy, or on a branch of its own. */
  readOnly: DomainError | null;
  deps: LedgerDeps;
}>;

declare const writable: unique symbol;
/** Only `inWriteTransaction` makes one, so that the compiler refuses a writer called outside it. */
export type WriteTx = Ledger & { readonly [writable]: true };

export type LedgerParts = Pick<Ledger, 'file' | 'sqlite' | 'rawHandle' | 'dataKey' | 'device' | 'session' | 'readOnly' | 'deps'>;
export const ledgerOf = (parts: LedgerParts): Ledger => ({
  ...parts,
  site: parts.device.site,
  db: drizzle({ client: parts.sqlite }),
  store: new SqlStore(parts.sqlite),
  journal: new Journal(parts.sqlite, parts.device, parts.deps.nowMs),
});

/** One immediate transaction, synchronous inside. Whatever is thrown takes back rows, chain and memory together. */
export function inWriteTransaction<T>(ledger: Ledger, work: (tx: WriteTx) => T): T {
  if (ledger.readOnly !== null) throw new Refused(ledger.readOnly);
  return transact(ledger, work);
}

/**
 * The same for taking in what others signed, which an older copy may do too: so it gets its own later entries back. Only
 * the pipeline of bundles uses it. `record` stays refused until the copy is no longer behind; look at `tx.readOnly` first.
 */
export const inReceivingTransaction = <T>(ledger: Ledger, work: (tx: WriteTx) => T): T =>
  transact(ledger, (tx) => {
    const value = work(tx);
    lookAgain(tx);
    return value;
  });

/** Carries what was seen out of the transaction, which takes everything back. */
class TakenBack<T> extends Error {
  readonly seen: T;
  constructor(seen: T) {
    super('taken back');
    this.seen = seen;
  }
}

/** Does it, looks, and takes it back: what would come of it. @param transaction As which it would be done. */
export function tryOut<T>(ledger: Ledger, work: (tx: WriteTx) => T, transaction: typeof inWriteTransaction = inWriteTransaction): T {
  try {
    return transaction(ledger, (tx): never => {
      throw new TakenBack(work(tx));
    });
  } catch (cause) {
    if (cause instanceof TakenBack) return cause.seen as T;
    throw cause;
  }
}

/** Judges anew whether the file may be written, after entries of the own stream or a partner's word about it came in. */
export function lookAgain(tx: WriteTx): void {
  if (tx.readOnly?.code !== 'incarnationOpened') setReadOnly(tx, whyReadOnly(tx.sqlite, tx.device, tx.deps.readMark?.() ?? null));
}

/** The one member of an open ledger that changes; nobody else writes it. */
export function setReadOnly(ledger: Ledger, why: DomainError | null): void {
  (ledger as { readOnly: DomainError | null }).readOnly = why;
}

function transact<T>(ledger: Ledger, work: (tx: WriteTx) => T): T {
  const { readOnly } = ledger;
  const before = ledger.journal.last.seq;
  const takeBack = ledger.journal.mark();
  let value: T;
  try {
    value = ledger.sqlite
      .transaction(() => {
        const done = work(ledger as WriteTx);
        ledger.journal.signHead(ledger.session);
        return done;
      })
      .immediate();
  } catch (cause) {
    takeBack();
    setReadOnly(ledger, readOnly);
    ledger.store.forget();
    throw cause;
  }
  // After the commit nothing is taken back any more, whatever comes of this.
  if (ledger.journal.last.seq !== before && ledger.readOnly === null) ledger.deps.onCommitted(ledger.journal.last);
  return value;
}

/** Appends one entry and folds it into the projections: the only way in which anything accountable changes. */
export function record(
  tx: WriteTx,
  entry: Entry,
  options: Readonly<{ second?: Second | undefined; coarse?: Readonly<Record<string, Plain>> }> = {},
): RecordedEntry {
  if (tx.readOnly !== null) throw new Refused(tx.readOnly);
  const { second } = options;
  const auth: Approval[] = second === undefined || second.sign === null ? [] : [approvalOf(tx, entry, second.person, second.sign)];
  const recorded = tx.journal.append(entry, { usr: tx.session.person, auth }, options.coarse);
  if (tx.journal.isHeadDue) tx.journal.signHead(tx.session);
  project(tx.store, recorded);
  return recorded;
}

const approvalOf = (tx: WriteTx, entry: Entry, person: string, sign: Signer): Approval => ({
  usr: person,
  sig: sign('adi/approve/1', approvalMessage(tx.device.device, entry)).toString('base64url'),
});

export function closeLedger(ledger: Ledger): void {
  ledger.sqlite.close();
  closeSync(ledger.rawHandle);
  ledger.dataKey.fill(0);
}
