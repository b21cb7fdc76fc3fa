import { afterEach, expect, test } from 'vitest';
import { freshUserData, launchApp, type RunningApp } from './support/app.ts';

// Goal: `npm start` on a machine that never saw the program leads into the demo depot, and only the first time.

let app: RunningApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const state = async () => {
  const reply = await app?.page.evaluate(() =>
    (
      globalThis as unknown as { depot: { call(name: string, input: object): Promise<{ ok: boolean; value: { state: string } }> } }
    ).depot.call('session.state', {}),
  );
  return reply?.value.state;
};

test('the first start opens the demo depot, the second does not', async () => {
  const userDataDir = freshUserData();
  app = await launchApp({ userDataDir, args: ['--open-demo'] });
  await expect.poll(state, { timeout: 60_000, interval: 500 }).toBe('open');
  await app.page.getByText('DEMO').first().waitFor();
  await app.screenshot('start-demo');
  await app.close();
  app = await launchApp({ userDataDir, args: ['--open-demo'] });
  await app.page.waitForLoadState('load');
  expect(await state()).toBe('closed');
  await app.screenshot('start-again');
}, 120_000);

test('says at every start on a runtime past its support that it is for trying', async () => {
  app = await launchApp();
  const napi = await app.electronApp.evaluate(() => Number(process.versions.napi));
  const notice = await app.page.evaluate(() =>
    (globalThis as unknown as { depot: { runtimeNotice(): Promise<string | null> } }).depot.runtimeNotice(),
  );
  if (napi >= 10) expect(notice).toBeNull();
  else {
    expect(notice).toContain('for trying and testing only');
    await app.page.getByText('for trying and testing only').waitFor();
  }
  await app.screenshot('start-fresh');
});

test('a second program on the same data brings the first to the front and ends', async () => {
  const userDataDir = freshUserData();
  app = await launchApp({ userDataDir });
  await expect(launchApp({ userDataDir })).rejects.toThrow();
  expect(await state()).toBe('closed');
});
