import { join } from 'node:path';
import { app } from 'electron';
import log from 'electron-log/main';

/** Own words only: no secrets, no rows, no names of items or people. The page does not write here. */
export function openLog(): (what: string) => void {
  log.transports.file.resolvePathFn = () => join(app.getPath('userData'), 'logs', 'main.log');
  log.transports.console.level = false;
  log.transports.ipc.level = false;
  return (what) => log.info(what);
}
