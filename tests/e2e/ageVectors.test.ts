import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/modules.mjs';
import type { AgeVectorsReport } from '../support/ageVectors.ts';
import { launchApp, type RunningApp } from './support/app.ts';

// Goal: the cryptography of bundles gives the same answers inside the window's runtime, which has another library than
// Node's. Method: the packaged program forks a process of its own runtime, as it does for its data process; what runs in
// it is bundled here from the sources and lies in the folder of the test.

const folder = join(process.env.DEPOT_E2E_FOLDER ?? '', 'crypto');
type Found = Readonly<{
  runtime: Readonly<{ electron?: string; node: string; openssl: string }>;
  vectors?: AgeVectorsReport;
  crypto?: readonly string[];
  failed?: string;
}>;
let app: RunningApp;
let found: Found;

const bundleProcess = () =>
  build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'tests', 'e2e', 'support', 'cryptoProcess.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'process.mjs' } },
    },
  });

beforeAll(async () => {
  await bundleProcess();
  app = await launchApp();
  await app.page.waitForLoadState('load');
  found = await app.electronApp.evaluate(
    ({ utilityProcess }, path) =>
      new Promise<Found>((resolve, reject) => {
        const child = utilityProcess.fork(path, [], { stdio: 'pipe' });
        let said = '';
        child.stderr?.on('data', (text) => {
          said += String(text);
        });
        child.once('message', (message) => {
          resolve(message);
          child.kill();
        });
        child.once('exit', (code) => reject(new Error(`the process ended with ${code}: ${said}`)));
      }),
    join(folder, 'process.mjs'),
  );
}, 240_000);

afterAll(async () => {
  await app.close();
});

test('it ran in the runtime of the window', () => {
  expect(found.failed).toBeUndefined();
  expect(found.runtime.electron).toMatch(/^\d+\.\d+\.\d+/);
  expect(found.runtime.node).not.toBe(process.versions.node);
});

test('every vector of the age format comes to what it must', () => {
  expect(found.vectors).toEqual({ tried: 143, opened: 26, faults: [] });
});

test('signatures, digests, encryption and compression give the published answers', () => {
  expect(found.crypto).toEqual([]);
});
