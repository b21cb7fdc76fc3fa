import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApp } from './app.ts';
import { ruleScenes } from './ruleScenes.ts';

/** One screen in one state. A scene is visited several times in the same depot, so what it does must bear repeating. */
export type Scene = Readonly<{ name: string; hash: string; ready: string; act?: (app: RunningApp) => Promise<void> }>;

const clickRow = async ({ page }: RunningApp, row: number): Promise<void> => {
  await page.getByRole('grid').getByRole('row').nth(row).getByRole('gridcell').nth(2).click();
  await page.getByRole('complementary').waitFor();
};

/** Ten days of a storehouse that gets too hot in the afternoons. */
function loggerFile(): string {
  const path = join(process.env.DEPOT_E2E_FOLDER ?? '', 'logger.csv');
  const rows = Array.from({ length: 240 }, (_, hour) => {
    const at = new Date(Date.UTC(2026, 4, 1, hour)).toISOString().slice(0, 19).replace('T', ' ');
    const celsius = 26 + Math.floor(hour / 24) * 0.8 + (8 + (hour % 7) / 2) * Math.sin(((hour % 24) - 8) * (Math.PI / 12));
    return `${at},${celsius.toFixed(1)},${(40 + (hour % 24) / 2 + Math.floor(hour / 24)).toFixed(0)}`;
  });
  writeFileSync(path, `at,temperature_c,humidity_percent\n${rows.join('\n')}\n`);
  return path;
}

async function readLogger(app: RunningApp): Promise<void> {
  const { page } = app;
  const log = page.getByText('least and most of').first();
  await log.or(page.getByText('No reading of')).first().waitFor();
  if (await log.isVisible()) return;
  await app.answerOpenDialog(loggerFile());
  await page.getByRole('button', { name: 'Read a logger' }).first().click();
  const form = page.getByRole('region', { name: 'Read a logger' });
  await form.getByRole('button', { name: 'Choose' }).click();
  await form.getByRole('button', { name: 'Take them in' }).click();
  await log.waitFor();
  await form.waitFor({ state: 'detached' });
}

async function choosePlan({ page }: RunningApp): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Inspections that are due' });
  const choose = page.getByRole('button', { name: /^Use / }).first();
  await grid.or(choose).first().waitFor();
  if (await choose.isVisible()) await choose.click();
  await grid.waitFor();
}

/** Opens the form of a survey and types into it as somebody with gloves on does: number, Enter, number, Enter. */
async function typeSurvey({ page }: RunningApp, millimetres: readonly number[]): Promise<void> {
  await page.getByRole('button', { name: 'Record a survey …' }).click();
  await page.getByLabel('Tallest stack', { exact: true }).waitFor();
  for (const mm of millimetres) {
    await page.keyboard.type(String(mm));
    await page.keyboard.press('Enter');
  }
}

export const scenes: readonly Scene[] = [
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
  {
    name: 'checklist',
    hash: '#/places?place=S002',
    ready: 'Checklists',
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Fill in …' }).first().click();
      await page.getByRole('button', { name: 'Record the checklist' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'survey form',
    hash: '#/places?place=S003',
    ready: 'Stacks, gaps and aisles',
    act: async (app) => {
      const { page } = app;
      await typeSurvey(app, [2_650, 220, 700]);
      await page.getByRole('button', { name: 'Narrowest aisle was not measured' }).click();
      await page.getByText('1 number is open').waitFor();
      await page.getByRole('heading', { name: 'Stacks, gaps and aisles' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'survey recorded',
    hash: '#/places?place=S012',
    ready: 'Stacks, gaps and aisles',
    act: async (app) => {
      const { page } = app;
      await typeSurvey(app, [2_650, 120, 700, 1_200, 40]);
      await page.keyboard.press('Enter');
      await page.keyboard.type('bay 2, behind the pillar');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.getByText('bay 2, behind the pillar').first().waitFor();
      await page.getByRole('form', { name: 'Record a survey …' }).waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'Stacks, gaps and aisles' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'scaled distance',
    hash: '#/places?place=S001',
    ready: 'Scaled distance',
    act: async ({ page }) => {
      const form = page.getByRole('form', { name: 'Scaled distance' });
      await form.getByLabel('Wanted').selectOption('Overpressure');
      await form.getByLabel('How much').fill('5');
      await form.getByRole('button', { name: 'Compute' }).click();
      await page.getByText('The formula holds').scrollIntoViewIfNeeded();
    },
  },
  { name: 'post', hash: '#/post', ready: 'Still needed' },
  { name: 'checks', hash: '#/checks', ready: 'Kind of rule', act: (app) => clickRow(app, 2) },
  ...ruleScenes,
  {
    name: 'life',
    hash: '#/life',
    ready: 'Life',
    act: async (app) => {
      await choosePlan(app);
      await clickRow(app, 2);
    },
  },
  { name: 'climate', hash: '#/climate?place=S001', ready: 'Climate', act: readLogger },
  {
    name: 'climate as a table',
    hash: '#/climate?place=S001',
    ready: 'Climate',
    act: async (app) => {
      await readLogger(app);
      await app.page.getByText('Table', { exact: true }).click();
    },
  },
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
