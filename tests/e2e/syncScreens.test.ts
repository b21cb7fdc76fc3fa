import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { openFile, type SyncDepots, second, writeSyncDepots } from './support/syncDepots.ts';

// Goal: what lies between depots can be seen, understood and decided in the window: bundles are looked into before they
// are taken in, waiting files say what takes them in, partners are enrolled by their words, cases are decided by two.
// Method: an authority and four depots with real bundles between them, each part in light and dark, left to right and
// right to left, without an accessibility violation; then each act once, in the order of a working day.

let app: RunningApp;
let depots: SyncDepots;

beforeAll(async () => {
  depots = await writeSyncDepots();
  app = await launchApp();
  await openFile(app, depots.authority);
}, 300_000);
afterAll(async () => {
  await app.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await app.screenshot(`failed ${task.name}`).catch(() => undefined);
});

const looks = [
  { scheme: 'light', width: 1280, height: 720, dir: 'ltr' },
  { scheme: 'dark', width: 1920, height: 1080, dir: 'ltr' },
  { scheme: 'light', width: 1280, height: 720, dir: 'rtl' },
  { scheme: 'dark', width: 1280, height: 720, dir: 'ltr' },
] as const;

const visit = async (query: string, ready: string): Promise<void> => {
  await app.page.evaluate((address) => {
    window.location.hash = address;
  }, `#/sync?${query}`);
  await app.page.getByText(ready).first().waitFor();
};
const show = async ({ width, height, scheme, dir }: (typeof looks)[number]): Promise<void> => {
  await app.electronApp.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
  await app.page.emulateMedia({ colorScheme: scheme });
  await app.page.evaluate((wanted) => {
    document.documentElement.dir = wanted;
  }, dir);
};
const openCase = async (kind: string): Promise<void> => {
  await visit('part=cases', kind);
  await app.page.getByRole('link', { name: kind }).first().click();
  await app.page.getByRole('form', { name: 'Decide' }).waitFor();
};
const chooseRow = async (grid: string, text: string): Promise<void> => {
  await app.page.getByRole('grid', { name: grid }).getByRole('row').filter({ hasText: text }).first().getByRole('gridcell').nth(1).click();
  await app.page.getByRole('complementary').waitFor();
};

const scenes: Readonly<Record<string, () => Promise<void>>> = {
  partners: () => visit('part=partners', 'exist only on this machine'),
  partner: async () => {
    await visit('part=partners', 'exist only on this machine');
    await chooseRow('Partners', 'DEP1');
  },
  'partner not whole': async () => {
    await visit('part=partners', 'is not whole here');
    await chooseRow('Partners', 'DEP2');
    await app.page.getByText('Its account here is not whole').waitFor();
  },
  waiting: () => visit('part=waiting', 'It comes from a device that you do not trust yet.'),
  enrol: () => visit('part=enrol', 'Compare the eight words'),
  cases: () => visit('part=cases', 'less was received'),
  'case short': () => openCase('less was received than was issued'),
  'case fork': () => openCase('two histories of one device'),
  'case lot': () => openCase('two depots say different things of one lot'),
  consignments: async () => {
    await visit('part=consignments', 'in transit');
    await chooseRow('Consignments', 'received short');
  },
  sites: () => visit('part=sites', 'Depot DEP2'),
};

describe.each(looks)('$scheme $width $dir', (look) => {
  test.each(Object.keys(scenes))(
    '%s',
    async (name) => {
      await show(look);
      await scenes[name]?.();
      await app.page.waitForTimeout(250);
      await app.screenshot(`sync ${name} ${look.width} ${look.scheme} ${look.dir}`);
      expect(await violations(app.page)).toEqual([]);
    },
    60_000,
  );
});

test('a bundle is looked into, then taken in, and says so in words', async () => {
  const { page } = app;
  await show(looks[0]);
  await visit('part=partners', 'exist only on this machine');
  await app.answerOpenDialog(depots.bundle);
  await page.getByRole('button', { name: 'Take in a file' }).click();
  await page.getByText('3 new,').waitFor();
  await app.screenshot('sync preview');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('3 new entries are in the ledger now.').waitFor();
  await app.screenshot('sync taken in');
  await app.answerOpenDialog(depots.parts);
  await page.getByRole('button', { name: 'Take in a folder' }).click();
  await page.getByText('Each is looked at by itself').waitFor();
  await app.screenshot('sync preview of a folder');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take them all in' }).click();
  await page.getByText('files were looked at').waitFor();
  await app.screenshot('sync folder taken in');
}, 60_000);

