import { Worker } from 'node:worker_threads';
import type { ProcedureName, Reply } from '../../../shared/contract/procedures.ts';
import { err } from '../../../shared/lib/result.ts';
import { decodeCall } from '../host/decode.ts';
import { CANCEL_SLOTS, type FromLedger, type LedgerThreadData, type ToLedger } from './messages.ts';
import type { Host } from './serve.ts';

type AnyReply = Reply<ProcedureName>;
type Options = Readonly<{
  /** The file that the thread runs. */
  entry: URL;
  userDataDir: string;
  onEvent: (event: Extract<FromLedger, { kind: 'event' }>['event']) => void;
  /** A fault, as a text that may stand in a log. */
  logFault: (id: string, text: string) => void;
  describe: (cause: unknown) => string;
  /** The thread is gone without having been asked to go: the process is in an unknown state. */
  onDied: (what: string, text: string) => void;
  /** After so long without a call, and with none at work, the depot is locked. */
  idleMs: number;
}>;

const LOOK_EVERY_MS = 15_000;

/**
 * The thread that owns the only connection to the file, seen from the process's own thread: calls are decoded here and
 * answered in any order, progress comes through while work runs, and a cancel is a flag that the work reads.
 */
export class LedgerThread implements Host {
  readonly #options: Options;
  readonly #worker: Worker;
  readonly #flags = new Int32Array(new SharedArrayBuffer(CANCEL_SLOTS * Int32Array.BYTES_PER_ELEMENT));
  readonly #waiting = new Map<number, (reply: AnyReply) => void>();
  readonly #slotOfTask = new Map<string, number>();
  readonly #idle: NodeJS.Timeout;
  #lastId = 0;
  #lastCallAtMs = performance.now();
  #onClosed: (() => void) | null = null;

  constructor(options: Options) {
    this.#options = options;
    const workerData: LedgerThreadData = { userDataDir: options.userDataDir, cancelFlags: this.#flags.buffer };
    this.#worker = new Worker(options.entry, { workerData });
    this.#worker.on('message', (message: FromLedger) => this.#receive(message));
    this.#worker.on('error', (cause) => this.#died('error in the ledger thread', options.describe(cause)));
    this.#worker.on('exit', () => this.#died('the ledger thread ended', ''));
    this.#idle = setInterval(() => this.#lockWhenIdle(), Math.min(LOOK_EVERY_MS, options.idleMs)).unref();
  }

  call(name: unknown, input: unknown, task = ''): Promise<AnyReply> {
    this.#lastCallAtMs = performance.now();
    const decoded = decodeCall(name, input);
    if (!decoded.ok) return Promise.resolve(this.#refuse(decoded.error));
    if (decoded.value.name === 'task.cancel') return Promise.resolve(this.#cancel((decoded.value.input as { task: string }).task));
    return this.#send(decoded.value.name, decoded.value.input, task);
  }

  close(): Promise<void> {
    clearInterval(this.#idle);
    return new Promise((resolve) => {
      this.#onClosed = resolve;
      this.#post({ kind: 'close' });
    });
  }

  #post(message: ToLedger): void {
    this.#worker.postMessage(message);
  }

  async #send(name: ProcedureName, input: unknown, task: string): Promise<AnyReply> {
    this.#lastId += 1;
    const id = this.#lastId;
    const cancelSlot = id % CANCEL_SLOTS;
    Atomics.store(this.#flags, cancelSlot, 0);
    if (task !== '') this.#slotOfTask.set(task, cancelSlot);
    const reply = await new Promise<AnyReply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post({ kind: 'call', id, name, input, task, cancelSlot });
    });
    if (this.#slotOfTask.get(task) === cancelSlot) this.#slotOfTask.delete(task);
    this.#lastCallAtMs = performance.now();
    return reply;
  }

  /** A task that has ended already is not there any more, and that is fine. */
  #cancel(task: string): AnyReply {
    const slot = this.#slotOfTask.get(task);
    if (slot !== undefined) Atomics.store(this.#flags, slot, 1);
    return { ok: true, value: null };
  }

  #refuse(cause: Error): AnyReply {
    const id = crypto.randomUUID();
    this.#options.logFault(id, this.#options.describe(cause));
    return err({ code: 'badRequest', id });
  }

  #receive(message: FromLedger): void {
    if (message.kind === 'event') this.#options.onEvent(message.event);
    else if (message.kind === 'fault') this.#options.logFault(message.id, message.text);
    else if (message.kind === 'closed') this.#onClosed?.();
    else {
      this.#waiting.get(message.id)?.(message.reply);
      this.#waiting.delete(message.id);
    }
  }

  #died(what: string, text: string): void {
    if (this.#onClosed === null) this.#options.onDied(what, text);
  }

  /** The main process locks sooner and knows more; this holds where it does not any longer. */
  #lockWhenIdle(): void {
    if (this.#waiting.size > 0 || performance.now() - this.#lastCallAtMs < this.#options.idleMs) return;
    void this.#send('depot.lock', {}, '');
  }
}
