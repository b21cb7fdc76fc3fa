// Electron's fuses: bits in the executable that say what it may do whatever the program inside asks for.
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** What a release must carry. `sync-and-security.md` 4 says why. */
const releaseFuses = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableCookieEncryption: true,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false, // there is no such snapshot beside our binary
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};
/** Playwright drives the main process through Node's inspector; nothing else differs. */
const fusesByFlavour = { release: releaseFuses, e2e: { ...releaseFuses, EnableNodeCliInspectArguments: true } };
/** Came after the oldest runtime that we still start in: absent there, not switched off. */
const mayBeMissing = new Set(['WasmTrapHandlers']);

/** Reads the fuses of an executable: name → true, false, or null where that Electron has no such fuse. */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const stateOf = (name) => {
    const state = wire[FuseV1Options[name]];
    if (state === FuseState.ENABLE) return true;
    return state === FuseState.DISABLE ? false : null;
  };
  return Object.fromEntries(Object.keys(releaseFuses).map((name) => [name, stateOf(name)]));
}

/** The differences between what an executable carries and what its flavour must carry; empty is right. */
export async function fuseFaults(executable, flavour) {
  const found = await readFuses(executable);
  return Object.entries(fusesByFlavour[flavour])
    .filter(([name, wanted]) => found[name] !== wanted && !(found[name] === null && mayBeMissing.has(name)))
    .map(([name, wanted]) => `${name} is ${found[name]} and must be ${wanted}`);
}

/** Sets the fuses of a flavour, reads them back from the file and throws where one did not take. */
export async function setFuses(executable, flavour) {
  const present = await readFuses(executable);
  const settable = Object.entries(fusesByFlavour[flavour]).filter(([name]) => present[name] !== null);
  const config = Object.fromEntries(settable.map(([name, isOn]) => [FuseV1Options[name], isOn]));
  await flipFuses(executable, { version: FuseVersion.V1, ...config });
  const faults = await fuseFaults(executable, flavour);
  if (faults.length > 0) throw new Error(`fuses of ${executable}: ${faults.join('; ')}`);
}
