import { decideAndRetry } from '../../electron/data/host/caseHandlers.ts';
import { openIncarnation } from '../../electron/data/host/incarnation.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { Refused } from '../../electron/data/refused.ts';
import { listTrusted } from '../../electron/data/repositories/trusted.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { listCases } from '../../electron/data/services/cases.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { revokeDevice } from '../../electron/data/services/revoke.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import { deliver, deliverBad } from './deliver.ts';
import { forge } from './forge.ts';
import { tamper } from './insider.ts';
import { bringList, forgedList, makeList, replayList } from './lists.ts';
import { Killed, type Machine } from './machine.ts';
import type { Kind, Operation } from './operations.ts';
import { meetBranch, sendPieces } from './pieces.ts';
import { stateOf } from './state.ts';
import { ignoringRefusals, trust, witness } from './template.ts';
import { Broken, type World } from './world.ts';

type Numbers = Omit<Operation, 'kind'>;
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
const HOUR_MS = 3_600_000;
const MODES = ['warn', 'block', 'off'];

/** The machines that belong to the network; the stranger does not. */
const members = (world: World): Machine[] => world.machines.filter(({ name }) => name !== 'F');
const depots = (world: World): Machine[] => members(world).filter(({ name }) => name !== 'HQ');

/** Only who is known to be behind may refuse to write, and then must. */
function writing(machine: Machine, work: () => void): void {
  const { readOnly, journal } = machine.ledger;
  const { seq } = journal.last;
  try {
    work();
  } catch (cause) {
    if (cause instanceof Refused && readOnly !== null) return;
    throw cause;
  }
  if (readOnly !== null && journal.last.seq > seq) throw new Broken('S1', `${machine.label} is read-only and wrote`);
}

function write(world: World, { a, b }: Numbers): void {
  const machine = pick(members(world), a);
  writing(machine, () => setPolicy(machine.ledger, { family: 'mix', kind: 'move', mode: pick(MODES, b) }));
}

const BALL = { item: 'BALL', lot: 'LC-19A001' };
const post = (machine: Machine, request: Omit<MovementRequest, 'id'>) =>
  postMovement(machine.ledger, { id: machine.ledger.deps.newId(), ...request });

function move(world: World, { a, b, c }: Numbers): void {
  const machine = pick(depots(world), a);
  const quantity = String(1 + (c % 5));
  const heap = { condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
  writing(machine, () => {
    if (b % 3 === 0) post(machine, { kind: 'receipt', ...BALL, ...heap, from: 'SUP', to: 'S1', quantity });
    else if (b % 3 === 1) post(machine, { kind: 'issue', ...BALL, from: 'S1', to: 'RANGE', quantity });
    else post(machine, { kind: 'move', ...BALL, from: 'S1', to: 'S2', quantity });
  });
}

function consign(world: World, { a, b, c }: Numbers): void {
  const heap = { condition: 'A1', owner: 'ARMY', holder: 'DEPOT' };
  const [from, to] = [world.the('A'), world.the('C')];
  const consignment = world.consignments.length === 0 || a % 2 === 0 ? null : pick(world.consignments, b);
  const quantity = String(1 + (c % 3));
  const receive = () => post(to, { kind: 'receipt', ...BALL, ...heap, from: 'DEP1', to: 'S1', consignment: consignment ?? '', quantity });
  const issue = () => {
    const outcome = post(from, { kind: 'issue', ...BALL, from: 'S1', consignTo: 'DEP2', quantity: '3' });
    if (outcome.posted && outcome.consignment !== undefined) world.consignments.push(outcome.consignment);
  };
  if (consignment === null) writing(from, issue);
  else writing(to, receive);
}

async function send(world: World, { a, b }: Numbers): Promise<void> {
  const machine = a % 17 === 0 ? world.stranger : pick(world.machines, a);
  const sites = [...new Set(listTrusted(machine.ledger).map(({ site }) => site))];
  if (sites.length > 0) world.put(await world.send(machine, pick(sites, b)));
}

/** The newest most of the time; else any, also once more, late or to the wrong reader. */
async function deliverOne(world: World, { a, b, c }: Numbers, writesLeft?: number): Promise<void> {
  if (world.net.length === 0) return;
  const newest = world.net.slice(-4);
  const sent = c % 3 === 0 ? pick(world.net, a) : pick(newest, a);
  const addressees = members(world).filter(({ ledger }) => sent.header.to.some(({ dev }) => dev === ledger.device.device));
  const machine = b % 12 === 0 || addressees.length === 0 ? pick(world.machines, b) : pick(addressees, b);
  if (writesLeft !== undefined) machine.killAfter(writesLeft);
  const parts = writesLeft === undefined && c % 11 === 0 ? 2 + (a % 3) : 1;
  await deliver(world, machine, sent, writesLeft === undefined && c % 5 === 0, parts);
  if (writesLeft !== undefined) machine.startAgain();
}

async function damage(world: World, { a, b, c }: Numbers): Promise<void> {
  if (world.net.length === 0) return;
  const { sealed, header } = pick(world.net, a);
  const reader = members(world).find(({ ledger }) => header.to.some(({ dev }) => dev === ledger.device.device));
  const at = (b * 7_919) % sealed.length;
  const damaged = Buffer.from(c % 3 === 0 ? sealed.subarray(0, at) : sealed);
  if (c % 3 !== 0) damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (c % 8)), at);
  if (reader !== undefined) await deliverBad(world, reader, damaged, 'damaged');
}

