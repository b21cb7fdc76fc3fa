import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TailView } from '../../../shared/contract/views.ts';
import { invariant } from '../../../shared/lib/result.ts';
import { findLocal, keepLocal } from '../db/localSettings.ts';
import { readStatement } from '../journal/statement.ts';
import type { Ledger } from '../ledger.ts';
import { recoveryRecipients } from '../services/partners.ts';
import { LIMITS, packBundle } from './format.ts';
import { opaqueName } from './opaqueNames.ts';
import { sealBytes } from './seal.ts';
import { roomOfBundle, StreamReader } from './streamReader.ts';
import { type Listing, listFolder, removeQuietly, writeWhole } from './tailFiles.ts';
import {
  coveredBy,
  isAsLeft,
  readIndex,
  SEGMENT_ENTRIES_MAX,
  type Segment,
  scanFolder,
  type TailIndex,
  toMerge,
  writeIndex,
} from './tailSegments.ts';

type Options = Readonly<{
  /** After a commit so long is waited for the next. */
  delayMs: number;
  /** So often a medium that is away is looked for. */
  retryMs: number;
  onChange: () => void;
  /** A fault of ours: it stops the tail and nothing else. */
  log: (cause: unknown) => void;
}>;
export const TAIL_OPTIONS: Options = { delayMs: 200, retryMs: 15_000, onChange: () => undefined, log: () => undefined };

const FOLDER = 'tailFolder';
const CLOSE_WAIT_MS = 2_000;
const NO_INDEX: TailIndex = { segments: [], others: {} };

/** The folder of the tail of this depot on this machine; null where none is kept. */
export const tailFolderOf = (ledger: Ledger): string | null => findLocal(ledger, FOLDER);

/**
 * Copies the own journal to a second medium, entry by entry as it grows: sealed to this device and the recovery recipients,
 * so that with any backup and this folder nothing is lost but what was posted in the last moments. It works beside the
 * ledger, between its calls, and neither holds up a posting nor makes one fail.
 */
