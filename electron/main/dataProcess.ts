import { randomUUID } from 'node:crypto';
import type { DepotEvent, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { err } from '../../shared/lib/result.ts';
import type { FromData, ToData } from '../data/process/messages.ts';
import type { DataHandle } from './runtime.ts';

type AnyReply = Reply<ProcedureName>;
type Options = Readonly<{
  start: () => DataHandle;
  onEvent: (event: DepotEvent) => void;
  log: (what: string) => void;
  nowMs: () => number;
}>;
export type DataProcess = Readonly<{
  call(name: unknown, input: unknown, task?: string): Promise<AnyReply>;
  /** Asks it to close the file and end; after `CLOSE_WAIT_MS` it is ended. */
  close(): Promise<void>;
}>;

const CLOSE_WAIT_MS = 5_000;
/** A process that dies this often in a minute has a cause that starting it again does not cure. */
const DEATHS_PER_MINUTE_MAX = 3;

/** Starts the data process, starts it again when it dies, and answers every call, also those it took with it. */
export function watchDataProcess({ start, onEvent, log, nowMs }: Options): DataProcess {
  const waiting = new Map<number, (reply: AnyReply) => void>();
  let deathsAtMs: readonly number[] = [];
  let lastId = 0;
  let isClosing = false;
  let running: DataHandle | null = null;
  let onEnd: () => void = () => undefined;

  const fault = (): AnyReply => err({ code: 'internal', id: randomUUID() });
  const receive = (message: FromData) => {
    if (message.kind === 'event') {
      onEvent(message.event);
      return;
    }
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  };
  const ended = (code: number | null) => {
    running = null;
    for (const answer of waiting.values()) answer(fault());
    waiting.clear();
    onEnd();
    if (isClosing) return;
    log(`the data process ended with ${code}`);
    onEvent({ kind: 'locked' }); // the keys were in it
    deathsAtMs = [...deathsAtMs.filter((atMs) => atMs > nowMs() - 60_000), nowMs()];
    if (deathsAtMs.length < DEATHS_PER_MINUTE_MAX) run();
    else log('the data process is not started again');
  };
  const run = () => {
    const handle = start();
    handle.onMessage(receive);
    handle.onExit(ended);
    running = handle;
  };
  const send = (message: ToData) => running?.post(message);

  run();
  return {
    call: (name, input, task) => {
      if (!running) return Promise.resolve(fault());
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(task === undefined ? { kind: 'call', id, name, input } : { kind: 'call', id, name, input, task });
      });
    },
    close: () => {
      isClosing = true;
      const handle = running;
      if (!handle) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => handle.kill(), CLOSE_WAIT_MS);
        onEnd = () => {
          clearTimeout(timer);
          resolve();
        };
        handle.post({ kind: 'close' });
      });
    },
  };
}
