import { applyBundleFile } from '../../electron/data/host/operations.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { Refused } from '../../electron/data/refused.ts';
import { hasParts, readPart, splitIntoParts } from '../../electron/data/sync/parts.ts';
import { waitingFor } from '../../electron/data/sync/quarantine.ts';
import { Killed, type Machine } from './machine.ts';
import { type Expected, expected } from './oracle.ts';
import { isKnownBehind, stateOf } from './state.ts';
import { Broken, type Sent, type World } from './world.ts';

type Reply = Awaited<ReturnType<typeof applyBundleFile>>;

const say = (expected: Exclude<Expected, 'either'>): string => (expected === null ? 'taken in' : [...expected].join(' or '));
const nameOf = (machine: Machine, { by, header }: Sent): string =>
  `bundle of ${by.label} with ${header.ranges.map(({ dev, inc, from, upto }) => `${dev.slice(0, 4)}/${inc} ${from}-${upto}`).join(', ') || 'nothing new'} at ${machine.label}`;

/** S10: in parts, the last of them first, each twice; they make the file again with the last that was missing, and not before. */
async function takeParts(world: World, machine: Machine, sealed: Buffer, count: number): Promise<Reply> {
  const [last, ...others] = splitIntoParts(sealed, Math.ceil(sealed.length / count)).reverse();
  // Where nobody could take the whole in or keep it before, its parts lie there still, and any one of them completes them.
  const areHere = hasParts(machine.ledger, readPart(last as Buffer).whole);
  for (const part of [last, ...others.slice(1), last] as Buffer[]) {
    const { missingParts, applied, quarantined } = await applyBundleFile(machine.ledger, world.write(part));
    if (areHere) continue;
    if (missingParts.length === 0 || applied > 0 || quarantined !== null)
      throw new Broken('S10', `${machine.label} made something of some parts of a file`);
  }
  world.count('taken in from parts');
  return applyBundleFile(machine.ledger, world.write(others[0] as Buffer));
}

/** A file that was read-only before and is asked to record something refuses it: nothing has happened then. */
async function tryTaking(world: World, machine: Machine, sealed: Buffer, parts = 1): Promise<Reply | 'killed' | 'readOnly'> {
  try {
    if (parts > 1) return await takeParts(world, machine, sealed, parts);
    return await applyBundleFile(machine.ledger, world.write(sealed));
  } catch (cause) {
    if (cause instanceof Killed) return 'killed';
    if (cause instanceof Refused && machine.ledger.readOnly !== null) return 'readOnly';
    throw cause;
  }
}

/** S6: what was refused or cut short changes nothing; what of forks is kept stands in the own journal. */
function checkUnchanged(machine: Machine, before: string, what: string, isOwnIn = true): void {
  const after = stateOf(machine.ledger, isOwnIn);
  if (after !== before) throw new Broken('S6', `${what} changed the file\n  before ${before}\n  after  ${after}`);
}

/** The transactions of one delivery are several; each of them is there in whole or not at all. */
function checkAfterKill(machine: Machine, sent: Sent, before: string): void {
  if (stateOf(machine.ledger) === before) return;
  const verified = verifyLedger(machine.ledger);
  if (!verified.ok) throw new Broken('S6', `${nameOf(machine, sent)}, killed on the way: ${verified.firstBad.reason}`);
}

/** S7, S8, C2, C3: what came of a bundle is what has to come of it. */
function checkReply(world: World, machine: Machine, sent: Sent, reply: Reply, wanted: Expected): void {
  if (wanted === 'either') {
    world.count('judged by own entries that came back');
    return;
  }
  const code = reply.quarantined?.code ?? null;
  if (code === null ? wanted !== null : !wanted?.has(code)) {
    const invariant = code === null ? `${[...(wanted ?? [])][0]} not refused` : 'S3';
    const got = code === null ? 'was taken in' : `was refused with ${code} (${reply.quarantined?.message})`;
    throw new Broken(invariant, `${nameOf(machine, sent)} ${got}, and should be ${say(wanted)}`);
  }
  const isSteady = !world.unsteady.has(machine.name) && !world.unsteady.has(sent.by.name);
  if (code === 'E_GAP' && isSteady && !sent.isPiece) throw new Broken('S9', `${nameOf(machine, sent)} leaves a gap`);
}