export class Tail {
  readonly #ledger: Ledger;
  readonly #options: Options;
  #folder: string | null;
  /** Null until the folder was looked at. */
  #index: TailIndex | null = null;
  #state: TailView['state'];
  #sinceMs: number;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(ledger: Ledger, options: Partial<Options> = {}) {
    this.#ledger = ledger;
    this.#options = { ...TAIL_OPTIONS, ...options };
    this.#folder = tailFolderOf(ledger);
    this.#state = this.#folder === null ? 'off' : 'ok';
    this.#sinceMs = ledger.deps.nowMs();
    this.committed(); // what was posted where no tail could follow
  }

  get view(): TailView {
    const index = this.#folder === null ? NO_INDEX : (this.#index ?? readIndex(this.#ledger) ?? NO_INDEX);
    return { state: this.#state, sinceMs: this.#sinceMs, lastSeq: coveredBy(index) };
  }

  /** Called after a commit: the copy follows soon. */
  committed(): void {
    this.#writeIn(this.#options.delayMs);
  }

  /** Begins a tail in a folder, or ends it; files that lie there stay. The answer comes when all is written or the folder is away. */
  async set(folder: string | null): Promise<TailView> {
    await this.#work;
    keepLocal(this.#ledger, FOLDER, folder);
    writeIndex(this.#ledger, null);
    this.#folder = folder;
    this.#index = null;
    this.#become(folder === null ? 'off' : 'ok');
    await this.flush();
    return this.view;
  }

  /** Writes what is missing now. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => this.#write());
    return this.#work;
  }

  /** Writes the rest, as long as the medium answers; then nothing touches the ledger any more. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_WAIT_MS);
    });
    if (this.#state !== 'away') await Promise.race([this.flush(), late]);
    clearTimeout(timer);
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #writeIn(delayMs: number): void {
    if (this.#folder === null || this.#isClosed || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, delayMs).unref();
  }

  #become(state: TailView['state']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#sinceMs = this.#ledger.deps.nowMs();
    this.#options.onChange();
  }

  async #write(): Promise<void> {
    const folder = this.#folder;
    if (folder === null || this.#isClosed || this.#ledger.readOnly !== null) return;
    try {
      this.#index = await this.#look(folder);
      while (!this.#isClosed && coveredBy(this.#index) < this.#ledger.journal.last.seq)
        this.#index = await this.#writeNext(folder, this.#index);
      if (!this.#isClosed) this.#become('ok');
    } catch (cause) {
      if (typeof (cause as { code?: unknown } | null)?.code !== 'string') this.#options.log(cause);
      if (this.#isClosed) return;
      this.#become('away');
      this.#writeIn(this.#options.retryMs);
    }
  }

  /** What lies in the folder. One in which nothing of the tail is left is another medium, or none, in the place of it. */
  async #look(folder: string): Promise<TailIndex> {
    const listing: Listing = await listFolder(folder);
    const left = this.#index ?? (this.#isClosed ? null : readIndex(this.#ledger));
    if (left !== null && isAsLeft(left, listing)) return left;
    const { index, redundant } = await scanFolder(this.#ledger, folder, listing);
    if (left !== null && left.segments.length > 0 && index.segments.length === 0)
      throw Object.assign(new Error('another medium lies in the place of this one'), { code: 'ENODEV' });
    for (const name of redundant) await removeQuietly(join(folder, name));
    this.#save(index);
    return index;
  }

  #save(index: TailIndex): void {
    if (!this.#isClosed) writeIndex(this.#ledger, index);
  }

  /** One file more, in the place of the small ones before it. They go once it lies there whole. */
  async #writeNext(folder: string, { segments, others }: TailIndex): Promise<TailIndex> {
    const covered = segments.at(-1)?.upto ?? 0;
    let replaced = toMerge(segments, this.#ledger.journal.last.seq);
    let packed = this.#pack(replaced[0]?.from ?? covered + 1);
    if (packed.upto <= covered) {
      replaced = []; // together they are larger than any bundle
      packed = this.#pack(covered + 1);
    }
    const { plain, from, upto } = packed;
    const name = opaqueName();
    const own = readStatement(this.#ledger.device.statement);
    invariant(own !== null, 'the own statement has another form');
    const { bytes } = await sealBytes(plain, [...new Set([own.recipient, ...recoveryRecipients(this.#ledger)])]);
    await writeWhole(folder, name, bytes);
    const segment: Segment = { name, bytes: bytes.length, from, upto };
    const index = { segments: [...segments.slice(0, segments.length - replaced.length), segment], others };
    this.#save(index);
    for (const one of replaced) await removeQuietly(join(folder, one.name));
    return index;
  }

  /** The entries from `from` on that make one file, to an entry at which the device signed. */
  #pack(from: number): { plain: Buffer; from: number; upto: number } {
    const { device, sqlite } = this.#ledger;
    const head = sqlite.prepare('SELECT min(seq), max(seq) FROM head WHERE stream = ? AND seq BETWEEN ? AND ?').raw();
    const headIn = (first: number, last: number) => head.get(device.stream, first, last) as [number | null, number | null];
    const most = from + SEGMENT_ENTRIES_MAX - 1;
    const signed = headIn(from, most)[1] ?? headIn(most, from + LIMITS.entriesMax - 1)[0];
    const room = { ...roomOfBundle(), ...(signed === null ? { entries: SEGMENT_ENTRIES_MAX } : {}) };
    const of = { ...device, after: from - 1, upto: signed ?? this.#ledger.journal.last.seq };
    const piece = new StreamReader(this.#ledger, of).next(room, () => undefined);
    invariant(piece !== null, 'an entry is larger than any bundle');
    const self = { dev: device.device, inc: device.incarnation };
    const facts = { id: randomBytes(16).toString('base64url'), from: self, to: [self], ranges: [piece.range] };
    const nothing = { holds: [], log: null, seen: [], trust: 0 };
    return {
      plain: packBundle({ ...facts, ...nothing }, { list: null, ranges: [piece.bytes] }, device.sign),
      from,
      upto: piece.range.upto,
    };
  }
}