test('a bundle is written for a partner, and what was sent stands apart until it is acknowledged', async () => {
  const { page } = app;
  await visit('part=partners', 'exist only on this machine');
  await chooseRow('Partners', 'DEP1');
  await page.getByLabel('Size of the files').selectOption('2');
  await app.answerSaveDialog(join(depots.parts, 'for-dep1.adi'));
  await page.getByRole('button', { name: 'Write a bundle' }).click();
  await page.getByText('Only DEP1 can open it').waitFor();
  await page.getByText('and are not acknowledged yet').waitFor();
  await app.screenshot('sync written');
  expect(await violations(page)).toEqual([]);
}, 60_000);

test('a partner is enrolled by keyboard: words as heard, a second person; what had waited is taken in', async () => {
  const { page } = app;
  await visit('part=enrol', 'Compare the eight words');
  await app.answerSaveDialog(join(depots.parts, 'hq.id'));
  await page.getByRole('button', { name: 'Save the identity file' }).click();
  await page.getByText('Saved: hq.id').waitFor();
  await app.screenshot('sync enrol own words');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await app.answerOpenDialog(depots.identity);
  await page.getByRole('button', { name: 'Choose the identity file' }).click();
  await page.getByLabel('Word 1').waitFor();
  await page.keyboard.type(`${depots.words.split(' ').with(7, 'zoo').join(' ')}`);
  await app.screenshot('sync enrol words typed');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('Have the words read out again').waitFor();
  await app.screenshot('sync enrol other words');
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Word 8').fill(depots.words.split(' ')[7] ?? '');
  await page.keyboard.press('Enter');
  await page.getByLabel('Second person', { exact: true }).fill(second.user);
  await page.getByLabel('Passphrase of the second person', { exact: true }).fill('something else');
  await page.keyboard.press('Enter');
  await page.getByText('A second person has to sign this').waitFor();
  await page.getByLabel('Passphrase of the second person', { exact: true }).fill(second.passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'DEP3 is trusted' }).waitFor();
  await app.screenshot('sync enrol done');
  expect(await violations(page)).toEqual([]);
  await visit('part=sites', 'Depot DEP3');
}, 60_000);

test('a waiting file is discarded only with a reason, and that is kept; a case is decided by two', async () => {
  const { page } = app;
  await visit('part=waiting', 'two different histories');
  await page.getByRole('button', { name: 'Discard dep4-again.adi' }).click();
  await app.screenshot('sync discard');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Discard dep4-again.adi' }).click();
  await page.getByLabel('Why it is discarded').fill('The copy was destroyed');
  await page.keyboard.press('Enter');
  await page.getByText('discarded by admin: The copy was destroyed').waitFor();
  await app.screenshot('sync discarded');
  expect(await violations(page)).toEqual([]);
  await openCase('less was received than was issued');
  await page.getByLabel('the rest was lost on the way').check();
  await page.getByLabel('Reason, for whoever').fill('Board of 3 June');
  await page.getByLabel('Second person', { exact: true }).fill(second.user);
  await page.getByLabel('Passphrase of the second person', { exact: true }).fill(second.passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Decided' }).waitFor();
  await app.screenshot('sync case decided');
  expect(await violations(page)).toEqual([]);
}, 60_000);

test('a device is revoked with a reason and a second person', async () => {
  const { page } = app;
  await visit('part=partners', 'exist only on this machine');
  await chooseRow('Partners', 'DEP2');
  await page.getByRole('button', { name: 'Revoke this device' }).click();
  await page.getByLabel('Why, for whoever').fill('Stolen from a lorry');
  await page.getByLabel('Second person', { exact: true }).fill(second.user);
  await page.getByLabel('Passphrase of the second person', { exact: true }).fill(second.passphrase);
  await app.screenshot('sync revoke');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('This device is revoked').waitFor();
  await app.screenshot('sync revoked');
}, 60_000);

test('an older copy says why it is for reading only and leads through the ways on', async () => {
  const { page } = app;
  const lock = () => page.getByRole('button', { name: 'Lock', exact: true }).click();
  await lock();
  await openFile(app, depots.depot);
  await lock();
  await openFile(app, depots.olderCopy);
  await page.getByRole('link', { name: 'Why, and what to do' }).click();
  await page.getByText('It is an older copy.').first().waitFor();
  await app.screenshot('sync older copy');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Go on under new keys' }).click();
  await page.getByLabel('Why the later entries').fill('The newer disk is broken');
  await app.screenshot('sync new keys');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.getByRole('form').getByRole('button', { name: 'Go on under new keys' }).click();
  await page.getByText('Then save the new identity file').waitFor();
  await app.screenshot('sync goes on');
  expect(await violations(page)).toEqual([]);
}, 90_000);
