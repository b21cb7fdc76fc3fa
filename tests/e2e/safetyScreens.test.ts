import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp, screenshotFolder } from './support/app.ts';
import { openDemoWithColleague } from './support/colleague.ts';
import { scenes } from './support/scenes.ts';
import { addTwoRegimes } from './support/twoRegimes.ts';
import { show, visit } from './support/visit.ts';

// Goal: the screens of the checks, licences and loggers hold where the text is twice as large (WCAG 1.4.10: nothing scrolls
// sideways but a table in its own box) and where the page runs from the right.

const names = [
  'places',
  'licence sheet',
  'what if: a house',
  'what if: the door',
  'storehouse sheet',
  'survey recorded',
  'scaled distance',
  'checks',
  'rules',
  'rules, what a pack would alter',
  'rules, what blocks',
  'waiver from a finding',
  'stabiliser of a lot',
  'climate',
];
const safetyScenes = scenes.filter(({ name }) => names.includes(name));

let app: RunningApp;

beforeAll(async () => {
  app = await launchApp();
  await app.page.getByRole('button', { name: 'Open the demo depot' }).waitFor();
  await openDemoWithColleague(app, addTwoRegimes);
  await show(app, 1280, 720, 'light');
}, 200_000);

afterAll(async () => {
  await app.close();
});

/** Boxes wider than what holds them, other than those that scroll by themselves. */
const sideways = (): Promise<readonly string[]> =>
  app.page.evaluate(() => {
    const tooWide = (box: Element) => box.scrollWidth > box.clientWidth + 1;
    const main = [...document.querySelectorAll('#root, #main, #main > div, #main article, #main section, #main aside, #main form')];
    return main.filter(tooWide).map((box) => `${box.tagName} ${box.className} ${box.scrollWidth} > ${box.clientWidth}`);
  });

test('every scene is one that is there', () => {
  expect(safetyScenes.map(({ name }) => name).sort()).toEqual(names.toSorted());
});

describe('with the text twice as large', () => {
  const zoom = (factor: number) =>
    app.electronApp.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to), factor);
  /** By the window itself: a picture by the driver is cut off where the page is zoomed. */
  const capture = async (name: string) => {
    const png = await app.electronApp.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
    );
    writeFileSync(join(screenshotFolder, `${name}.png`), Buffer.from(png ?? '', 'base64'));
  };
  beforeAll(() => zoom(2));
  afterAll(() => zoom(1));

  test.each(safetyScenes)('$name', async (scene) => {
    await visit(app, scene);
    await capture(`${scene.name} zoomed`);
    expect(await app.page.evaluate(() => window.innerWidth)).toBe(640);
    expect(await sideways()).toEqual([]);
    expect(await violations(app.page)).toEqual([]);
  });
});

describe('from right to left', () => {
  const turn = (dir: 'ltr' | 'rtl') =>
    app.page.evaluate((to) => {
      document.documentElement.dir = to;
    }, dir);
  beforeAll(() => turn('rtl'));
  afterAll(() => turn('ltr'));

  test.each(safetyScenes)('$name', async (scene) => {
    await visit(app, scene);
    await app.screenshot(`${scene.name} rtl`);
    expect(await sideways()).toEqual([]);
    const styles = await app.page.evaluate(() => {
      const of = (selector: string) => [...document.querySelectorAll(selector)].map((each) => getComputedStyle(each));
      return {
        numbers: of('td.number, [role=gridcell].number').map(({ textAlign }) => textAlign),
        drawings: of('.recharts-wrapper, figure > svg').map(({ direction }) => direction),
      };
    });
    expect(new Set(styles.numbers), 'ones under ones').not.toContain('left');
    expect(
      styles.drawings.every((direction) => direction === 'ltr'),
      'axes as they are drawn',
    ).toBe(true);
  });
});
