// electron-builder calls this when the folder of the program is complete and nothing is packed around it yet.
import { join } from 'node:path';
import { setFuses } from './fuses.mjs';

/** Electron's file layout: on macOS the executable lies inside the bundle. */
const executableIn = ({ appOutDir, electronPlatformName, packager }) => {
  if (electronPlatformName === 'darwin') return join(appOutDir, `${packager.appInfo.productFilename}.app`);
  return join(appOutDir, `${packager.executableName ?? packager.appInfo.productFilename}${electronPlatformName === 'win32' ? '.exe' : ''}`);
};

export async function afterPack(context) {
  await setFuses(executableIn(context), 'release');
}
