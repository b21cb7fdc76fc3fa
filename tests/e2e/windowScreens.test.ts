import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp } from './support/app.ts';

// Goal: every screen stands on the demo depot, in light and dark, at the design size and on a large screen, without a
// complaint of the console and without an accessibility violation. The pictures are for looking at.

type Scene = Readonly<{ name: string; hash: string; ready: string; act?: (app: RunningApp) => Promise<void> }>;

const clickRow = async ({ page }: RunningApp, row: number): Promise<void> => {
  await page.getByRole('grid').getByRole('row').nth(row).getByRole('gridcell').nth(2).click();
  await page.getByRole('complementary').waitFor();
};

const scenes: readonly Scene[] = [
  { name: 'stock', hash: '#/stock', ready: 'Total' },
  { name: 'stock with a chosen line', hash: '#/stock', ready: 'Total', act: (app) => clickRow(app, 5) },
  {
    name: 'lot',
    hash: '#/stock',
    ready: 'Total',
    act: async (app) => {
      await clickRow(app, 4);
      await app.page.getByRole('button', { name: 'Open the lot' }).click();
      await app.page.getByRole('heading', { name: 'History' }).waitFor();
    },
  },
  { name: 'places', hash: '#/places', ready: 'Limit 1.1' },
  { name: 'licence sheet', hash: '#/places?place=S001', ready: 'What the surroundings allow' },
  {
    name: 'what if',
    hash: '#/places?place=S031',
    ready: 'What the surroundings allow',
    act: async ({ page }) => {
      await page.getByText('A house', { exact: true }).click();
      await page.getByLabel('Metres away').fill('120');
      await page.getByLabel('Degrees from north').fill('90');
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.getByText('What would be allowed then').waitFor();
      await page.getByText('What would be allowed then').scrollIntoViewIfNeeded();
    },
  },
  { name: 'post', hash: '#/post', ready: 'Still needed' },
  { name: 'checks', hash: '#/checks', ready: 'Kind of rule', act: (app) => clickRow(app, 2) },
  { name: 'surplus', hash: '#/surplus', ready: 'To hold', act: (app) => clickRow(app, 2) },
  { name: 'surplus as a chart', hash: '#/surplus', ready: 'To hold', act: ({ page }) => page.getByText('Chart', { exact: true }).click() },
  { name: 'sync', hash: '#/sync', ready: 'Who we are' },
  { name: 'import', hash: '#/import', ready: 'Check the files' },
  {
    name: 'command box',
    hash: '#/sync',
    ready: 'Who we are',
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('1');
      await page.getByRole('listbox').getByText('Places', { exact: true }).waitFor();
    },
  },
];

const looks = [
  { scheme: 'light', width: 1280, height: 720 },
  { scheme: 'dark', width: 1280, height: 720 },
  { scheme: 'light', width: 1920, height: 1080 },
  { scheme: 'dark', width: 1920, height: 1080 },
] as const;

let app: RunningApp;

const show = async (width: number, height: number, colorScheme: 'light' | 'dark'): Promise<void> => {
  await app.electronApp.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
  await app.page.emulateMedia({ colorScheme });
};

async function visit({ hash, ready, act }: Scene): Promise<void> {
  await app.page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
  await app.page.getByText(ready).first().waitFor();
  await act?.(app);
  await app.page.waitForTimeout(250);
}

beforeAll(async () => {
  app = await launchApp();
  await app.page.getByRole('button', { name: 'Open the demo depot' }).waitFor();
}, 60_000);

afterAll(async () => {
  await app.close();
});

test.each(looks)('the start, $scheme $width', async ({ scheme, width, height }) => {
  await show(width, height, scheme);
  await app.page.waitForTimeout(200);
  await app.screenshot(`start ${width} ${scheme}`);
  expect(await violations(app.page)).toEqual([]);
});

describe('on the demo depot', () => {
  beforeAll(async () => {
    await app.page.getByRole('button', { name: 'Open the demo depot' }).click();
    await app.page.getByRole('grid', { name: 'Stock' }).waitFor({ timeout: 120_000 });
  }, 150_000);

  describe.each(looks)('$scheme $width', ({ scheme, width, height }) => {
    test.each(scenes)('$name', async (scene) => {
      await show(width, height, scheme);
      await visit(scene);
      await app.screenshot(`${scene.name} ${width} ${scheme}`);
      expect(await violations(app.page)).toEqual([]);
    });
  });
});
