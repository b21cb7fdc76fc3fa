import { join } from 'node:path';
import log from 'electron-log/node';
import { describeCause } from './describeCause.ts';
import { LedgerThread } from './ledgerThread.ts';
import type { FromData, ToData } from './messages.ts';
import { openPort } from './port.ts';
import { serve } from './serve.ts';

const userDataDir = process.env.DEPOT_USER_DATA;
if (!userDataDir) throw new Error('DEPOT_USER_DATA is not set');

log.transports.file.resolvePathFn = () => join(userDataDir, 'logs', 'data.log');
log.transports.console.level = false;
const logFault = (id: string, cause: unknown) => log.error(id, describeCause(cause));

// A program in an unknown state must not write to the ledger: it ends, and the main process starts a new one.
const endAfter = (what: string, text: string) => {
  log.error(what, text);
  process.exit(1);
};
process.on('uncaughtException', (cause) => endAfter('uncaught exception', describeCause(cause)));
process.on('unhandledRejection', (cause) => endAfter('unhandled rejection', describeCause(cause)));

/** Longer than the main process waits: it locks first, as long as it lives. */
const IDLE_MS = 10 * 60_000;

const port = openPort<ToData, FromData>();
const host = new LedgerThread({
  entry: new URL('./ledger.mjs', import.meta.url),
  userDataDir,
  onEvent: (event) => port.post({ kind: 'event', event }),
  logFault: (id, text) => log.error(id, text),
  describe: describeCause,
  onDied: endAfter,
  idleMs: IDLE_MS,
});
serve({ port, host, log: logFault, exit: (code) => process.exit(code) });
log.info('ready', process.version);
