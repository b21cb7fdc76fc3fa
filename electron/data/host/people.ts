import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { conflictIn, isSmallSite, ROLES } from '../../../shared/domain/roles.ts';
import { publicKeyOf } from '../journal/keys.ts';
import { makeSlot, openSlots, readSlotFile, stretch, type Unwrapped, writeSlotFile } from '../keys/slots.ts';
import { entropyOf } from '../keys/words.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listPeople, type Person } from '../repositories/settings.ts';
import { listActive, requireApproval, requireRole } from '../services/authority.ts';

export const PASSPHRASE_LENGTH_MIN = 8;

function checkRoles(roles: readonly string[]): void {
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined || roles.length === 0)
    throw new Refused({ code: 'badValue', field: 'role', value: unknown ?? '', expected: ROLES.join(', ') });
}

/** @param staff how many active people there are with this one. */
function refuseConflict(name: string, roles: readonly string[], staff: number): void {
  const conflict = isSmallSite(staff) ? undefined : conflictIn(roles);
  if (conflict !== undefined) throw new Refused({ code: 'rolesConflict', person: name, roles: conflict });
}

/** Two people change who may do what, as soon as there are two. */
function requireWitness(ledger: Ledger, second: Second | undefined): void {
  if (listActive(ledger).length > 1) requireApproval(ledger, 'role', second);
}

function findActive(ledger: Ledger, name: string): Person {
  const person = listActive(ledger).find((candidate) => candidate.person === name);
  if (person === undefined) throw new Refused({ code: 'unknownPerson', person: name });
  return person;
}

/** A new slot and signing key for a person: in the slot file first, in the journal's register after; only both together count. */
async function giveSlot(ledger: Ledger, name: string, roles: readonly string[], passphrase: string, second?: Second): Promise<void> {
  if (passphrase.length < PASSPHRASE_LENGTH_MIN) throw new Refused({ code: 'weakPassphrase', lengthMin: PASSPHRASE_LENGTH_MIN });
  const slots = readSlotFile(ledger.file);
  const stretched = await stretch(passphrase, slots.kdf);
  const opened = openSlots(slots, 'person', stretched).map(({ slot }) => slot);
  if (listPeople(ledger).some((person) => person.isActive && opened.includes(person.slot))) throw new Refused({ code: 'passphraseTaken' });
  const seed = randomBytes(32);
  const slot = makeSlot(slots, 'person', stretched, ledger.dataKey, seed);
  writeSlotFile(ledger.file, { ...slots, slots: [...slots.slots, slot] });
  inWriteTransaction(ledger, (tx) =>
    record(
      tx,
      { type: 'person.put', data: { person: name, publicKey: publicKeyOf(seed), slot: slot.id, roles, isActive: true } },
      { second },
    ),
  );
}

export async function addPerson(
  ledger: Ledger,
  name: string,
  roles: readonly string[],
  passphrase: string,
  second: Second | undefined,
): Promise<void> {
  requireRole(ledger, 'people');
  checkRoles(roles);
  if (listPeople(ledger).some((person) => person.person === name)) throw new Refused({ code: 'personExists', person: name });
  refuseConflict(name, roles, listActive(ledger).length + 1);
  requireWitness(ledger, second);
  await giveSlot(ledger, name, roles, passphrase, second);
}

/** The own passphrase. The old slot no longer counts from this entry on. */
export const changePassphrase = async (ledger: Ledger, passphrase: string): Promise<void> =>
  giveSlot(ledger, ledger.session.person, ledger.session.roles, passphrase);

function keepAdministrator(ledger: Ledger, name: string): void {
  const isOther = (person: Person) => person.person !== name && person.roles.includes('administrator');
  if (!listActive(ledger).some(isOther)) throw new Refused({ code: 'lastAdministrator', person: name });
}

/** Roles of a person, or `isActive` false to retire: the name stays in the history, the slot no longer counts. */
export function changePerson(
  ledger: Ledger,
  name: string,
  change: Readonly<{ roles?: readonly string[]; isActive?: false }>,
  second: Second | undefined,
): void {
  requireRole(ledger, 'people');
  const person = findActive(ledger, name);
  const roles = change.roles ?? person.roles;
  checkRoles(roles);
  if (change.isActive === false || !roles.includes('administrator')) keepAdministrator(ledger, name);
  if (change.roles !== undefined) refuseConflict(name, roles, listActive(ledger).length);
  requireWitness(ledger, second);
  const { publicKey, slot } = person;
  inWriteTransaction(ledger, (tx) =>
    record(tx, { type: 'person.put', data: { person: name, publicKey, slot, roles, isActive: change.isActive ?? true } }, { second }),
  );
}

/** The 24 words → the data key. The words stand in for a person only to give that person a new passphrase. */
export const unlockWithWords = (file: string, words: string): Unwrapped => slotsOfWords(file, words)[0] as Unwrapped;

/** The same with every slot that they open, at least one: beside a file whose change of key was killed there are two. */
export function slotsOfWords(file: string, words: string): Unwrapped[] {
  if (!existsSync(file)) throw new Refused({ code: 'fileMissing', file });
  const entropy = entropyOf(words);
  const opened = entropy === null ? [] : openSlots(readSlotFile(file), 'recovery', entropy);
  if (opened.length === 0) throw new Refused({ code: 'recoveryWordsWrong' });
  return opened;
}

export async function recoverPerson(ledger: Ledger, name: string, passphrase: string): Promise<void> {
  await giveSlot(ledger, name, findActive(ledger, name).roles, passphrase);
}
