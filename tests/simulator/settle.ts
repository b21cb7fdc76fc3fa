import { verifyLedger } from '../../electron/data/journal/verify.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { listTrusted } from '../../electron/data/repositories/trusted.ts';
import { listConsignments } from '../../electron/data/services/consignments.ts';
import { pendingList } from '../../electron/data/sync/trustList.ts';
import { deliver } from './deliver.ts';
import { listHeld } from './listOracle.ts';
import { bringAllLists, bringList } from './lists.ts';
import type { Machine } from './machine.ts';
import { isFrozen } from './oracle.ts';
import { ignoringRefusals, trust } from './template.ts';
import { Broken, hashHeld, heldOf, type Sent, siteOf, type World } from './world.ts';

/** The end of a run: everything is brought to everybody without faults, and then holds. */

/** Three bring everything to everybody; after one in which nobody had anything to say, the next would be the same. */
const ROUNDS = 3;
const NETWORK = [
  ['A', 'HQ'],
  ['B', 'HQ'],
  ['C', 'HQ'],
  ['HQ', 'A'],
  ['HQ', 'C'],
  ['A', 'B'],
] as const;

/** Who was put back to before it enrolled somebody does so again. */
function trustAgain(world: World): void {
  for (const [one, other] of NETWORK)
    for (const [by, whom] of [
      [one, other],
      [other, one],
    ] as const) {
      const { ledger } = world.the(by);
      const { device, incarnation, statement } = world.the(whom).ledger.device;
      const isKnown = listTrusted(ledger).some((each) => each.device === device && each.incarnation === incarnation);
      if (!isKnown) ignoringRefusals(() => trust(ledger, statement));
    }
}

/** Somebody compares the words of a first list that waits. Lists over a change of roots have to be taken in one after the other: people bring all of them where one was refused. */
async function bringLists(world: World): Promise<void> {
  const isWaiting = ({ ledger }: Machine) => listHeld(ledger) === null && pendingList(ledger) !== null;
  for (const machine of world.machines) if (isWaiting(machine)) await bringList(world, machine, 1);
  const isStuck = ({ ledger }: Machine) => ledger.sqlite.prepare("SELECT 1 FROM quarantine WHERE code = 'E_TRUST'").get() !== undefined;
  for (const machine of world.machines) if (isStuck(machine)) await bringAllLists(world, machine);
}

/** @returns whether somebody had something to say. */
async function exchange(world: World, isAll: boolean): Promise<boolean> {
  let isAnything = false;
  for (const [from, to] of NETWORK) {
    const sender = world.the(from);
    const sites = listTrusted(sender.ledger).map(({ site }) => site);
    if (!sites.includes(siteOf(world.the(to)))) continue;
    const sent: Sent = await world.send(sender, siteOf(world.the(to)));
    if (!isAll && sent.header.ranges.length === 0) continue;
    isAnything = true;
    world.bySha.set(sent.sha, sent);
    for (const reader of world.machines.filter(({ ledger }) => sent.header.to.some(({ dev }) => dev === ledger.device.device)))
      await deliver(world, reader, sent, false);
  }
  return isAnything;
}

const isEnrolledAt = ({ sqlite, device: own }: Ledger, device: string, incarnation: number): boolean =>
  sqlite
    .prepare('SELECT 1 FROM partner WHERE stream = ? AND device = ? AND incarnation = ? AND cut_off_seq IS NULL')
    .get(own.stream, device, incarnation) !== undefined;

/** One machine, one history, nobody keeps it out, and its file may be written. */
function isHealthy(world: World, machine: Machine): boolean {
  const { ledger } = machine;
  const { device, incarnation } = ledger.device;
  const isAlone = world.machines.filter(({ name }) => name === machine.name).length === 1;
  const hq = world.the('HQ').ledger;
  const isEnrolled = machine.name === 'HQ' || isEnrolledAt(hq, device, incarnation);
  const hasFork = [...world.forked].some((key) => key.startsWith(`${device}/`));
  return isAlone && !hasFork && isEnrolled && ledger.readOnly === null && !isFrozen(hq, device, incarnation);
}

/** S2, S3, S5: the authority holds what a sound device has, and both make the same of it. */
function checkConvergence(world: World, machine: Machine): void {
  const hq = world.the('HQ');
  const { device, incarnation } = machine.ledger.device;
  const held = heldOf(hq, device, incarnation);
  const { seq } = machine.ledger.journal.last;
  if (held !== seq) throw new Broken('S3', `${machine.label} has ${seq} entries and the authority holds ${held} of them`);
}

/** Which revision of its plan a file last saw is its own affair: it names journals by the numbers used in that file. */
const SAME = [
  'SELECT lot_id, place, condition, owner, holder, quantity FROM holding WHERE site = ? ORDER BY 1, 2, 3, 4, 5',
  "SELECT name, value FROM setting WHERE site = ? AND name <> 'planRevision' ORDER BY 1",
  'SELECT * FROM lot WHERE site = ? ORDER BY 1, 2',
  'SELECT * FROM place WHERE site = ? ORDER BY 1, 2',
];

function checkSameProjections(one: Machine, other: Machine): void {
  const rowsOf = ({ ledger }: Machine) => JSON.stringify(SAME.map((sql) => ledger.sqlite.prepare(sql).raw().all(siteOf(one))));
  if (rowsOf(one) !== rowsOf(other))
    throw new Broken('S5', `${one.label} and ${other.label} hold the same entries of ${siteOf(one)} and make different things of them`);
}

