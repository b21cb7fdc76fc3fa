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
  const see = page.getByRole('button', { name: /^See what .* would do$/ }).first();
  await grid.or(see).first().waitFor();
  if (await see.isVisible()) {
    await see.click();
    await page.getByText(/lots? would come off worse/).waitFor();
    await page.getByRole('button', { name: /^Use / }).click();
  }
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

/** A move with all but its place typed in: every place is asked, the best first. */
async function rankPlaces(app: RunningApp): Promise<void> {
  const { page } = app;
  await clickRow(app, 5);
  await page.getByRole('complementary').getByRole('button', { name: 'Move' }).click();
  await page.locator('[name="quantity"]').fill('1');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Where could it go?' }).click();
  await page.getByText(/of [0-9,]+ places takes? it/).waitFor();
  await page.getByText(/of [0-9,]+ places takes? it/).scrollIntoViewIfNeeded();
}

const results = [
  { onDate: '2018-05-14', percent: '1.05' },
  { onDate: '2021-06-02', percent: '0.81' },
  { onDate: '2024-06-20', percent: '0,52' },
] as const;

/** Three inspections by the form of the lot page, once; the chart and the table then stand below. */
async function inspectStabiliser(app: RunningApp): Promise<void> {
  const { page } = app;
  await clickRow(app, 4);
  await page.getByRole('button', { name: 'Open the lot' }).click();
  const life = page.getByRole('region', { name: 'Life', exact: true });
  const table = life.getByRole('table', { name: 'Results of the stabiliser' });
  await life.getByRole('button', { name: 'Record inspection …' }).waitFor();
  for (const { onDate, percent } of (await table.isVisible()) ? [] : results) {
    await life.getByRole('button', { name: 'Record inspection …' }).click();
    const form = life.getByRole('form', { name: 'Record inspection' });
    await form.getByLabel('Kind').selectOption('stabiliser');
    await form.getByLabel('Done on').fill(onDate);
    await form.getByLabel('Stabiliser, % of mass').fill(percent);
    await form.getByRole('button', { name: 'Record inspection', exact: true }).click();
    await form.waitFor({ state: 'detached' });
  }
  await table.getByText('0.52').waitFor();
  await page.getByText('destroy it now').first().waitFor();
  await table.scrollIntoViewIfNeeded();
}

type Ask = (form: ReturnType<RunningApp['page']['getByRole']>) => Promise<void>;
/** One scene for each question; the answer has the limits before and after. */
const whatIfScene = (name: string, question: string, place: string, ask: Ask): Scene => ({
  name: `what if: ${name}`,
  hash: `#/places?place=${place}`,
  ready: 'What the surroundings allow',
  act: async ({ page }) => {
    await page.getByText(question, { exact: true }).click();
    const form = page.getByRole('form', { name: 'What if …' });
    await ask(form);
    await form.getByRole('button', { name: 'Ask' }).click();
    const answer = page.getByText(/would be (new or worse|gone)|What would be allowed then|Nothing would change/).first();
    await answer.waitFor();
    await answer.scrollIntoViewIfNeeded();
  },
});
const whatIfScenes: readonly Scene[] = [
  whatIfScene('stock', 'More stock', 'S031', async (form) => {
    await form.getByLabel('Item').fill('F06A');
    await form.getByLabel('Quantity').fill('400000');
  }),
  whatIfScene('a house', 'A house', 'S031', async (form) => {
    await form.getByLabel('Metres away').fill('120');
    await form.getByLabel('Degrees from north').fill('90');
  }),
  whatIfScene('a house by coordinates, from another place', 'A house', 'S031', async (form) => {
    await form.getByLabel('Away from').selectOption('S001');
    await form.getByLabel('Where').selectOption('position');
    await form.getByLabel('Latitude').fill('0.0020');
    await form.getByLabel('Longitude').fill('-0.0015');
  }),
  whatIfScene('the door', 'The door turned', 'S031', async (form) => {
    await form.getByLabel('Degrees from north').fill('0');
  }),
  whatIfScene('the barricade of another place', 'The barricade changed', 'S031', async (form) => {
    await form.getByLabel('At').selectOption('S030');
    await form.getByLabel('Barricade').selectOption('no');
  }),
];

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
  { name: 'stabiliser of a lot', hash: '#/stock', ready: 'Total', act: inspectStabiliser },
  { name: 'places', hash: '#/places', ready: 'Limit 1.1' },
  { name: 'licence sheet', hash: '#/places?place=S001', ready: 'What the surroundings allow' },
  ...whatIfScenes,
  {
    name: 'print a licence',
    hash: '#/places?place=S031',
    ready: 'What the surroundings allow',
    act: async ({ page }) => {
      const open = page.getByRole('region', { name: 'Print' });
      if (!(await open.isVisible())) await page.getByRole('button', { name: 'Print …' }).click();
      await open.getByRole('button', { name: 'Save as PDF …' }).waitFor();
    },
  },
  {
    name: 'storehouse sheet',
    hash: '#/places?place=S001',
    ready: 'At the door and inside',
    act: async ({ page }) => {
      await page.getByText('Practice', { exact: true }).click();
      await page.getByRole('heading', { name: 'At the door and inside' }).scrollIntoViewIfNeeded();
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
  { name: 'could I put this here', hash: '#/stock', ready: 'Total', act: rankPlaces },
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
  { name: 'sync', hash: '#/sync', ready: 'Enrol a partner' },
  { name: 'import', hash: '#/import', ready: 'Check the files' },
  {
    name: 'command box',
    hash: '#/sync',
    ready: 'Enrol a partner',
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('1');
      await page.getByRole('listbox').getByText('Places', { exact: true }).waitFor();
    },
  },
];
