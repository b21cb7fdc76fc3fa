import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InputOf, OutputOf, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { launchApp, type RunningApp, screenshotFolder } from './support/app.ts';
import { openSiteDepot } from './support/siteDepot.ts';

// Goal: the papers of a place come out of the packaged window as documents of their own: whole, on pages of the size
// that was asked for, with who, when and the head of the journal. Method: real PDFs, read by pdftotext and pdfinfo, and
// drawn by pdftoppm into the folder of screenshots, to be looked at.

let app: RunningApp;
const folder = join(process.env.DEPOT_E2E_FOLDER ?? '', 'papers');

const read = (command: string, ...args: readonly string[]): string => {
  const { stdout, status, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} failed`);
  return stdout;
};
const textOf = (pdf: string): string => read('pdftotext', '-layout', pdf, '-');
const pagesOf = (pdf: string): readonly string[] => textOf(pdf).split('\f').slice(0, -1);
const draw = (pdf: string, name: string): void => {
  mkdirSync(screenshotFolder, { recursive: true });
  read('pdftoppm', '-png', '-r', '70', pdf, join(screenshotFolder, name));
};

type Window = Readonly<{
  call(name: ProcedureName, input: unknown): Promise<Reply<ProcedureName>>;
  printPage(input: unknown): Promise<unknown>;
  chooseFile(purpose: string): Promise<{ token: string }>;
}>;
/** What the page itself is answered. */
async function ask<P extends ProcedureName>(name: P, input: InputOf<P>): Promise<OutputOf<P>> {
  const reply = await app.page.evaluate((given) => (globalThis as unknown as { depot: Window }).depot.call(given.name, given.input), {
    name: name as ProcedureName,
    input: input as unknown,
  });
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value as OutputOf<P>;
}

async function openSheet(place: string): Promise<void> {
  await app.page.evaluate((address) => {
    window.location.hash = address;
  }, `#/places?place=${place}`);
  await app.page.getByRole('article', { name: `Licence sheet of ${place}` }).waitFor();
}

type Wanted = Readonly<{ file: string; kind?: string; size?: 'A4' | 'Letter'; marking?: string }>;
async function savePdf({ file, kind, size = 'A4', marking }: Wanted): Promise<string> {
  const path = join(folder, file);
  await app.answerSaveDialog(path);
  await app.page.getByRole('button', { name: 'Print …' }).click();
  const form = app.page.getByRole('region', { name: 'Print' });
  if (kind) await form.getByLabel('Document').selectOption(kind);
  await form.getByLabel('Paper').selectOption(size);
  if (marking) await form.getByLabel('Marking').fill(marking);
  await form.getByRole('button', { name: 'Save as PDF …' }).click();
  await app.page.getByText(`Saved as ${file}.`).waitFor();
  return path;
}

beforeAll(async () => {
  mkdirSync(folder);
  app = await launchApp();
  await openSiteDepot(app);
}, 90_000);

afterAll(async () => {
  await app.close();
});

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');

test.each(['light', 'dark'] as const)('the licence is a document of whole A4 pages, from a %s window', async (scheme) => {
  await app.page.emulateMedia({ colorScheme: scheme });
  await openSheet('S1');
  const pdf = await savePdf({ file: `licence ${scheme}.pdf`, marking: 'FOR TRAINING ONLY' });
  draw(pdf, `paper licence ${scheme}`);
  expect(read('pdfinfo', pdf)).toMatch(/Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)/);
  const pages = pagesOf(pdf);
  expect(pages.length).toBeGreaterThan(1);
  const { head } = await ask('session.state', {});
  for (const [index, page] of pages.entries()) {
    for (const words of [head?.code ?? 'no head', 'S1 · licence L-2026/17', 'Depot SITE (SITE)']) expect(page).toContain(words);
    expect(page.match(/FOR TRAINING ONLY/g)).toHaveLength(2);
    expect(page).toMatch(new RegExp(`${index + 1}\\s*/\\s*${pages.length}`));
  }
});

test('it says what was issued, by whom, what governs, what it rests on, and what changed since', async () => {
  await openSheet('S1');
  const pdf = await savePdf({ file: 'licence.pdf', size: 'Letter' });
  draw(pdf, 'paper licence letter');
  const text = plain(textOf(pdf));
  const { documents, limits, surroundings } = await ask('licence.sheet', { place: 'S1' });
  expect(documents).toHaveLength(1);
  for (const { division, functionId, exposedName } of documents[0]?.limits ?? [])
    for (const words of [division, functionId?.split(' ').at(-1) ?? '', exposedName ?? '']) expect(text).toContain(words);
  const [nearest] = surroundings;
  expect(text).toContain(`${nearest?.actualM} m`);
  expect(limits?.some(({ exposed }) => exposed === 'H3')).toBe(true);
  for (const words of [
    'L-2026/17',
    'National Inspectorate',
    'Jun 1, 2026',
    'May 31, 2031',
    'standard earth-covered magazine',
    'Inspectorate 7',
    'until the new store stands',
    'New house',
    'issue the licence anew',
    'Issued by: admin',
    'Second signature: berta',
    'not verified',
  ])
    expect(text).toContain(words);
  // Nothing of the window around it.
  for (const words of ['What if', 'Lock', 'Register of licences', 'No action yet']) expect(text).not.toContain(words);
});

