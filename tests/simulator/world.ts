import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBundle } from '../../electron/data/host/operations.ts';
import type { ListFile } from '../../electron/data/journal/trustListForm.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { acceptanceLeaf } from '../../electron/data/sync/acceptanceLog.ts';
import { type BundleHeader, shaOf, splitBundle, unpackBody } from '../../electron/data/sync/format.ts';
import { START_MS } from '../support/depot.ts';
import { listHeld } from './listOracle.ts';
import { type Clock, Machine } from './machine.ts';
import { openBytes } from './sealing.ts';
import { NAMES, type Name, SITE_OF } from './template.ts';

/** A promise of the protocol that did not hold. */
export class Broken extends Error {
  readonly invariant: string;
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** A bundle on its way, with what its maker's file says is in it. */
export type Sent = Readonly<{
  sealed: Buffer;
  sha: string;
  by: Machine;
  header: BundleHeader;
  /** Of each range the hashes of its entries, and before them the one that it goes on from. */
  hashes: readonly (readonly string[])[];
  /** Of each range whether its entries say whom the device trusts. */
  saysTrust: readonly boolean[];
  /** The leaves of the maker's log. */
  leaves: readonly string[];
  /** The trust list that lies in it. */
  list: ListFile | null;
  /** A piece of a series: it alone may leave a gap. */
  isPiece: boolean;
}>;

export const LIVING = NAMES.filter((name) => name !== 'F');

export class World {
  readonly clock: Clock = { nowMs: START_MS + 86_400_000, ids: 0 };
  readonly machines: Machine[];
  readonly net: Sent[] = [];
  readonly bySha = new Map<string, Sent>();
  readonly consignments: string[] = [];
  /** Every trust list that enough roots have signed, in the order in which they were made. */
  readonly lists: ListFile[] = [];
  /** Every hash that a device in its own file ever committed, by device, incarnation and seq. */
  readonly truth = new Map<string, Set<string>>();
  readonly forked = new Set<string>();
  /** Devices of which a copy was put back or goes on elsewhere: what they said they hold may be untrue. */
  readonly unsteady = new Set<Name>();
  readonly logs = new Map<string, readonly string[]>();
  readonly counts = new Map<string, number>();
  /** The version in force in each file; forgotten where an older copy was put back. */
  readonly listVersions = new Map<Machine, number>();
  private readonly learned = new WeakMap<Ledger, { seq: number }>();
  private readonly folders: { folder: string; runFolder: string };
  private files = 0;

  constructor(template: { folder: string; runFolder: string }) {
    this.folders = template;
    this.machines = LIVING.map((name) => this.machineOf(name));
    for (const machine of this.machines) this.learn(machine);
  }

  private machineOf(name: Name): Machine {
    return new Machine(name, name, join(this.folders.runFolder, name), join(this.folders.folder, `${name}.depot`), this.clock);
  }

