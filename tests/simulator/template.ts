import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { openEncrypted } from '../../electron/data/db/open.ts';
import { type DeviceKeys, insertDevice } from '../../electron/data/host/createDepot.ts';
import { openLedger, readOwnDevice } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { publicKeyOf, signerOf } from '../../electron/data/journal/keys.ts';
import { fingerprintOf, signStatement } from '../../electron/data/journal/statement.ts';
import type { Unwrapped } from '../../electron/data/keys/slots.ts';
import { closeLedger, inWriteTransaction, type Ledger, ledgerOf, record, type Second } from '../../electron/data/ledger.ts';
import { Refused } from '../../electron/data/refused.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { SMALL_SITE_ROLES } from '../../shared/domain/roles.ts';
import { fakeDeps, START_MS, stockUp } from '../support/depot.ts';

/**
 * The files that every run begins with, made once for each process with keys that are the same in every process: so the
 * order of entries with the same stamp, which the device ids decide, is the same for a seed wherever it runs. No password
 * is stretched: the slots are what an unlocked file gave.
 */

/** HQ, two machines of one depot, another depot, and a device that nobody has enrolled. */
export const NAMES = ['HQ', 'A', 'B', 'C', 'F'] as const;
export type Name = (typeof NAMES)[number];
export const SITE_OF: Readonly<Record<Name, string>> = { HQ: 'HQ', A: 'DEP1', B: 'DEP1', C: 'DEP2', F: 'DEP1' };
/** Who has enrolled whom, both ways; the stranger trusts the authority, which has never heard of it. */
const TRUST: readonly (readonly [Name, Name])[] = [
  ['HQ', 'A'],
  ['HQ', 'B'],
  ['HQ', 'C'],
  ['A', 'B'],
];
const AGE_IDENTITIES: Readonly<Record<Name, string>> = {
  HQ: 'AGE-SECRET-KEY-PQ-18KRPMLVNGJRQHMSQVTE4RZTULRDZVQCP5PYK04KVL2GQ7LWMCKQQZ364MT',
  A: 'AGE-SECRET-KEY-PQ-1UASRDYH8F3CVCZJS8GKRGZE0NUCAXPVM4Z6970HRDASRZAFWH3DSM4V95Y',
  B: 'AGE-SECRET-KEY-PQ-1XG06AUGGHZAQ6F7GL43CPHVMY8XPWLQHG5X8RSMKNP7G8KT8JPHQ233AD5',
  C: 'AGE-SECRET-KEY-PQ-1EZFHHK49UWK8F4ZFCP50FS7J2DA44XPLEYQTWVRJCXGM2C47E5XS9PKW9J',
  F: 'AGE-SECRET-KEY-PQ-1VHUTUY4Q2EHCM7LHX97PZ4JUH6AF4EQD4EH86WSS0WG7KXXWQY5S5RQZP7',
};

/** Nobody here is sealed to by it; every file has one. */
const CLASSIC_IDENTITY = 'AGE-SECRET-KEY-1392XGTW84AG96W83LWRSDDZCCWTTS46HJ09FG8HV3VX4M2H8NLZSM7EGJP';

export const bytesFor = (what: string): Buffer => hash('sha256', `simulator ${what}`, 'buffer');
const slotOf = (who: string): string => bytesFor(`slot ${who}`).toString('hex').slice(0, 32);
export const dataKeyOf = (name: Name): Buffer => bytesFor(`data ${name}`);
export const candidatesOf = (name: Name): readonly Unwrapped[] => [
  { slot: slotOf(name), dataKey: dataKeyOf(name), signingSeed: bytesFor(`person ${name}`) },
];
/** The second person of the authority. */
export const witness: Second = { person: 'witness', sign: signerOf(bytesFor('person witness')) };

async function keysFor(name: Name): Promise<DeviceKeys> {
  const deviceSeed = bytesFor(`device ${name}`);
  const ageIdentity = AGE_IDENTITIES[name];
  const recipient = await identityToRecipient(ageIdentity);
  return {
    deviceSeed,
    commitmentKey: bytesFor(`commitment ${name}`),
    ageIdentity,
    classicIdentity: CLASSIC_IDENTITY,
    publicParts: { publicKey: publicKeyOf(deviceSeed), recipient },
  };
}

