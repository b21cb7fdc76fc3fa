import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { utilityProcess } from 'electron';
import type { FromData, ToData } from '../data/process/messages.ts';

/** A running data process, of whichever kind. */
export type DataHandle = Readonly<{
  post(message: ToData): void;
  onMessage(listener: (message: FromData) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}>;

/** better-sqlite3 13 needs Node-API 10, which is in Electron since 35. The day no older one is used, this file goes. */
const NODE_API_NEEDED = 10;
const runsDataProcess = Number(process.versions.napi) >= NODE_API_NEEDED;

/** Why this runtime is for trying only, or null. Shown by the window at every start. */
export const runtimeNotice = runsDataProcess
  ? null
  : `This window runs on Electron ${process.versions.electron}, which is past its support and no longer gets security fixes. It is for trying and testing only: do not keep a real depot in it.`;

/** Node 24 beside a program that was built from the sources: named by the scripts, else found upwards. */
function node24(): string {
  const named = process.env.DEPOT_NODE24;
  if (named) return named;
  const path = join('node_modules', 'node', 'bin', 'node');
  let folder = dirname(process.execPath);
  while (!existsSync(join(folder, path))) {
    if (dirname(folder) === folder) throw new Error('Node 24 was not found; start with npm start');
    folder = dirname(folder);
  }
  return join(folder, path);
}

function startUtility(entry: string, env: Record<string, string>): DataHandle {
  const child = utilityProcess.fork(entry, [], { env, serviceName: 'depot-data', stdio: 'inherit' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill(),
  };
}

function startForked(entry: string, env: Record<string, string>): DataHandle {
  const child = fork(entry, [], {
    env,
    execPath: node24(),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    post: (message) => {
      // What cannot be sent any more is answered when the exit is seen.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromData)),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Starts the data process with nothing of our environment but what is given and the user's language. */
export function startDataProcess(entry: string, env: Record<string, string>): DataHandle {
  const whole = { LANG: process.env.LANG ?? '', TZ: process.env.TZ ?? '', ...env };
  return runsDataProcess ? startUtility(entry, whole) : startForked(entry, whole);
}