  /** The device that nobody has enrolled; opened where a run needs it. */
  get stranger(): Machine {
    const known = this.machines.find(({ name }) => name === 'F') ?? this.machineOf('F');
    if (!this.machines.includes(known)) this.machines.push(known);
    this.learn(known);
    return known;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  the(name: Name): Machine {
    return this.machines.find((machine) => machine.name === name) as Machine;
  }

  /** A second machine with the same file. */
  copyOf(machine: Machine, label: string): Machine {
    return this.machineFrom(machine, label, machine.wholeCopy().path);
  }

  machineFrom(machine: Machine, label: string, path: string): Machine {
    return new Machine(label, machine.name, join(this.folders.runFolder, label), path, this.clock);
  }

  freshPath(): string {
    return join(this.folders.runFolder, `bundle${++this.files % 4}`);
  }

  /** Takes note of what a device wrote in its own file; all of it again where the file was opened anew. */
  learn(machine: Machine): void {
    const { ledger } = machine;
    const known = this.learned.get(ledger);
    const { seq: last } = ledger.journal.last;
    if (known?.seq === last) return;
    this.learned.set(ledger, { seq: last });
    this.learnAfter(machine, known === undefined || last < known.seq ? 0 : known.seq);
  }

  /** C8: the version in force never goes back. */
  checkList(machine: Machine): void {
    const version = listHeld(machine.ledger)?.list.version ?? 0;
    const before = this.listVersions.get(machine) ?? 0;
    if (version < before) throw new Broken('C8', `${machine.label}: list ${version} is in force after list ${before}`);
    this.listVersions.set(machine, version);
  }

  private learnAfter(machine: Machine, after: number): void {
    const rows = machine.ledger.sqlite
      .prepare(
        `SELECT s.device || '/' || s.incarnation AS stream, e.seq, hex(e.hash) AS hash, e.event FROM stream s JOIN entry e USING (stream)
         WHERE s.is_own = 1 AND e.seq >= ? ORDER BY s.incarnation, e.seq`,
      )
      .all(after) as { stream: string; seq: number; hash: string; event: string }[];
    let before = { stream: '', hlc: '' };
    for (const { stream, seq, hash, event } of rows) {
      const key = `${stream}/${seq}`;
      const known = this.truth.get(key) ?? new Set();
      this.truth.set(key, known.add(hash));
      if (known.size > 1) this.forked.add(stream);
      const { hlc } = JSON.parse(event) as { hlc: string };
      if (before.stream === stream && hlc <= before.hlc)
        throw new Broken('D4', `${machine.label}: entry ${seq} is stamped ${hlc} after ${before.hlc}`);
      before = { stream, hlc };
    }
  }

  /** Seals what a machine has for a site: the real way of a bundle to the stick. */
  async send(by: Machine, to: string): Promise<Sent> {
    const path = this.freshPath();
    await createBundle(by.ledger, to, path, () => undefined);
    return this.sentOf(by, readFileSync(path), false);
  }

  async sentOf(by: Machine, sealed: Buffer, isPiece: boolean): Promise<Sent> {
    const opened = splitBundle(await openBytes(sealed, by.ledger.device.ageIdentity));
    const { header } = opened;
    const line = header.list === 0 ? null : unpackBody(opened).list;
    const list = line === null ? null : (JSON.parse(line) as ListFile);
    const hashes = header.ranges.map(({ dev, inc, from, upto, prev }) => {
      const rows = by.ledger.sqlite
        .prepare(
          `SELECT hex(e.hash) FROM stream s JOIN entry e USING (stream)
           WHERE s.device = ? AND s.incarnation = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq`,
        )
        .pluck()
        .all(dev, inc, from, upto) as string[];
      return [Buffer.from(prev, 'base64url').toString('hex').toUpperCase(), ...rows];
    });
    const says = by.ledger.sqlite
      .prepare(
        `SELECT 1 FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND s.incarnation = ? AND e.seq BETWEEN ? AND ?
           AND json_extract(e.event, '$.type') IN ('partner.trusted', 'list.accepted', 'device.revoked') LIMIT 1`,
      )
      .pluck();
    const saysTrust = header.ranges.map(({ dev, inc, from, upto }) => says.get(dev, inc, from, upto) !== undefined);
    const leaves = leavesOf(by.ledger);
    if (header.log !== null) this.logs.set(`${header.log.size} ${header.log.root}`, leaves);
    return { sealed, sha: shaOf(sealed), by, header, hashes, saysTrust, leaves, list, isPiece };
  }

  put(sent: Sent): void {
    this.net.push(sent);
    this.bySha.set(sent.sha, sent);
  }

  write(sealed: Buffer): string {
    const path = this.freshPath();
    writeFileSync(path, sealed);
    return path;
  }

  close(): void {
    for (const machine of this.machines) machine.close();
  }
}

export const siteOf = (machine: Machine): string => SITE_OF[machine.name];
export const keyOf = ({ device, incarnation }: Ledger['device']): string => `${device}/${incarnation}`;

/** The log of a file as its entries say it, without the tree. */
export function leavesOf({ sqlite, device }: Ledger): string[] {
  const rows = sqlite
    .prepare('SELECT seq, device, incarnation, from_seq AS "from", upto, head, bundle FROM acceptance WHERE stream = ? ORDER BY seq')
    .all(device.stream) as Parameters<typeof acceptanceLeaf>[0][];
  return rows.map((row) => acceptanceLeaf(row).toString('latin1'));
}

/** The hash of an entry of a journal as a file holds it. */
export const hashHeld = ({ ledger }: Machine, device: string, incarnation: number, seq: number): string | undefined =>
  ledger.sqlite
    .prepare('SELECT hex(e.hash) FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND s.incarnation = ? AND e.seq = ?')
    .pluck()
    .get(device, incarnation, seq) as string | undefined;

/** Up to where a file holds a journal. */
export const heldOf = ({ ledger }: Machine, device: string, incarnation: number): number =>
  (ledger.sqlite
    .prepare('SELECT max(e.seq) FROM stream s JOIN entry e USING (stream) WHERE s.device = ? AND s.incarnation = ?')
    .pluck()
    .get(device, incarnation) as number | null) ?? 0;
