import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';

// Goal: whatever a page sends, it gets a refusal and the program goes on.
// Method: send it, in the packaged window, then ask something honest of the same data process.

let app: RunningApp;
let dataProcessId: number;

beforeAll(async () => {
  app = await launchApp();
  await app.page.waitForLoadState('load');
  dataProcessId = app.dataProcessId();
});
afterAll(async () => {
  app.takeComplaints();
  await app.electronApp.close();
});

type Outcome = { ok: boolean; error?: { code: string; id?: string } } | { thrown: string };

/** Calls from inside the page. `build` runs there, since much of what is hostile cannot be carried over to it. */
const callWith = (build: () => readonly unknown[]): Promise<Outcome> =>
  app.page.evaluate(
    async (source) => {
      const given = new Function(`return (${source})()`) as () => readonly unknown[];
      const call = (globalThis as unknown as { depot: { call(...given: readonly unknown[]): Promise<Outcome> } }).depot.call;
      return call(...given()).catch((cause: unknown) => ({ thrown: String(cause) }));
    },
    build.toString(),
  );
