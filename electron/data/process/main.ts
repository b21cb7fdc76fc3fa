import { join } from 'node:path';
import log from 'electron-log/node';
import { createHost } from '../host/host.ts';
import { describeCause } from './describeCause.ts';
import type { FromData, ToData } from './messages.ts';
import { openPort } from './port.ts';
import { serve } from './serve.ts';

const userDataDir = process.env.DEPOT_USER_DATA;
if (!userDataDir) throw new Error('DEPOT_USER_DATA is not set');

log.transports.file.resolvePathFn = () => join(userDataDir, 'logs', 'data.log');
log.transports.console.level = false;
const logFault = (id: string, cause: unknown) => log.error(id, describeCause(cause));

// A program in an unknown state must not write to the ledger: it ends, and the main process starts a new one.
const endAfter = (what: string) => (cause: unknown) => {
  logFault(what, cause);
  process.exit(1);
};
process.on('uncaughtException', endAfter('uncaught exception'));
process.on('unhandledRejection', endAfter('unhandled rejection'));

const port = openPort<ToData, FromData>();
const host = createHost({ userDataDir, emit: (event) => port.post({ kind: 'event', event }), log: logFault });
serve({ port, host, log: logFault, exit: (code) => process.exit(code) });
log.info('ready', process.version);