const personEntry = (person: string, who: string) =>
  ({
    type: 'person.put',
    data: { person, publicKey: publicKeyOf(bytesFor(`person ${who}`)), slot: slotOf(who), roles: SMALL_SITE_ROLES, isActive: true },
  }) as const;

async function makeFile(file: string, name: Name): Promise<void> {
  const keys = await keysFor(name);
  const site = SITE_OF[name];
  const role = name === 'HQ' ? 'authority' : 'depot';
  const device = bytesFor(`id ${name}`).toString('hex').slice(0, 32);
  const statement = {
    v: 1,
    device,
    incarnation: 1,
    site,
    name: `Depot ${site}`,
    role,
    ...keys.publicParts,
    createdAtMs: START_MS,
  } as const;
  const sqlite = openEncrypted(file, dataKeyOf(name));
  insertDevice(sqlite, keys, statement, signStatement(statement, signerOf(keys.deviceSeed)), 1);
  const session = { person: 'admin', roles: SMALL_SITE_ROLES, sign: signerOf(bytesFor(`person ${name}`)) };
  const deps = { ...fakeDeps(), onCommitted: () => undefined };
  const own = { file, rawHandle: -1, dataKey: dataKeyOf(name), device: readOwnDevice(sqlite), session, readOnly: null, deps };
  inWriteTransaction(ledgerOf({ ...own, sqlite }), (tx) => {
    record(tx, { type: 'depot.opened', data: { site, name: statement.name, role } });
    record(tx, personEntry('admin', name));
    if (name === 'HQ') record(tx, personEntry('witness', 'witness'));
    record(tx, { type: 'recovery.set', data: { slot: slotOf('recovery') } });
  });
  sqlite.close();
}

const outside = (place: string) =>
  ({ place, name: place, kind: 'external', parent: null, type: null, lat7: null, lon7: null, limitsG: {} }) as const;

function equip(ledger: Ledger): void {
  stockUp(ledger);
  const inputs = { items: [], places: ['DEP1', 'DEP2'].map(outside), lots: [], stock: [], requirements: [] };
  recordInputs(ledger, inputs, START_MS - 1_000_000_000, () => undefined);
}

/** @throws Refused where the file holds more than the device goes on from, or has revoked it. */
export const trust = (by: Ledger, statement: string): void => {
  trustPartner(by, statement, fingerprintOf(statement), by.site === 'HQ' ? witness : undefined);
};

/** Whether something was done that may be refused, and then changes nothing. */
export function ignoringRefusals(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (cause) {
    if (cause instanceof Refused) return false;
    throw cause;
  }
}

/** A folder that goes away with the process, in memory where there is one. */
export function aFolder(): string {
  const folder = mkdtempSync(join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'depot-simulator-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everybody enrolled and stocked, and everything brought to everybody once. */
export async function makeTemplate(folder: string): Promise<void> {
  const deps = fakeDeps();
  const opened: [Name, Ledger][] = [];
  for (const name of NAMES) {
    const file = join(folder, `${name}.depot`);
    await makeFile(file, name);
    opened.push([name, openLedger({ file, candidates: candidatesOf(name), userDataDir: join(folder, `${name}.machine`), deps })]);
  }
  const ledgers = Object.fromEntries(opened) as Record<Name, Ledger>;
  for (const [one, other] of TRUST) {
    trust(ledgers[one], ledgers[other].device.statement);
    trust(ledgers[other], ledgers[one].device.statement);
  }
  trust(ledgers.F, ledgers.HQ.device.statement);
  for (const name of ['A', 'C'] as const) equip(ledgers[name]);
  const path = join(folder, 'bundle');
  for (const [from, to] of [...TRUST, ...TRUST.map(([one, other]) => [other, one] as const), ...TRUST]) {
    await createBundle(ledgers[from], SITE_OF[to], path, () => undefined);
    await applyBundleFile(ledgers[to], path);
  }
  rmSync(path);
  for (const ledger of Object.values(ledgers)) closeLedger(ledger);
}
