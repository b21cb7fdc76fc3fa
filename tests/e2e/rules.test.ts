import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { openDemoWithColleague } from './support/colleague.ts';
import { fillApproval, fillSigned, openFinding } from './support/ruleScenes.ts';
import { addTwoRegimes } from './support/twoRegimes.ts';

// Goal: an authority decides about the rules in the window alone, two people sign where two must, and what was decided is
// read where it counts. Method: the packaged window on the demo depot, one decision after the other.

let app: RunningApp;
let page: Page;

beforeAll(async () => {
  app = await launchApp();
  ({ page } = app);
  await page.getByRole('button', { name: 'Open the demo depot' }).waitFor();
  await openDemoWithColleague(app, addTwoRegimes);
}, 240_000);
afterAll(() => app.close());

const open = (hash: string): Promise<void> =>
  page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
/** A picture to look at, and no complaint about what it shows. */
async function look(name: string): Promise<void> {
  await app.screenshot(name);
  expect(await violations(page)).toEqual([]);
}
const foot = () => page.getByRole('contentinfo');

test('a cell of the policy is changed and changed back; each is an entry that says who', async () => {
  await page.keyboard.press('Alt+5');
  await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor();
  await page.getByRole('link', { name: 'What blocks' }).click();
  await page.getByRole('button', { name: 'Mixing, Move: Block', exact: true }).click();
  await page.getByText('This is milder than the default').waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'Warn' }).check();
  await page.getByText('This is milder than the default').waitFor();
  await page.getByRole('button', { name: 'Record the change' }).click();
  await foot().getByText('Mixing · Move: Warn from now on.').waitFor();
  await page.getByRole('button', { name: 'Mixing, Move: Warn changed' }).waitFor();
  await page.getByText(/Default: Block\. Last changed by admin, /).waitFor();
  expect(await page.getByText('changed', { exact: true }).count()).toBe(1);
  await look('rules policy changed');
  await page.getByRole('radio', { name: 'Block' }).check();
  await page.getByRole('button', { name: 'Record the change' }).click();
  await page.getByRole('button', { name: 'Mixing, Move: Block', exact: true }).waitFor();
}, 60_000);

test('an approval is recorded at the finding: a wrong second person is refused, a right one counts at once', async () => {
  await open('#/checks?family=mix');
  await openFinding(app, 'mix.articles.D-F');
  await page.getByRole('button', { name: 'Record approval …' }).click();
  await fillApproval(app, 'not her passphrase');
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await page
    .getByTestId('refusal')
    .getByText('The name and the passphrase do not belong to one active person')
    .waitFor({ timeout: 30_000 });
  await look('approval refused');
  await fillApproval(app);
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await page.getByText('It passes until Dec 31, 2031.').waitFor({ timeout: 30_000 });
  await foot().getByText('is recorded.').waitFor();
  await look('approval recorded');
  await page.getByRole('link', { name: 'See the decision' }).click();
  await page.getByRole('grid', { name: 'Register of approvals' }).getByText('in force').waitFor();
}, 120_000);

test('a finding is waived until a day, and the waiver is taken back with a reason', async () => {
  await open('#/checks?family=limit');
  await openFinding(app, 'limit.exceeded');
  await page.getByRole('button', { name: 'Waive until …' }).click();
  await fillSigned(app, 'Waive until a day');
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await page.getByText('It passes until Dec 31, 2031.').waitFor({ timeout: 30_000 });
  await look('waiver recorded');
  await page.getByRole('link', { name: 'See the decision' }).click();
  const register = page.getByRole('grid', { name: 'Register of waivers' });
  await register.getByRole('row').nth(1).getByRole('gridcell').nth(2).click();
  await page.getByText('admin and amina').last().waitFor();
  await page.getByRole('button', { name: 'Withdraw …' }).click();
  await page.getByLabel('Why it is withdrawn').fill('the storehouse is ready');
  await page.getByRole('button', { name: 'Withdraw it' }).click();
  await register.getByText('withdrawn').waitFor();
  await page.getByRole('complementary').getByText('the storehouse is ready').waitFor();
  expect(await page.getByRole('button', { name: 'Withdraw …' }).count()).toBe(0);
  await look('waiver withdrawn');
  await open('#/checks?family=limit');
  await openFinding(app, 'limit.exceeded');
  await page.getByRole('button', { name: 'Waive until …' }).waitFor();
  await page.getByText('It passes until').waitFor({ state: 'detached' });
}, 120_000);

test('another pack shows what it would alter before it is put in force', async () => {
  await open('#/rules');
  await page.getByRole('heading', { name: 'In force: IATG 02.20:2021 with IATG 01.50' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'AASTP-1' }).first().getByRole('button').click();
  await page.getByText('would appear or get worse').waitFor({ timeout: 30_000 });
  const byRule = page.getByRole('navigation', { name: 'By rule' }).getByRole('button');
  expect(await byRule.count()).toBeGreaterThan(0);
  await byRule.first().click();
  await look('rules preview of one rule');
  await page.getByRole('button', { name: 'Put it in force …' }).click();
  await page.getByRole('button', { name: 'Keep IATG' }).click();
  await page.getByRole('button', { name: 'Put it in force …' }).click();
  await page.getByRole('button', { name: 'Yes, put it in force' }).click();
  await page.getByRole('heading', { name: /^In force: .*AASTP-1/ }).waitFor();
  await foot().getByText('is in force.').waitFor();
  await look('rules another pack in force');
}, 120_000);
