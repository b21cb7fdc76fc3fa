import { afterEach, expect, test } from 'vitest';
import { freshUserData, launchApp, type RunningApp } from './support/app.ts';
import { createDepot, fieldValue, goTo, importFiles, scan, stockLine, unlock, writeDepotFiles } from './windowActions.ts';

let running: RunningApp | null = null;

const launch = async (userDataDir: string): Promise<RunningApp> => {
  running = await launchApp({ userDataDir });
  return running;
};

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await running?.screenshot(`failed ${task.name}`).catch(() => undefined);
  await running?.electronApp.close().catch(() => undefined);
  running = null;
});

/** Receives thirty bombs of the lot that is there already, by keyboard alone. */
async function receive(app: RunningApp): Promise<string> {
  const { page } = app;
  await goTo(app, 'Movements');
  await scan(app, 'item', 'he-81');
  await scan(app, 'lot', 'АБВ-12-83');
  await scan(app, 'from', 'SUP');
  await scan(app, 'to', 'S1');
  await scan(app, 'quantity', '30');
  await page.locator('[name="condition"]').selectOption('A1');
  await scan(app, 'owner', 'ARMY');
  await scan(app, 'holder', 'DEPOT');
  await page.getByText('No rule speaks against it.').waitFor();
  await page.keyboard.press('Control+Enter');
  const voucher = await page.getByTestId('voucher').innerText();
  await page.keyboard.press('Enter');
  return voucher;
}

/** Detonators may not lie with bombs: the move is refused with what to do, and nothing is written. */
async function tryUnsafeMove(app: RunningApp): Promise<void> {
  const { page } = app;
  await page.getByRole('radiogroup', { name: 'Kind of movement' }).getByText('Move').click();
  await scan(app, 'item', 'DET-8');
  await scan(app, 'lot', 'D 0007');
  await page.getByText('condition A1 · ARMY · DEPOT').waitFor();
  await scan(app, 'to', 'S1');
  await scan(app, 'quantity', '100');
  await page.getByText('This would be refused').waitFor();
  await page.keyboard.press('Control+Enter');
  const refusal = page.getByTestId('refusal');
  await refusal.getByText('Not done').waitFor();
  const said = await refusal.innerText();
  expect(said).toContain('Mixing');
  expect(said).toContain('Nothing was written to the ledger');
  expect(said).toContain('Choose another place to put it');
  expect(said).toContain('Second person');
}

test('a depot survives a power cut, with the movement that was half typed', async () => {
  const files = writeDepotFiles();
  const userData = freshUserData();
  const first = await launch(userData);
  await createDepot(first, files.depot);
  await importFiles(first, files);
  const voucher = await receive(first);
  expect(voucher).not.toBe('');
  await tryUnsafeMove(first);

  await first.page.getByRole('button', { name: 'Choose another place to put it' }).click();
  await scan(first, 'to', 'S3');
  await scan(first, 'quantity', '12');
  await first.page.waitForTimeout(300);
  expect(first.takeComplaints()).toEqual([]);
  await first.killHard();

  const second = await launch(userData);
  await unlock(second, 'not the passphrase');
  await second.page.getByText('The passphrase is not right.').waitFor();
  await second.page.getByText('You can try again now.').waitFor();
  await unlock(second);
  await second.page.getByText('A half-typed movement was kept.').waitFor();
  expect(await stockLine(second, 'HE-81', 'S1')).toContain('930');
  expect(await stockLine(second, 'DET-8', 'S2')).toContain('5,000');

  await second.page.getByRole('contentinfo').getByRole('link', { name: 'See it' }).click();
  await second.page.getByText('Restored as typed on').waitFor();
  expect(await fieldValue(second, 'item')).toBe('DET-8');
  expect(await fieldValue(second, 'lot')).toBe('D 0007');
  expect(await fieldValue(second, 'to')).toBe('S3');
  expect(await fieldValue(second, 'quantity')).toBe('12');
  await second.close();
}, 180_000);

test('a lot leads to its history, and an entry made by mistake is reversed there', async () => {
  const files = writeDepotFiles();
  const app = await launch(freshUserData());
  const { page } = app;
  await createDepot(app, files.depot);
  await importFiles(app, files);
  const voucher = await receive(app);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('АБВ-12-83');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'АБВ-12-83' }).waitFor();
  await page.getByRole('row').filter({ hasText: voucher }).getByRole('button', { name: 'Reverse' }).click();
  await page.locator('[name="reason"]').fill('entered twice');
  await page.getByText(`Undo voucher ${voucher}`).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('voucher').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('АБВ-12-83');
  await page.keyboard.press('Enter');
  await page.getByText('Reversed by').waitFor();
  await page.getByText('entered twice').waitFor();
  await goTo(app, 'Stock');
  expect(await stockLine(app, 'HE-81', 'S1')).toContain('900');
  await app.close();
}, 180_000);
