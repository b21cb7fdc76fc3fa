import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { freshUserData, launchApp, type RunningApp } from './support/app.ts';
import { createDepot, goTo, writeDepotFiles } from './windowActions.ts';

// Goal: long work shows how far it is, can be stopped, and then nothing of it stays; and the screens around it can be
// read by everybody. Method: the packaged window, a file that takes seconds to import, the real Cancel button.

let running: RunningApp | null = null;
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await running?.screenshot(`failed ${task.name}`).catch(() => undefined);
  await running?.close();
  running = null;
});

const LINES = 60_000;

/** Files of an import that takes some seconds. */
function writeManyLots(): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'depot-many-'));
  const numbers = Array.from({ length: LINES }, (_, at) => at);
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  return {
    Items: write('items.csv', ['item,name,un,hazard_code,neq_g,unit', 'BALL,Ball,0012,1.4S,3,rd']),
    Places: write('places.csv', ['place,name,kind,parent,type', 'S1,Store 1,store,,light']),
    Lots: write('lots.csv', ['item,lot,identity', ...numbers.map((at) => `BALL,LOT-${at},known`)]),
    Stock: write('stock.csv', [
      'item,lot,place,quantity,condition,owner,holder',
      ...numbers.map((at) => `BALL,LOT-${at},S1,10,A1,ARMY,DEPOT`),
    ]),
  };
}

test('an import is stopped in its middle, and nothing of it stays', async () => {
  running = await launchApp({ userDataDir: freshUserData() });
  const { page, answerOpenDialog } = running;
  await createDepot(running, writeDepotFiles().depot);
  await goTo(running, 'Import');
  for (const [kind, path] of Object.entries(writeManyLots())) {
    await answerOpenDialog(path);
    await page.getByRole('button', { name: `Choose the file of ${kind}` }).click();
    await page.getByText(`${kind.toLowerCase()}.csv`, { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Check the files' }).click();
  // The check records everything and takes it back: it takes as long as the import does.
  await page.getByText('No error. This is what the import would bring').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/of 120,002/).waitFor({ timeout: 30_000 });
  await running.screenshot('import-progress');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled. Nothing was changed.').waitFor();
  await running.screenshot('import-cancelled');
  await goTo(running, 'Stock');
  await page
    .getByText('Nothing is in stock yet')
    .or(page.getByRole('heading', { name: 'Stock', exact: true }))
    .first()
    .waitFor();
  await running.screenshot('stock-after-cancel');
  expect(await page.getByText('LOT-1').count()).toBe(0);
}, 120_000);

test('the screens before a depot is open can be read by everybody', async () => {
  running = await launchApp({ userDataDir: freshUserData() });
  const { page } = running;
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.getByRole('button', { name: 'New depot' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'New depot' }).click();
    await page.getByLabel('Name of the depot').waitFor();
    expect(await violations(page)).toEqual([]);
    await running.screenshot(`new-depot-${scheme}`);
  }
}, 60_000);