/** Nothing waits that could be taken in, and who is known to be behind writes nothing. */
function checkAfterTaking(world: World, machine: Machine): void {
  for (const { sha, code } of waitingFor(machine.ledger, new Set(['bundle', 'trust']))) {
    const waiting = world.bySha.get(sha);
    if (machine.ledger.readOnly === null && waiting !== undefined && expected(world, machine, waiting) === null)
      throw new Broken('S5', `${nameOf(machine, waiting)} still waits as ${code} and nothing is missing`);
  }
  if (isKnownBehind(machine.ledger) && machine.ledger.readOnly === null)
    throw new Broken('S1', `${machine.label} heard that others hold another history of it and goes on writing`);
}

/** S12: neither what a partner holds nor the log that was seen goes back while nobody lost anything. */
function checkGrowth(world: World, machine: Machine, before: ReadonlyMap<string, number>): void {
  if (world.unsteady.size > 0) return;
  for (const [key, seq] of acknowledged(machine))
    if (seq < (before.get(key) ?? 0)) throw new Broken('S12', `${machine.label}: the acknowledgement ${key} went back to ${seq}`);
}
function acknowledged({ ledger }: Machine): Map<string, number> {
  const rows = ledger.sqlite
    .prepare(
      `SELECT device || incarnation || ' of ' || of_device || of_incarnation AS key, coalesce(proved_seq, 0) AS seq FROM held_there
       UNION ALL SELECT device || incarnation || ' log', coalesce(checkpoint_size, 0) FROM partner_state`,
    )
    .all() as { key: string; seq: number }[];
  return new Map(rows.map(({ key, seq }) => [key, seq]));
}

/** Delivers a bundle as it was made, and holds what happens against what has to happen. */
export async function deliver(world: World, machine: Machine, sent: Sent, isTwice: boolean, parts = 1): Promise<void> {
  const wanted = expected(world, machine, sent);
  const [before, others] = [stateOf(machine.ledger), stateOf(machine.ledger, false)];
  const known = acknowledged(machine);
  const reply = await tryTaking(world, machine, sent.sealed, parts);
  world.learn(machine);
  if (reply === 'killed') {
    machine.startAgain();
    world.count('killed while taking in');
    return checkAfterKill(machine, sent, before);
  }
  if (reply === 'readOnly') {
    world.count('readOnly');
    return checkUnchanged(machine, before, nameOf(machine, sent));
  }
  if (reply.quarantined === null && machine.ledger.readOnly !== null) return world.count('an older copy');
  world.count(reply.quarantined?.code ?? 'taken in');
  checkReply(world, machine, sent, reply, wanted);
  if (reply.quarantined !== null) return checkUnchanged(machine, others, nameOf(machine, sent), false);
  checkAfterTaking(world, machine);
  checkGrowth(world, machine, known);
  // What waited may be an older word of the same partner: then the newer one counts again the second time.
  if (isTwice && reply.cleared === 0) await deliverAgain(world, machine, sent);
}

/** S4: the same once more changes nothing. */
async function deliverAgain(world: World, machine: Machine, sent: Sent): Promise<void> {
  const before = stateOf(machine.ledger);
  const wanted = expected(world, machine, sent);
  const reply = await tryTaking(world, machine, sent.sealed);
  if (typeof reply === 'string' || wanted !== null || machine.ledger.readOnly !== null) return;
  if (reply.applied > 0 || reply.quarantined !== null) throw new Broken('S4', `${nameOf(machine, sent)} a second time brings something`);
  checkUnchanged(machine, before, `${nameOf(machine, sent)} a second time`);
}

/** C1, C2, C4: what was changed on the way, or made by somebody else, is refused and changes nothing. */
export async function deliverBad(world: World, machine: Machine, sealed: Buffer, what: string, areCasesKept = false): Promise<void> {
  const before = stateOf(machine.ledger, !areCasesKept);
  const reply = await tryTaking(world, machine, sealed);
  // An older copy takes in nothing but its own entries, and looks at nothing else.
  if (typeof reply === 'string' || (reply.quarantined === null && machine.ledger.readOnly !== null)) return;
  world.count(`${what}: ${reply.quarantined?.code ?? 'taken in'}`);
  if (reply.quarantined === null) throw new Broken('C2', `${what} was taken in at ${machine.label}`);
  checkUnchanged(machine, before, what, !areCasesKept);
}
