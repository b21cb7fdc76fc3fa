import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './support/accessibility.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { openDemoWithColleague } from './support/colleague.ts';
import { scenes } from './support/scenes.ts';
import { addTwoRegimes } from './support/twoRegimes.ts';
import { show, visit } from './support/visit.ts';

// Goal: every screen stands on the demo depot, in light and dark, at the design size and on a large screen, without a
// complaint of the console and without an accessibility violation. The pictures are for looking at.

const looks = [
  { scheme: 'light', width: 1280, height: 720 },
  { scheme: 'dark', width: 1280, height: 720 },
  { scheme: 'light', width: 1920, height: 1080 },
  { scheme: 'dark', width: 1920, height: 1080 },
] as const;

let app: RunningApp;

beforeAll(async () => {
  app = await launchApp();
  await app.page.getByRole('button', { name: 'Open the demo depot' }).waitFor();
}, 60_000);

afterAll(async () => {
  await app.close();
});

test.each(looks)('the start, $scheme $width', async ({ scheme, width, height }) => {
  await show(app, width, height, scheme);
  await app.page.waitForTimeout(200);
  await app.screenshot(`start ${width} ${scheme}`);
  expect(await violations(app.page)).toEqual([]);
});

describe('on the demo depot', () => {
  beforeAll(async () => {
    await openDemoWithColleague(app, addTwoRegimes);
  }, 200_000);

  describe.each(looks)('$scheme $width', ({ scheme, width, height }) => {
    test.each(scenes)('$name', async (scene) => {
      await show(app, width, height, scheme);
      await visit(app, scene);
      await app.screenshot(`${scene.name} ${width} ${scheme}`);
      expect(await violations(app.page)).toEqual([]);
    });
  });
});
