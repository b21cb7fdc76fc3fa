import { randomBytes } from 'node:crypto';
import { publicKeyOf, type Signer, signerOf } from '../../electron/data/journal/keys.ts';
import {
  fileText,
  hashOfList,
  type ListFile,
  rootsFingerprint,
  signList,
  type TrustList,
  tidyList,
} from '../../electron/data/journal/trustListForm.ts';
import { listInForce } from '../../electron/data/repositories/trusted.ts';
import { recipientsFor } from '../../electron/data/services/partners.ts';
import { collectBundles } from '../../electron/data/sync/collect.ts';
import { packBundle, splitBundle } from '../../electron/data/sync/format.ts';
import { retryWaiting } from '../../electron/data/sync/receive.ts';
import { pendingList } from '../../electron/data/sync/trustList.ts';
import { acceptListFile, draftList } from '../../electron/data/sync/trustListService.ts';
import type { Forged } from './forge.ts';
import type { Machine } from './machine.ts';
import { sealBytes } from './sealing.ts';
import { stateOf } from './state.ts';
import { bytesFor, ignoringRefusals, witness } from './template.ts';
import { Broken, type Sent, siteOf, type World } from './world.ts';

/** Trust lists: the authority proposes them, two of three holders of root keys sign, bundles and people carry them. */

type Root = Readonly<{ key: string; sign: Signer }>;
const rootOf = (who: string): Root => ({ key: publicKeyOf(bytesFor(`root ${who}`)), sign: signerOf(bytesFor(`root ${who}`)) });
const ROOTS = ['1', '2', '3', '4', '5'].map(rootOf);
const STRANGERS = ['x', 'y'].map(rootOf);
/** Each set has two that are enough for it; the last has one in common with the first. */
const SETS = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
].map((set) => set.map((at) => (ROOTS[at] as Root).key));
const DAY_MS = 86_400_000;
const next = (held: TrustList): TrustList => ({ ...held, version: held.version + 1, previous: hashOfList(held) });

const rootsOf = (keys: readonly string[]) => ROOTS.filter(({ key }) => keys.includes(key));
const signedBy = (file: ListFile, by: readonly Root[]): ListFile => by.reduce((signed, { key, sign }) => signList(signed, key, sign), file);

/** A list that a person brings: the words of its roots are compared where none are known. */
async function accept({ name, ledger }: Machine, file: ListFile | null): Promise<boolean> {
  const first = file ?? pendingList(ledger);
  if (first === null) return false;
  const [words, second] = [rootsFingerprint(first.list), name === 'HQ' ? witness : undefined];
  const isDone = ignoringRefusals(() => acceptListFile(ledger, file === null ? null : fileText(file), words, second));
  if (isDone) await retryWaiting(ledger, ['trust']);
  return isDone;
}

/** The authority makes the next list: sometimes with other roots, sometimes for a short time. */
export async function makeList(world: World, a: number, b: number, c: number): Promise<void> {
  const hq = world.the('HQ');
  if (hq.ledger.readOnly !== null) return;
  const held = listInForce(hq.ledger);
  const before = held === null ? [] : rootsOf(held.list.roots).slice(0, 2);
  const roots = held !== null && b % 4 !== 0 ? undefined : SETS[held === null ? 0 : a % SETS.length];
  const expiresOn = c % 5 === 0 ? new Date(hq.ledger.deps.nowMs() + DAY_MS).toISOString().slice(0, 10) : undefined;
  const draft = draftList(hq.ledger, { roots, expiresOn });
  const file = signedBy(draft, [...before, ...rootsOf(draft.list.roots).slice(-2)]);
  if (!(await accept(hq, file))) return;
  world.lists.push(file);
  world.count(held === null ? 'first trust list' : 'next trust list');
}

