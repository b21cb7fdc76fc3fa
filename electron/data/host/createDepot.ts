import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { SMALL_SITE_ROLES } from '../../../shared/domain/roles.ts';
import { openEncrypted, refusePlainFile, type Sqlite } from '../db/open.ts';
import { publicKeyOf, secretName, signerOf } from '../journal/keys.ts';
import { type DeviceStatement, fingerprintOf, signStatement } from '../journal/statement.ts';
import { insertStream } from '../journal/streams.ts';
import { besideFile } from '../keys/files.ts';
import { KDF_COST_MIN, type KdfCost, makeSlot, newSlotFile, type SlotFile, stretch, writeSlotFile } from '../keys/slots.ts';
import { wordsOf } from '../keys/words.ts';
import { inWriteTransaction, type LedgerDeps, ledgerOf, record } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { DEFAULT_PACK, rulePacks } from '../rules/books.ts';
import { readOwnDevice } from './openLedger.ts';

export type NewDepot = Readonly<{
  file: string;
  site: string;
  name: string;
  role: SiteRole;
  user: string;
  passphrase: string;
  cost?: KdfCost;
}>;
export type CreatedDepot = Readonly<{
  file: string;
  site: string;
  device: string;
  recipient: string;
  fingerprint: string;
  recoveryWords: readonly string[];
}>;

/** What is new with every incarnation of a device. */
export type DeviceKeys = Readonly<{
  deviceSeed: Buffer;
  commitmentKey: Buffer;
  ageIdentity: string;
  classicIdentity: string;
  /** What the statement says of them. */
  publicParts: Pick<DeviceStatement, 'publicKey' | 'recipient' | 'classicRecipient'>;
}>;
type Keys = DeviceKeys & Readonly<{ dataKey: Buffer; entropy: Buffer; personSeed: Buffer }>;

export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const [ageIdentity, classicIdentity] = [await generateHybridIdentity(), await generateX25519Identity()];
  const [deviceSeed, commitmentKey] = [randomBytes(32), randomBytes(32)];
  const [recipient, classicRecipient] = [await identityToRecipient(ageIdentity), await identityToRecipient(classicIdentity)];
  const publicParts = { publicKey: publicKeyOf(deviceSeed), recipient, classicRecipient };
  return { deviceSeed, commitmentKey, ageIdentity, classicIdentity, publicParts };
}

const makeKeys = async (): Promise<Keys> => ({
  ...(await makeDeviceKeys()),
  dataKey: randomBytes(32),
  entropy: randomBytes(32),
  personSeed: randomBytes(32),
});

/** One slot for the first person, one for the recovery words. */
async function makeSlots(keys: Keys, passphrase: string, cost: KdfCost): Promise<SlotFile> {
  const file = newSlotFile(cost);
  const person = makeSlot(file, 'person', await stretch(passphrase, file.kdf), keys.dataKey, keys.personSeed);
  return { ...file, slots: [person, makeSlot(file, 'recovery', keys.entropy, keys.dataKey, null)] };
}

export function insertDevice(sqlite: Sqlite, keys: DeviceKeys, statement: DeviceStatement, signed: string, stream: number): void {
  insertStream(sqlite, { stream, text: signed, statement, commitmentKey: keys.commitmentKey, isOwn: true });
  const insert = sqlite.prepare('INSERT INTO secret (name, value) VALUES (?, ?)');
  const keep = (name: string, value: Buffer) => insert.run(secretName(name, statement.incarnation), value);
  keep('signingSeed', keys.deviceSeed);
  keep('ageIdentity', Buffer.from(keys.ageIdentity));
  keep('classicIdentity', Buffer.from(keys.classicIdentity));
}

/** The first entries: the depot, its first person with the roles of a small site, the recovery slot, the rule pack. */
function writeFirstEntries(sqlite: Sqlite, depot: NewDepot, keys: Keys, slots: SlotFile, deps: LedgerDeps): void {
  const session = { person: depot.user, roles: SMALL_SITE_ROLES, sign: signerOf(keys.personSeed) };
  const ledger = ledgerOf({
    file: depot.file,
    sqlite,
    rawHandle: -1,
    dataKey: keys.dataKey,
    device: readOwnDevice(sqlite),
    session,
    readOnly: null,
    deps,
  });
  const [personSlot, recoverySlot] = slots.slots.map((slot) => slot.id) as [string, string];
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'depot.opened', data: { site: depot.site, name: depot.name, role: depot.role } });
    record(tx, {
      type: 'person.put',
      data: { person: depot.user, publicKey: publicKeyOf(keys.personSeed), slot: personSlot, roles: SMALL_SITE_ROLES, isActive: true },
    });
    record(tx, { type: 'recovery.set', data: { slot: recoverySlot } });
    record(tx, { type: 'pack.chosen', data: { pack: DEFAULT_PACK, edition: rulePacks().get(DEFAULT_PACK)?.edition ?? '' } });
  });
}

function removeUnfinished(file: string): void {
  const { keys, keysCopy } = besideFile(file);
  for (const path of [file, `${file}-wal`, `${file}-shm`, keys, keysCopy]) rmSync(path, { force: true });
}

/**
 * Makes a new encrypted depot file with its key slots, its device and its first person. Refuses to touch anything that
 * is already there; a failure on the way leaves nothing behind.
 */
export async function createDepot(depot: NewDepot, deps: LedgerDeps): Promise<CreatedDepot> {
  if (existsSync(depot.file) || existsSync(besideFile(depot.file).keys)) throw new Refused({ code: 'fileExists', file: depot.file });
  const keys = await makeKeys();
  const statement: DeviceStatement = {
    v: 1,
    device: randomBytes(16).toString('hex'),
    incarnation: 1,
    site: depot.site,
    name: depot.name,
    role: depot.role,
    ...keys.publicParts,
    createdAtMs: deps.nowMs(),
  };
  const signed = signStatement(statement, signerOf(keys.deviceSeed));
  const slots = await makeSlots(keys, depot.passphrase, depot.cost ?? KDF_COST_MIN);
  try {
    writeSlotFile(depot.file, slots);
    const sqlite = openEncrypted(depot.file, keys.dataKey);
    try {
      insertDevice(sqlite, keys, statement, signed, 1);
      writeFirstEntries(sqlite, depot, keys, slots, deps);
    } finally {
      sqlite.close();
    }
    refusePlainFile(depot.file);
  } catch (cause) {
    removeUnfinished(depot.file);
    throw cause;
  }
  return {
    file: depot.file,
    site: depot.site,
    device: statement.device,
    recipient: keys.publicParts.recipient,
    fingerprint: fingerprintOf(signed),
    recoveryWords: wordsOf(keys.entropy),
  };
}
