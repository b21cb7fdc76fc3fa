import { randomUUID } from 'node:crypto';
import type { DepotEvent, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { err } from '../../shared/lib/result.ts';
import type { FromData } from '../data/process/messages.ts';
import type { DataHandle } from './runtime.ts';

type AnyReply = Reply<ProcedureName>;
type Options = Readonly<{
  start: () => DataHandle;
  onEvent: (event: DepotEvent) => void;
  log: (what: string) => void;
  nowMs: () => number;
}>;

/** Long enough for a checkpoint of a large file on a slow disk. */
const CLOSE_WAIT_MS = 5_000;
/** A process that dies this often in a minute has a cause that starting it again does not cure. */
const DEATHS_PER_MINUTE_MAX = 3;

const fault = (): AnyReply => err({ code: 'internal', id: randomUUID() });

/** Starts the data process, starts it again when it dies, and answers every call, also those that it took with it. */
export class DataProcess {
  readonly #options: Options;
  readonly #waiting = new Map<number, (reply: AnyReply) => void>();
  #running: DataHandle | null = null;
  #lastId = 0;
  #deathsAtMs: readonly number[] = [];
  #onClosed: (() => void) | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#start();
  }

  call(name: unknown, input: unknown, task?: string): Promise<AnyReply> {
    const running = this.#running;
    if (!running) return Promise.resolve(fault());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      running.post({ kind: 'call', id, name, input, ...(task === undefined ? {} : { task }) });
    });
  }

  /** Asks it to close the file and end. What does not end in time is ended: nothing accepted is lost by that. */
  close(): Promise<void> {
    const running = this.#running;
    return new Promise((resolve) => {
      this.#onClosed = resolve;
      if (!running) {
        resolve();
        return;
      }
      running.post({ kind: 'close' });
      setTimeout(() => running.kill(), CLOSE_WAIT_MS).unref();
    });
  }

  #start(): void {
    const handle = this.#options.start();
    handle.onMessage((message) => this.#receive(message));
    handle.onExit((code) => this.#ended(code));
    this.#running = handle;
  }

  #receive(message: FromData): void {
    if (message.kind === 'event') {
      this.#options.onEvent(message.event);
      return;
    }
    this.#waiting.get(message.id)?.(message.reply);
    this.#waiting.delete(message.id);
  }

  #ended(code: number | null): void {
    this.#running = null;
    for (const answer of this.#waiting.values()) answer(fault());
    this.#waiting.clear();
    if (this.#onClosed) {
      this.#onClosed();
      return;
    }
    const { log, nowMs, onEvent } = this.#options;
    log(`the data process ended with ${code}`);
    onEvent({ kind: 'locked' }); // the keys were in it
    this.#deathsAtMs = [...this.#deathsAtMs.filter((atMs) => atMs > nowMs() - 60_000), nowMs()];
    if (this.#deathsAtMs.length < DEATHS_PER_MINUTE_MAX) this.#start();
    else log('the data process is not started again');
  }
}