/** Somebody compares the words of the list that waits, or brings one on a stick: the newest, or an old one. */
export async function bringList(world: World, machine: Machine, b: number): Promise<void> {
  const { ledger } = machine;
  if (ledger.readOnly !== null) return;
  const held = listInForce(ledger);
  const isPinned = held === null && (await accept(machine, null));
  if (isPinned) return world.count('first trust list that came in a bundle');
  const file = world.lists[b % 3 === 0 ? b % world.lists.length : world.lists.length - 1];
  if (file === undefined) return;
  const before = stateOf(ledger);
  const isTaken = await accept(machine, file);
  if (isTaken && held !== null && file.list.version < held.list.version) throw new Broken('C8', `${machine.label} took an old list in`);
  if (!isTaken && stateOf(ledger) !== before) throw new Broken('S6', `${machine.label} refused a list and changed`);
  world.count(isTaken ? 'trust list brought by a person' : 'trust list refused');
}

/** Whoever could not follow over a change of roots is brought all lists in their order. */
export async function bringAllLists(world: World, machine: Machine): Promise<void> {
  if (machine.ledger.readOnly === null) for (const file of world.lists) await accept(machine, file);
}

const LOOSENING = 'a list that lets a revoked device in';
const FORGERIES: Readonly<Record<string, (held: ListFile['list'], roots: readonly Root[]) => [TrustList, readonly Root[]] | null>> = {
  'a list signed by one root': (held, roots) => [next(held), roots.slice(0, 1)],
  'a list signed by strangers': (held) => [{ ...next(held), roots: STRANGERS.map(({ key }) => key), threshold: 2 }, STRANGERS],
  [LOOSENING]: (held, roots) => (held.revoked.length === 0 ? null : [{ ...next(held), revoked: held.revoked.slice(1) }, roots]),
  'a list without a device': (held, roots) => [{ ...next(held), devices: held.devices.slice(1) }, roots],
  'a list that goes on from another': (held, roots) => [{ ...next(held), previous: held.roots[0] as string }, roots],
  'another list of the same number': (held, roots) => [{ ...held, expiresOn: '2099-12-31' }, roots],
};

/** A bundle of the authority in which another list lies than the one it has. */
async function withList(world: World, to: Machine, file: ListFile): Promise<Sent | null> {
  const hq = world.the('HQ');
  const [first] = collectBundles(hq.ledger, siteOf(to));
  if (first === undefined) return null;
  const { from, to: addressees, holds, log, seen } = splitBundle(first.plain).header;
  const id = randomBytes(16).toString('base64url');
  const facts = { id, from, to: addressees, holds, log, seen, trust: file.list.version, ranges: [] };
  const plain = packBundle(facts, { list: fileText(file), ranges: [] }, hq.ledger.device.sign);
  const { recipients } = recipientsFor(hq.ledger, siteOf(to));
  return world.sentOf(hq, (await sealBytes(plain, recipients)).bytes, false);
}

/** What nobody may take in who has a list, though the authority itself has signed the bundle. */
export async function forgedList(world: World, to: Machine, number: number): Promise<Forged | null> {
  const held = listInForce(to.ledger);
  if (held === null) return null;
  const kinds = Object.keys(FORGERIES);
  const isLoosening = held.list.revoked.length > 0 && number % 2 === 0; // seldom possible
  const what = isLoosening ? LOOSENING : (kinds[number % kinds.length] as string);
  const [list, signers] = FORGERIES[what]?.(held.list, rootsOf(held.list.roots)) ?? [null, []];
  if (list === null) return null;
  const sent = await withList(world, to, signedBy({ list: tidyList(list), signatures: [], statements: [] }, signers));
  return sent === null ? null : { sealed: sent.sealed, what };
}

/** A list that was replaced long ago, in a bundle of today: it is left aside, and the bundle is taken in. */
export async function replayList(world: World, to: Machine, number: number): Promise<Sent | null> {
  const held = listInForce(to.ledger);
  const old = world.lists.filter(({ list }) => list.version < (held?.list.version ?? 0));
  const file = old[number % old.length];
  return file === undefined ? null : withList(world, to, file);
}