/** Null where it is for somebody whom the maker does not know any more. */
async function whereAllowed<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Refused) return null;
    throw cause;
  }
}

async function forgeOne(world: World, { a, b }: Numbers): Promise<void> {
  const made = await whereAllowed(() => forge(world, a, pick([world.the('A'), world.the('C')], b)));
  world.machines.map((machine) => world.learn(machine));
  if (made === null) return;
  if (made.forged.what !== 'a log that was rewritten') return deliverBad(world, made.to, made.forged.sealed, made.forged.what);
  const copy = world.copyOf(made.to, 'listener'); // the case that it opens would keep the authority out for the rest of the run
  await deliverBad(world, copy, made.forged.sealed, made.forged.what, true);
  copy.close();
}

function killWhileWriting(world: World, { a, b, c }: Numbers): void {
  const machine = pick(members(world), a);
  const before = stateOf(machine.ledger);
  machine.killAfter(1 + (c % 6));
  try {
    setPolicy(machine.ledger, { family: 'mix', kind: 'move', mode: pick(MODES, b) });
  } catch (cause) {
    if (!(cause instanceof Killed || cause instanceof Refused)) throw cause;
  }
  if (machine.startAgain() && stateOf(machine.ledger) !== before)
    throw new Broken('S6', `${machine.label}, killed while writing, kept half of it`);
}

function kill(world: World, { a }: Numbers): void {
  const machine = pick(members(world), a);
  const before = stateOf(machine.ledger);
  machine.startAgain();
  if (stateOf(machine.ledger) !== before) throw new Broken('S1', `${machine.label} lost what it had committed`);
}

function restore(world: World, { a, b, c }: Numbers): void {
  const machine = pick(
    members(world).filter(({ copies }) => copies.length > 0),
    a,
  );
  if (machine === undefined) return;
  world.unsteady.add(machine.name);
  world.listVersions.delete(machine);
  if (c % 3 === 0) machine.forgetMark();
  machine.putBack(pick(machine.copies, b));
  world.count(machine.ledger.readOnly === null ? 'old copy, unknown to be one' : 'old copy, known to be one');
}

function clone(world: World, { a }: Numbers): void {
  const machine = pick(depots(world), a);
  if (world.machines.length > 7) return;
  world.unsteady.add(machine.name);
  world.machines.push(world.copyOf(machine, `${machine.name}${world.machines.length}`));
}

