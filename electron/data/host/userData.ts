import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the program keeps what belongs to the machine and not to a depot: the same folder as the window's. */
export function defaultUserDataDir(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.DEPOT_USER_DATA) return environment.DEPOT_USER_DATA;
  if (process.platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'depot-ledger');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'depot-ledger');
  return join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'depot-ledger');
}
