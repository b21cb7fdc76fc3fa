import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNew } from '../../electron/data/demo/makeDemo.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { fillLargeDepot } from '../support/largeDepot.ts';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { show } from './support/visit.ts';
import { unlock } from './windowActions.ts';

// Goal: a depot of 50,000 lots with tens of thousands of findings is worked with as a small one. Times are printed; the bounds
// are far above them, since other programs run beside.

const PASSPHRASE = 'seven large storehouses';
const SLOW_MS = 60_000;

let app: RunningApp;

beforeAll(async () => {
  const file = join(mkdtempSync(join(process.env.DEPOT_E2E_FOLDER ?? '', 'large-')), 'LARGE.depot');
  const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
  app = await launchApp();
  const ledger = await openNew(
    { file, passphrase: PASSPHRASE, userDataDir: app.userDataDir, deps },
    { site: 'LARGE', name: 'Large', role: 'depot' },
  );
  fillLargeDepot(ledger);
  closeLedger(ledger);
  await app.answerOpenDialog(file);
  await app.page.getByRole('button', { name: /^Open/ }).first().click();
  await unlock(app, PASSPHRASE);
  await app.page.getByRole('grid', { name: 'Stock' }).waitFor({ timeout: 60_000 });
  await show(app, 1280, 720, 'light');
}, 300_000);

afterAll(async () => {
  await app.close();
});

const go = (hash: string): Promise<void> =>
  app.page.evaluate((address) => {
    window.location.hash = address;
  }, hash);

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const startedAtMs = performance.now();
  await work();
  const ms = performance.now() - startedAtMs;
  process.stdout.write(`${what}: ${ms.toFixed(0)} ms\n`);
  expect(ms, what).toBeLessThan(SLOW_MS);
}

const checks = () => app.page.getByRole('grid', { name: 'Checks' });

test('the places of a large site stand at once the second time', async () => {
  const rows = app.page.getByRole('grid').getByRole('row');
  await timed('places, first', async () => {
    await go('#/places');
    await rows.filter({ hasText: 'S001' }).first().waitFor({ timeout: SLOW_MS });
  });
  await timed('sheet of a place with a thousand findings', async () => {
    await go('#/places?place=S001');
    await app.page.getByText('What the surroundings allow').waitFor();
  });
  await app.screenshot('large places');
  const more = app.page.getByRole('link', { name: /^See all [0-9,]+ in the checks$/ });
  await more.scrollIntoViewIfNeeded();
  expect(await app.page.getByRole('article').count()).toBeLessThan(30);
}, 180_000);

test('a question about the site is answered while one waits', async () => {
  const answer = app.page.getByText(/would be (new or worse|gone)|What would be allowed then|Nothing would change/).first();
  for (const [at, front] of ['90', '80'].entries()) {
    await app.page.getByText('The door turned', { exact: true }).click();
    const form = app.page.getByRole('form', { name: 'What if …' });
    await form.getByLabel('Degrees from north').fill(front);
    await timed(`what if, ${at === 0 ? 'first' : 'again'}`, async () => {
      await form.getByRole('button', { name: 'Ask' }).click();
      await answer.waitFor({ timeout: SLOW_MS });
    });
  }
  await app.screenshot('large what if');
}, 180_000);

test('tens of thousands of findings: only those in view are drawn, keys reach all of them', async () => {
  await timed('checks, first rows', async () => {
    await go('#/checks');
    await checks().getByRole('row').nth(5).waitFor({ timeout: SLOW_MS });
  });
  await app.screenshot('large checks');
  const count = Number(await checks().getAttribute('aria-rowcount'));
  expect(count).toBeGreaterThan(3_000);
  expect(await checks().getByRole('row').count()).toBeLessThan(80);
  await checks().focus();
  await timed('to the last row by a key', async () => {
    await app.page.keyboard.press('Control+End');
    await app.page.locator(`[role=row][aria-rowindex="${count}"]`).waitFor();
  });
  await timed('fifty pages of scrolling', () =>
    checks().evaluate(async (box) => {
      for (let page = 50; page > 0; page -= 1) {
        box.scrollTop = page * box.clientHeight;
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
    }),
  );
  expect(await checks().getByRole('row').count()).toBeLessThan(80);
  expect(await violations(app.page)).toEqual([]);
}, 180_000);

test('the groups are one stop of the Tab key each, and a rule narrows the list', async () => {
  await go('#/checks');
  const groups = app.page.getByRole('navigation', { name: 'Groups of findings' });
  await groups.getByRole('button', { name: /^Stop/ }).focus();
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('ArrowDown');
  const focused = app.page.locator(':focus');
  const [rule = '', shown = ''] = (await focused.innerText()).split(/\s+/);
  expect(rule).toBe('life.unknown');
  await app.page.keyboard.press('Enter');
  await expect.poll(() => checks().getAttribute('aria-rowcount')).toBe(String(Number(shown.replace(/\D/g, '')) + 1));
  await app.screenshot('large checks by rule');
  expect(await violations(app.page)).toEqual([]);
}, 180_000);
