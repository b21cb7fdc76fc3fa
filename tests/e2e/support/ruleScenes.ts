import type { RunningApp } from './app.ts';
import { colleague } from './colleague.ts';
import type { Scene } from './scenes.ts';

export const LAST_DAY = '2031-12-31';

/** Opens the finding of a rule in the list of checks. */
export async function openFinding({ page }: RunningApp, rule: string): Promise<void> {
  const row = page.getByRole('grid', { name: 'Checks' }).getByRole('row').filter({ hasText: rule }).first();
  await row.getByRole('gridcell').nth(2).click();
  await page.getByRole('complementary', { name: 'The chosen finding' }).getByText('What cures it').waitFor();
}

/** Fills in what two people sign, and leaves the signing to the caller. */
export async function fillSigned({ page }: RunningApp, form: string, passphrase: string = colleague.passphrase): Promise<void> {
  const fields = page.getByRole('form', { name: form });
  await fields.getByLabel('Last day').fill(LAST_DAY);
  await fields.getByLabel('Reason').fill('until the new storehouse is ready');
  await fields.getByLabel('Second person', { exact: true }).fill(colleague.user);
  await fields.getByLabel('Passphrase of the second person', { exact: true }).fill(passphrase);
}

/** An approval, filled in down to the passphrase. The conditions of the cell are ticked one by one. */
export async function fillApproval(app: RunningApp, passphrase?: string): Promise<void> {
  const { page } = app;
  const form = page.getByRole('form', { name: 'Record an approval' });
  await form.waitFor();
  for (const box of await form.getByRole('checkbox').all()) await box.check();
  await form.getByLabel('Authority').fill('Inspectorate 7');
  await fillSigned(app, 'Record an approval', passphrase);
}

const DIRECT_MIX = 'mix.articles.D-F';
const PROHIBITED_MIX = 'mix.articles.D-H';

/** Whatever happened in the scenes before, afterwards there is a waiver in force in the register. */
async function ensureWaiver(app: RunningApp): Promise<void> {
  const { page } = app;
  const grid = page.getByRole('grid', { name: 'Register of waivers' });
  await grid.waitFor();
  await page.waitForTimeout(200);
  if ((await grid.getByRole('row').count()) < 2) {
    await page.evaluate(() => {
      window.location.hash = '#/checks?family=mix';
    });
    await openFinding(app, PROHIBITED_MIX);
    await page.getByRole('button', { name: 'Waive until …' }).click();
    await fillSigned(app, 'Waive until a day');
    await page.getByRole('button', { name: 'Sign and record' }).click();
    await page.getByText('It passes until').waitFor({ timeout: 30_000 });
    await page.evaluate(() => {
      window.location.hash = '#/rules?part=waivers';
    });
  }
  await grid.getByRole('row').nth(1).getByRole('gridcell').nth(2).click();
}

export const ruleScenes: readonly Scene[] = [
  { name: 'rules', hash: '#/rules', ready: 'Other packs at hand' },
  {
    name: 'rules, what a pack would alter',
    hash: '#/rules?part=pack&pack=aastp1-2006',
    ready: 'would appear or get worse',
    act: async ({ page }) => {
      await page.getByRole('grid').getByRole('row').last().getByRole('gridcell').nth(3).click();
      await page.getByRole('complementary').waitFor();
    },
  },
  {
    name: 'rules, a pack before it is chosen',
    hash: '#/rules?part=pack&pack=strictest',
    ready: 'Put it in force …',
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Put it in force …' }).click();
      await page.getByRole('button', { name: 'Yes, put it in force' }).waitFor();
    },
  },
  { name: 'rules, what blocks', hash: '#/rules?part=policy', ready: 'Choose a cell' },
  {
    name: 'rules, a change of what blocks',
    hash: '#/rules?part=policy&family=mix&kind=move',
    ready: 'Record the change',
    act: ({ page }) => page.getByRole('radio', { name: 'Warn' }).check(),
  },
  {
    name: 'rules, a new approval',
    hash: '#/rules?part=approvals&form=new',
    ready: 'Record an approval',
    act: async ({ page }) => {
      await page.getByLabel('Rule', { exact: true }).selectOption({ index: 2 });
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  {
    name: 'approval from a finding',
    hash: '#/checks?family=mix',
    ready: 'Kind of rule',
    act: async (app) => {
      await openFinding(app, DIRECT_MIX);
      await app.page.getByRole('button', { name: 'Record approval …' }).click();
      await fillApproval(app);
    },
  },
  {
    name: 'waiver from a finding',
    hash: '#/checks?family=limit',
    ready: 'Kind of rule',
    act: async (app) => {
      await openFinding(app, 'limit.exceeded');
      await app.page.getByRole('button', { name: 'Waive until …' }).click();
      await fillSigned(app, 'Waive until a day');
    },
  },
  {
    name: 'rules, withdrawing a waiver',
    hash: '#/rules?part=waivers',
    ready: 'Waivers',
    act: async (app) => {
      await ensureWaiver(app);
      await app.page.getByRole('button', { name: 'Withdraw …' }).click();
      await app.page.getByRole('button', { name: 'Withdraw it' }).waitFor();
    },
  },
];
