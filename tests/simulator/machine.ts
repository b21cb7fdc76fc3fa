import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { candidatesOf, type Name } from './template.ts';

/** One machine with one file: opened, killed at any write, put back to an older copy. All of it the real file. */

/** What a killed process leaves: the file, and what of the last transactions lies beside it. */
export type Image = Readonly<{ path: string }>;
/** Thrown inside a transaction, in the place of a process that ends there. */
export class Killed extends Error {}

export type Clock = { nowMs: number; ids: number };
const WRITTEN = ['entry', 'head', 'frontier', 'holding', 'movement', 'setting', 'acceptance', 'held_there', 'partner_state', 'quarantine'];

export class Machine {
  readonly label: string;
  readonly name: Name;
  readonly folder: string;
  readonly file: string;
  ledger: Ledger;
  /** How far the clock of this machine is off. */
  offsetMs = 0;
  /** Older copies that somebody kept. */
  readonly copies: Image[] = [];
  /** Writes that are still done before the process is killed; null: it lives. */
  private writesLeft: number | null = null;
  private killedAt: Image | null = null;
  private images = 0;
  private readonly clock: Clock;

  constructor(label: string, name: Name, folder: string, from: string, clock: Clock) {
    this.label = label;
    this.name = name;
    this.folder = folder;
    this.clock = clock;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'x.depot');
    copyFileSync(from, this.file);
    this.ledger = this.open();
  }

  private get machineFolder(): string {
    return join(this.folder, 'machine');
  }

  private open(): Ledger {
    const { clock } = this;
    const deps = {
      nowMs: () => clock.nowMs++ + this.offsetMs,
      newId: () => `00000000-0000-4000-8000-${String(++clock.ids).padStart(12, '0')}`,
    };
    return openLedger({ file: this.file, candidates: candidatesOf(this.name), userDataDir: this.machineFolder, deps });
  }

  private onWrite(): number {
    if (this.writesLeft === null) return 0;
    this.writesLeft -= 1;
    if (this.writesLeft > 0) return 0;
    this.killedAt ??= this.image(); // once dead, nothing more reaches the disk
    throw new Killed('killed');
  }

  /** The next `writes` rows are still written, then the process ends. */
  killAfter(writes: number): void {
    this.writesLeft = writes;
    const { sqlite } = this.ledger;
    sqlite.function('write_is_next', { deterministic: false }, () => this.onWrite());
    for (const table of WRITTEN)
      sqlite.exec(`CREATE TEMP TRIGGER next_${table} BEFORE INSERT ON main."${table}" BEGIN SELECT write_is_next(); END`);
  }

  /** Starts again from what lay on the disk when the process ended, or lies there now. */
  startAgain(): boolean {
    this.writesLeft = null;
    const image = this.killedAt ?? this.image();
    const wasKilled = this.killedAt !== null;
    this.killedAt = null;
    this.putBack(image);
    return wasKilled;
  }

  /** The file as it lies on the disk, whatever goes on inside the process. */
  image(): Image {
    const path = join(this.folder, `image${++this.images}`);
    copyFileSync(this.file, path);
    if (existsSync(`${this.file}-wal`)) copyFileSync(`${this.file}-wal`, `${path}-wal`);
    return { path };
  }

  putBack({ path }: Image): void {
    closeLedger(this.ledger);
    for (const suffix of ['', '-wal']) {
      rmSync(`${this.file}${suffix}`, { force: true });
      if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${this.file}${suffix}`);
    }
    this.ledger = this.open();
  }

  /** A whole file, with nothing beside it. */
  wholeCopy(): Image {
    this.ledger.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    return this.image();
  }

  /** What the machine remembers outside the file is lost, as on a new machine. */
  forgetMark(): void {
    rmSync(this.machineFolder, { recursive: true, force: true });
  }

  reopen(): void {
    closeLedger(this.ledger);
    this.ledger = this.open();
  }

  close(): void {
    closeLedger(this.ledger);
    for (const name of readdirSync(this.folder)) rmSync(join(this.folder, name), { recursive: true, force: true });
  }
}