/** C2, S2: nothing stands in a file that its device did not write in its own. S8: who is reported did write twice. */
function checkTruth(world: World, machine: Machine): void {
  const { sqlite, site } = machine.ledger;
  const rows = sqlite
    .prepare(
      "SELECT s.device || '/' || s.incarnation || '/' || e.seq AS key, hex(e.hash) AS hash FROM stream s JOIN entry e USING (stream)",
    )
    .all() as { key: string; hash: string }[];
  for (const { key, hash } of rows)
    if (!world.truth.get(key)?.has(hash)) throw new Broken('C2', `${machine.label} holds an entry ${key} that nobody wrote`);
  const cases = sqlite.prepare("SELECT facts FROM conflict_case WHERE kind = 'fork' AND site = ?").pluck().all(site) as string[];
  for (const text of cases) {
    const { device, incarnation } = JSON.parse(text) as { device: string; incarnation: number };
    if (!world.forked.has(`${device}/${incarnation}`))
      throw new Broken('S8', `${machine.label} reports ${device.slice(0, 4)}/${incarnation}, which has one history`);
  }
}

/** C3: nothing after the cut-off of a revoked device stands in the file. */
function checkCutOffs(world: World): void {
  const { ledger } = world.the('HQ');
  const beyond = ledger.sqlite
    .prepare(
      `SELECT p.device FROM partner p JOIN stream s ON s.device = p.device AND s.incarnation = p.incarnation
       JOIN entry e ON e.stream = s.stream AND e.seq > p.cut_off_seq WHERE p.stream = ? LIMIT 1`,
    )
    .get(ledger.device.stream);
  if (beyond !== undefined) throw new Broken('C3', 'the authority holds entries after a cut-off');
}

/** D2, D3: no place below zero; what came in from outside less what went out is on hand or on the way. */
function checkBalance(world: World): void {
  const { ledger } = world.the('HQ');
  const below = ledger.sqlite
    .prepare("SELECT h.place FROM holding h JOIN place p USING (site, place) WHERE p.kind <> 'external' AND h.quantity < 0")
    .get();
  if (below !== undefined) throw new Broken('D2', `${JSON.stringify(below)} holds less than nothing`);
  const outside = (place: string) => `${place} LIKE 'ext:%' OR ${place} IN ('SUP', 'RANGE')`;
  const came = ledger.sqlite
    .prepare(
      `SELECT l.item, sum(CASE WHEN ${outside('m.from_place')} THEN m.quantity WHEN ${outside('m.to_place')} THEN -m.quantity ELSE 0 END) AS total
       FROM movement m JOIN lot l ON l.site = m.site AND l.lot_id = m.lot_id GROUP BY l.item`,
    )
    .all() as { item: string; total: number }[];
  const { totals } = listConsignments(ledger);
  for (const { item, total } of came) {
    const said = totals.find((row) => row.item === item)?.total;
    if (said !== total) throw new Broken('D3', `of ${item} came ${total}, and on hand or on the way are ${said}`);
  }
}

/**
 * S8: what else goes on with the file of a device sends what it has to the authority, which then reports two histories, unless
 * it lets nothing more of the device in anyway.
 */
async function checkForksReported(world: World): Promise<void> {
  const hq = world.the('HQ');
  for (const machine of world.machines) {
    const { device, incarnation } = machine.ledger.device;
    const isOther =
      machine.name !== 'HQ' && machine !== world.the(machine.name) && listTrusted(machine.ledger).some(({ site }) => site === 'HQ');
    if (!isOther || hq.ledger.readOnly !== null || !isEnrolledAt(hq.ledger, device, incarnation)) continue;
    const both = Math.min(heldOf(hq, device, incarnation), machine.ledger.journal.last.seq);
    const isFork = hashHeld(hq, device, incarnation, both) !== hashHeld(machine, device, incarnation, both);
    await deliver(world, hq, await world.send(machine, 'HQ'), false);
    if (isFork && !isFrozen(hq.ledger, device, incarnation))
      throw new Broken('S8', `${machine.label} has another history than the authority holds, which does not say so`);
    world.count(isFork ? 'fork brought at the end' : 'copy without a fork at the end');
  }
}

export async function settle(world: World): Promise<void> {
  trustAgain(world);
  for (let round = 1; round <= ROUNDS; round++) {
    await bringLists(world);
    if (!(await exchange(world, round === 1))) break;
  }
  for (const machine of world.machines) world.learn(machine);
  for (const machine of world.machines) {
    checkTruth(world, machine);
    const verified = verifyLedger(machine.ledger);
    if (!verified.ok) throw new Broken('D1', `${machine.label}: ${verified.firstBad.reason} at ${verified.firstBad.seq}`);
  }
  if (!world.unsteady.has('HQ')) checkCutOffs(world); // an old copy takes entries in before it hears again of the cut-off
  checkBalance(world);
  const hq = world.the('HQ');
  if (!isHealthy(world, hq)) return world.count('runs whose authority has no sound file');
  const sound = world.machines.filter((machine) => machine !== hq && machine.name !== 'F' && isHealthy(world, machine));
  for (const machine of sound) checkConvergence(world, machine);
  world.count(`runs with ${sound.length} sound depots at their end`);
  const c = sound.find(({ name }) => name === 'C');
  if (c !== undefined) checkSameProjections(c, hq);
  await checkForksReported(world);
}
