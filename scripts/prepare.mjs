// Everything a fresh clone lacks, in order; each step does nothing where it is already done. `node scripts/prepare.mjs`
// does it all, the other scripts take what they need from here.
import { fileURLToPath } from 'node:url';
import { prepareDebianPackages } from './debianPackages.mjs';
import { continueOnNode24, isNode24, PreparationError, prepareModules, say } from './modules.mjs';

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Packages, and Node 24 in our place: what follows may use the packages. */
export async function prepareTools() {
  prepareModules();
  if (!isNode24) await continueOnNode24(process.argv.slice(1));
}

/**
 * System libraries, an Electron, and the built program in dist/release and dist/e2e. After `prepareTools`.
 *
 * @returns The runtime it was built with, see electronRuntime.mjs.
 */
export async function prepareWindow(options) {
  prepareDebianPackages(options);
  const { prepareElectron } = await import('./electronRuntime.mjs');
  const { preparePackage } = await import('./package.mjs');
  const runtime = await prepareElectron();
  await preparePackage(runtime);
  return runtime;
}

/** Runs a script's work; what a person can cure is said without a stack. */
export async function runScript(work) {
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof PreparationError)) throw cause;
    say(cause.message);
    process.exitCode = 1;
  }
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  await runScript(async () => {
    await prepareTools();
    await prepareWindow({ hasDisplay: hasDisplay() });
  });
}