/** Only where one machine alone has the file: two that both go on under new keys would both be the next incarnation. */
async function newIncarnation(world: World, { a }: Numbers): Promise<void> {
  const behind = members(world).filter(({ ledger }) => ledger.readOnly !== null && ledger.readOnly.code !== 'partnerHoldsOther');
  const machine = pick(behind, a);
  if (machine === undefined || world.machines.filter(({ name }) => name === machine.name).length > 1) return;
  const second = machine.name === 'HQ' ? witness : undefined;
  const { statement } = await openIncarnation(machine.ledger, 'the disk was lost', second);
  machine.copies.length = 0;
  machine.reopen();
  world.unsteady.add(machine.name);
  world.count('new incarnation');
  // Where there is a list, the authority alone may enrol it, and the next list tells the others.
  const isByList = machine.name !== 'HQ' && world.lists.length > 0 && a % 2 === 0;
  const known = (isByList ? [world.the('HQ')] : members(world)).filter(({ ledger }) =>
    listTrusted(ledger).some(({ device }) => device === machine.ledger.device.device),
  );
  for (const { ledger } of known) if (!ignoringRefusals(() => trust(ledger, statement))) world.count('new incarnation not enrolled');
}

function revoke(world: World, { a }: Numbers): void {
  const { ledger } = world.the('HQ');
  const { device } = pick(depots(world), a).ledger.device;
  if (ignoringRefusals(() => revokeDevice(ledger, { device, reason: 'lost' }, witness))) world.count('revoked');
}

async function decide(world: World): Promise<void> {
  const { ledger } = world.the('HQ');
  if (ledger.readOnly !== null) return;
  for (const { id, kind } of listCases(ledger, { isOpenOnly: true }))
    if (kind === 'fork') await decideAndRetry(ledger, { id, decision: 'heldStays', reason: 'the copy was found' }, witness);
}

function verify(world: World, { a }: Numbers): void {
  const machine = pick(members(world), a);
  const verified = verifyLedger(machine.ledger);
  if (!verified.ok) throw new Broken('D1', `${machine.label}: ${verified.firstBad.reason} at ${verified.firstBad.seq}`);
}

const WORK: Readonly<Record<Kind, (world: World, numbers: Numbers) => unknown>> = {
  write,
  move,
  consign,
  send,
  splitSend: (world, { a, b }) => whereAllowed(() => sendPieces(world, pick(depots(world), a), b)),
  meet: (world, { a, b }) => whereAllowed(() => meetBranch(world, pick(depots(world), a), b)),
  deliver: (world, numbers) => deliverOne(world, numbers),
  damage,
  forge: forgeOne,
  clock: (world, { a, b, c }) => {
    pick(members(world), a).offsetMs += (c % 2 === 0 ? 1 : -1) * (b % 60) * HOUR_MS;
  },
  killWriting: killWhileWriting,
  killTaking: (world, numbers) => deliverOne(world, numbers, 1 + (numbers.c % 23)),
  kill,
  list: (world, { a, b, c }) => makeList(world, a, b, c),
  bringList: (world, { a, b }) => bringList(world, pick(members(world), a), b),
  forgeList: async (world, { a, b }) => {
    const to = pick(depots(world), a);
    const made = await whereAllowed(() => forgedList(world, to, b));
    if (made !== null) await deliverBad(world, to, made.sealed, made.what);
  },
  replayList: async (world, { a, b }) => {
    const to = pick(depots(world), a);
    const sent = await whereAllowed(() => replayList(world, to, b));
    if (sent !== null) await deliver(world, to, sent, false);
  },
  keepCopy: (world, { a }) => {
    const machine = pick(members(world), a);
    machine.copies.push(machine.wholeCopy());
  },
  restore,
  clone,
  incarnation: newIncarnation,
  revoke,
  decide,
  insider: (world, { a, b, c }) => tamper(world, pick(members(world), a), b, c),
  verify,
};

export async function carryOut(world: World, { kind, ...numbers }: Operation): Promise<void> {
  world.clock.nowMs += 60_000 + (numbers.a % 600_000);
  await WORK[kind](world, numbers);
  for (const machine of world.machines) {
    world.learn(machine);
    world.checkList(machine);
  }
}