test('where none was issued the paper says that it is no licence', async () => {
  await openSheet('S2');
  expect(plain(textOf(await savePdf({ file: 'none.pdf' })))).toContain('Not a licence: none was issued for this place.');
});

test('the storehouse sheet has the symbol, the withdrawal distance and the limits in force', async () => {
  await openSheet('S1');
  const pdf = await savePdf({ file: 'storehouse.pdf', kind: 'Storehouse sheet', size: 'Letter' });
  draw(pdf, 'paper storehouse');
  expect(read('pdfinfo', pdf)).toMatch(/Page size:\s+612 x 792 pts \(letter\)/);
  const { symbols, withdrawal } = await ask('storehouse.sheet', { place: 'S1' });
  const { set } = await ask('licence.sheet', { place: 'S1' });
  const text = plain(textOf(pdf));
  expect(text).toContain(`${withdrawal?.distanceM.toLocaleString('en')} m`);
  expect(text).toContain(`${symbols.fire?.fireDivision} · `);
  for (const { limitKg } of set) expect(text).toContain(`${limitKg.toLocaleString('en')} kg`);
  for (const words of ['Storehouse sheet', 'Limits of NEQ', 'In force', 'Practice', 'the area of the floor']) expect(text).toContain(words);
});

test('a file that is there is replaced whole, and one that cannot be written is refused in words', async () => {
  await openSheet('S2');
  const path = join(folder, 'again.pdf');
  writeFileSync(path, 'old');
  await savePdf({ file: 'again.pdf' });
  expect(textOf(path)).toContain('S2');
  await app.answerSaveDialog(join(folder, 'not there', 'x.pdf'));
  await app.page.getByRole('button', { name: 'Print …' }).click();
  await app.page.getByRole('button', { name: 'Save as PDF …' }).click();
  await app.page.getByRole('alert').getByText('cannot be written to').waitFor();
  expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
});

test('a closed dialog writes nothing; the printer is asked by the main process and its answer is told', async () => {
  await openSheet('S1');
  await app.answerSaveDialog(null);
  await app.page.getByRole('button', { name: 'Print …' }).click();
  await app.page.getByRole('button', { name: 'Save as PDF …' }).click();
  expect(existsSync(join(folder, 'print.pdf'))).toBe(false);
  const answer = (isPrinted: boolean, reason: string) =>
    app.electronApp.evaluate(
      ({ BrowserWindow }, given) => {
        const contents = (BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow).webContents;
        Object.assign(contents, {
          print: (_options: unknown, done: (isPrinted: boolean, reason: string) => void) => done(given.isPrinted, given.reason),
        });
      },
      { isPrinted, reason },
    );
  await answer(false, 'Print job canceled');
  await app.page.getByRole('button', { name: 'To the printer …' }).click();
  await answer(false, 'no paper');
  await app.page.getByRole('button', { name: 'To the printer …' }).click();
  await app.page.getByRole('alert').getByText('no paper').waitFor();
  await answer(true, '');
  await app.page.getByRole('button', { name: 'To the printer …' }).click();
  await app.page.getByText('Sent to the printer.').waitFor();
});

test('the page may neither name a path nor use a file that was chosen for something else', async () => {
  const depot = await app.page.evaluateHandle(() => (globalThis as unknown as { depot: Window }).depot);
  const print = (input: unknown) => depot.evaluate((api, given) => api.printPage(given), input);
  await app.answerSaveDialog(join(folder, 'other.adi'));
  const { token } = await depot.evaluate((api) => api.chooseFile('saveBundle'));
  const wrong = [
    { size: 'A4', file: join(folder, 'x.pdf') },
    { size: 'A4', file: token },
    { size: 'A0', file: null },
    { size: 'A4' },
    { size: 'A4', file: null, silent: true },
    null,
  ];
  for (const input of wrong) expect(await print(input)).toMatchObject({ ok: false, error: { code: 'badRequest' } });
  expect(existsSync(join(folder, 'x.pdf')) || existsSync(join(folder, 'other.adi'))).toBe(false);
});
