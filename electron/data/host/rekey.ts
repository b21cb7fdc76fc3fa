import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { changeKeyOfCopy, makePrivate } from '../db/open.ts';
import { syncFolder } from '../durableFiles.ts';
import { verifyLedger } from '../journal/verify.ts';
import { besideFile } from '../keys/files.ts';
import { openSlots, readSlotFile, type SlotFile, sealAgain, type Unwrapped, writeSlotFile } from '../keys/slots.ts';
import { closeLedger, inWriteTransaction, type Ledger, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listInForce } from '../repositories/trusted.ts';
import { requireRole } from '../services/authority.ts';
import { type OpenOptions, openLedger, recoverySlotOf } from './openLedger.ts';

/** What opens the two slots that are kept: the stretched passphrase of the person signed in, and the bytes of the 24 words. */
export type RekeySecrets = Readonly<{ stretched: Uint8Array; entropy: Uint8Array }>;

const COPY = '.rekeyed';
const copyOf = (file: string): string => `${file}${COPY}`;

function removeCopy(file: string): void {
  const copy = copyOf(file);
  const { keys, keysCopy, attempts } = besideFile(copy);
  for (const path of [copy, `${copy}-wal`, `${copy}-shm`, `${copy}-journal`, keys, keysCopy, attempts]) rmSync(path, { force: true });
}

/** The 24 words of a root key look like the recovery words: they are told apart where a list names the key. */
const isRootKey = (ledger: Ledger, entropy: Uint8Array): boolean =>
  listInForce(ledger)?.list.roots.includes(Buffer.from(entropy).toString('base64url')) === true;

/** The slots in force of this person and of the recovery words, sealed again around another key. Ids stay, so the register holds. */
function slotsAround(ledger: Ledger, slots: SlotFile, { stretched, entropy }: RekeySecrets, dataKey: Buffer): SlotFile {
  const recovery = recoverySlotOf(ledger.sqlite, ledger.device.stream);
  const opens = (one: Unwrapped) => one.dataKey.equals(ledger.dataKey);
  const person = openSlots(slots, 'person', stretched).find(opens);
  const words = openSlots(slots, 'recovery', entropy).find((one) => opens(one) && one.slot === recovery);
  if (person === undefined) throw new Refused({ code: 'wrongPassphrase', waitSeconds: 0 });
  if (words === undefined) throw new Refused({ code: isRootKey(ledger, entropy) ? 'rootWordsGiven' : 'recoveryWordsWrong' });
  return {
    ...slots,
    slots: [
      sealAgain(slots, { ...person, kind: 'person', stretched }, dataKey),
      sealAgain(slots, { ...words, kind: 'recovery', stretched: entropy }, dataKey),
    ],
  };
}

/**
 * The copy is opened as anybody would open it, and everything in it is proved, before it takes the place of the file. That the
 * key was changed is recorded in the copy: a change that did not come about leaves no word of it.
 */
function proveCopy(
  options: Omit<OpenOptions, 'candidates'>,
  slots: SlotFile,
  stretched: Uint8Array,
  head: Buffer,
  closedSlots: number,
): void {
  const copy = copyOf(options.file);
  const machine = mkdtempSync(join(tmpdir(), 'depot-rekey-'));
  try {
    writeSlotFile(copy, slots);
    const candidates = openSlots(readSlotFile(copy), 'person', stretched);
    const ledger = openLedger({ ...options, file: copy, candidates, userDataDir: machine });
    const isSound = verifyLedger(ledger).ok && ledger.journal.last.hash.equals(head);
    if (isSound) inWriteTransaction(ledger, (tx) => record(tx, { type: 'depot.rekeyed', data: { closedSlots } }));
    closeLedger(ledger);
    if (!isSound) throw new Refused({ code: 'fileDamaged', detail: 'the copy under the new key is not what was copied' });
  } finally {
    rmSync(machine, { recursive: true, force: true });
  }
  const handle = openSync(copy, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Gives a depot another data key, by a copy: the file itself is never rekeyed, since a kill in the middle of that leaves one
 * that no key opens. For a moment the slot file opens both, so that whatever is killed, the file that bears the name is
 * opened. Closes the ledger. Everybody else gets a new passphrase by the 24 words afterwards.
 *
 * @throws Refused: notAllowed, readOnly codes, wrongPassphrase, recoveryWordsWrong, diskFull, notWritable, fileDamaged.
 */
export function rekeyDepot(ledger: Ledger, options: Omit<OpenOptions, 'candidates'>, secrets: RekeySecrets): void {
  const { file } = options;
  try {
    requireRole(ledger, 'people');
    if (ledger.readOnly !== null) throw new Refused(ledger.readOnly);
    const slots = readSlotFile(file);
    const dataKey = randomBytes(32);
    const fresh = slotsAround(ledger, slots, secrets, dataKey);
    removeCopy(file);
    makePrivate(copyOf(file));
    ledger.sqlite.prepare('VACUUM INTO ?').run(copyOf(file));
    changeKeyOfCopy(copyOf(file), ledger.dataKey, dataKey);
    const head = ledger.journal.last.hash;
    proveCopy(options, fresh, secrets.stretched, head, slots.slots.length - fresh.slots.length);
    closeLedger(ledger);
    if (existsSync(`${file}-wal`) || existsSync(`${copyOf(file)}-wal`)) throw new Refused({ code: 'depotInUse' });
    writeSlotFile(file, { ...slots, slots: [...slots.slots, ...fresh.slots] });
    renameSync(copyOf(file), file);
    syncFolder(dirname(file));
    writeSlotFile(file, fresh);
  } finally {
    if (ledger.sqlite.open) closeLedger(ledger);
    removeCopy(file);
  }
}
