import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunningApp } from './support/app.ts';

/** What a person does in the window, by the words that stand on it. */
export const passphrase = 'river lamp seven orbit stone';

export type DepotFiles = Readonly<{ depot: string; items: string; places: string; lots: string; stock: string }>;

const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** A small depot of three stores: bombs in S1, detonators in S2, S3 without a licence. */
export function writeDepotFiles(): DepotFiles {
  const folder = mkdtempSync(join(tmpdir(), 'depot-window-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    depot: join(folder, 'north.depot'),
    items: write(
      'items.csv',
      csv(
        'item,name,un,hazard_code,subdivision,form,neq_g,he_neq_g,mass_g,pack_quantity,unit,security_class,group_of_weapons',
        'HE-81,Bomb HE 81 mm,0168,1.1D,,article,700,700,4200,3,each,4,',
        'DET-8,Detonator no. 8,0029,1.1B,,article,1,1,5,100,each,4,',
        'BALL-762,Ball 7.62 mm,0012,1.4S,,article,3,0,24,1000,rd,4,',
      ),
    ),
    places: write(
      'places.csv',
      csv(
        'place,name,kind,parent,type,lat,lon,limit_1.1_kg,limit_1.2_kg,limit_1.3_kg,limit_1.4_kg',
        'S1,Store 1,store,,light,,,1000,1000,1000,1000',
        'S2,Store 2,store,,light,,,1000,1000,1000,1000',
        'S3,Store 3 without a licence,store,,light,,,,,,',
        'SUP,Supplier,external,,,,,,,,',
        'RANGE,Range,external,,,,,,,,',
      ),
    ),
    lots: write(
      'lots.csv',
      csv(
        'item,lot,identity,maker,made,life_until',
        'HE-81,АБВ-12-83,known,MK,2018-01-01,2038-01-01',
        'DET-8,D 0007,known,MK,2019-05-01,2039-05-01',
        'BALL-762,LC-19A001-001,known,LC,2019-06-01,2049-06-01',
      ),
    ),
    stock: write(
      'stock.csv',
      csv(
        'item,lot,place,quantity,condition,owner,holder',
        'HE-81,АБВ-12-83,S1,900,A1,ARMY,DEPOT',
        'DET-8,D 0007,S2,5000,A1,ARMY,DEPOT',
        'BALL-762,LC-19A001-001,S1,20000,A1,ARMY,DEPOT',
      ),
    ),
  };
}

const wordAfter = async (page: Page, number: number): Promise<string> =>
  (
    await page
      .getByRole('listitem')
      .nth(number - 1)
      .innerText()
  )
    .replace(/^\d+\s*/, '')
    .trim();

/** Makes the depot, writes the 24 words down and types back the three that are asked for. */
export async function createDepot({ page, answerSaveDialog }: RunningApp, file: string): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'New depot' }).click();
  await page.getByLabel('Name of the depot').fill('Depot North');
  await page.getByLabel('Site code').fill('north');
  await page.getByLabel('Your name in the ledger').fill('anna');
  await answerSaveDialog(file);
  await page.getByRole('button', { name: 'Choose …' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase once more').fill(passphrase);
  await page.getByRole('button', { name: 'Make the depot' }).click();
  await page.getByRole('heading', { name: 'Write down these 24 words' }).waitFor();
  const words = await Promise.all(Array.from({ length: 24 }, (_, i) => wordAfter(page, i + 1)));
  await page.getByRole('button', { name: 'I have written them down' }).click();
  for (const label of await page.locator('label').allInnerTexts()) {
    await page.getByLabel(label, { exact: true }).fill(words[Number(label.replace(/\D/g, '')) - 1] ?? '');
  }
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('heading', { name: 'Stock', exact: true }).waitFor();
  return words;
}

export async function unlock({ page }: RunningApp, words = passphrase): Promise<void> {
  await page.getByLabel('Your passphrase').fill(words);
  await page.keyboard.press('Enter');
}

export const goTo = async ({ page }: RunningApp, screen: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
};

export async function importFiles(app: RunningApp, files: DepotFiles): Promise<void> {
  const { page, answerOpenDialog } = app;
  await goTo(app, 'Import');
  for (const [kind, path] of Object.entries({ Items: files.items, Places: files.places, Lots: files.lots, Stock: files.stock })) {
    await answerOpenDialog(path);
    await page.getByRole('button', { name: `Choose the file of ${kind}` }).click();
    await page.getByText(`${kind.toLowerCase()}.csv`, { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Check the files' }).click();
  await page.getByText('No error. This is what the import would bring').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported.', { exact: true }).waitFor();
}

/** Types into a field of the form as a scanner does: the whole code, then Enter. */
export async function scan({ page }: RunningApp, field: string, text: string): Promise<void> {
  await page.locator(`[name="${field}"]`).fill(text);
  await page.keyboard.press('Enter');
}

export const fieldValue = ({ page }: RunningApp, field: string): Promise<string> => page.locator(`[name="${field}"]`).inputValue();
/** One line of the stock list as text, or null where it is not there. */
export async function stockLine({ page }: RunningApp, ...parts: readonly string[]): Promise<string> {
  let rows = page.getByRole('grid', { name: 'Stock' }).getByRole('row');
  for (const part of parts) rows = rows.filter({ hasText: part });
  await rows.first().waitFor();
  return rows.first().innerText();
}
