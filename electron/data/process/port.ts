import { isMainThread } from 'node:worker_threads';

/** The other side of the process boundary, whichever kind of process this is. */
export type Port<In, Out> = Readonly<{
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The parent has gone: nobody is left to work for. */
  onGone(listener: () => void): void;
}>;

/** Electron's utility process gives its parent as this; typed here, since this layer does not know Electron. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
};

const utilityPort = <In, Out>(parent: ParentPort): Port<In, Out> => ({
  post: (message) => parent.postMessage(message),
  onMessage: (listener) => parent.on('message', ({ data }) => listener(data as In)),
  onGone: (listener) => parent.on('close', listener),
});

const forkedPort = <In, Out>(): Port<In, Out> => ({
  post: (message) => {
    // A message for a parent that has just gone is lost with it.
    if (process.connected) process.send?.(message);
  },
  onMessage: (listener) => process.on('message', (message) => listener(message as In)),
  onGone: (listener) => process.on('disconnect', listener),
});

/** The port to the main process: of the utility process in the shipped program, of a forked Node otherwise. */
export function openPort<In, Out>(): Port<In, Out> {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
  if (parentPort) return utilityPort(parentPort);
  if (isMainThread && process.send) return forkedPort();
  throw new Error('the data process is started by the main process');
}

/** Two ports that are each other's far side, with the copying that a process boundary does. For tests. */
export function portPair<A, B>(): readonly [Port<A, B>, Port<B, A>] {
  const listeners = { a: new Set<(message: A) => void>(), b: new Set<(message: B) => void>() };
  const deliver =
    <T>(to: Set<(message: T) => void>) =>
    (message: T) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of to) listener(copy);
      });
    };
  const never = () => undefined;
  return [
    { post: deliver(listeners.b), onMessage: (listener) => listeners.a.add(listener), onGone: never },
    { post: deliver(listeners.a), onMessage: (listener) => listeners.b.add(listener), onGone: never },
  ];
}
