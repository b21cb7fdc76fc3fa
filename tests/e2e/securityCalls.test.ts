import type { JSHandle } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';

// Goal: whatever a page sends, it gets a refusal and the program goes on.
// Method: send it, in the packaged window, then ask something honest of the same data process.

type Outcome = Readonly<{ ok: boolean; error?: Readonly<{ code: string; id?: string }> }>;
/** The contract without its types: nothing keeps a hostile page to them. */
type Untyped = Readonly<{ call(...given: readonly unknown[]): Promise<Outcome>; chooseFile(purpose: unknown): Promise<unknown> }>;

let app: RunningApp;
let depot: JSHandle<Untyped>;
let dataProcessId: number;

beforeAll(async () => {
  app = await launchApp();
  await app.page.waitForLoadState('load');
  depot = await app.page.evaluateHandle(() => (globalThis as unknown as { depot: Untyped }).depot);
  await depot.evaluate((api) => api.call('session.state', {}));
  dataProcessId = app.dataProcessId();
});
afterAll(() => app.electronApp.close());

/** After each attempt: the same process, and it still answers. */
const stillWorks = async () => {
  expect(await depot.evaluate((api) => api.call('session.state', {}))).toMatchObject({ ok: true });
  expect(app.dataProcessId()).toBe(dataProcessId);
};

const badRequest = { ok: false, error: { code: 'badRequest', id: expect.stringMatching(/^[0-9a-f-]{36}$/) } };

describe('names', () => {
  const names = [
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'session',
    'session.state ',
    'SESSION.STATE',
    'sql',
    'x'.repeat(64),
  ];
  test.each([...names, 'x'.repeat(1_000_000), '\u0000', '../session.state', 1, null, true, [], ['session.state'], {}])(
    '%j is no procedure',
    async (name) => {
      expect(await depot.evaluate((api, given) => api.call(given, {}), name)).toEqual(badRequest);
      await stillWorks();
    },
  );

  test('neither is nothing', async () => {
    expect(await depot.evaluate((api) => api.call())).toEqual(badRequest);
    expect(await depot.evaluate((api) => api.call(undefined, undefined, undefined))).toEqual(badRequest);
  });
});

describe('inputs', () => {
  test.each<[string, (api: Untyped) => Promise<Outcome>]>([
    ['missing', (api) => api.call('stock.list')],
    ['null', (api) => api.call('stock.list', null)],
    ['text', (api) => api.call('stock.list', 'x')],
    ['a list', (api) => api.call('stock.list', [])],
    ['an unknown key', (api) => api.call('stock.list', { sql: 'DELETE FROM entry' })],
    ['a key named __proto__', (api) => api.call('stock.list', JSON.parse('{"__proto__":{"limit":1},"x":1}'))],
    ['a key named constructor', (api) => api.call('stock.list', { constructor: { prototype: {} } })],
    ['the wrong type', (api) => api.call('stock.list', { search: 1, limit: '1' })],
    ['a fraction', (api) => api.call('stock.list', { limit: 1.5 })],
    ['not a number', (api) => api.call('stock.list', { limit: Number.NaN })],
    ['without end', (api) => api.call('stock.list', { offset: Number.POSITIVE_INFINITY })],
    ['too much', (api) => api.call('stock.list', { limit: 1_000_000_000 })],
    ['a big integer', (api) => api.call('stock.list', { limit: 10n })],
    ['a date', (api) => api.call('stock.list', { search: new Date() })],
    ['bytes', (api) => api.call('stock.list', new Uint8Array(1_000_000))],
    ['20 MB of text', (api) => api.call('stock.list', { search: 'x'.repeat(20_000_000) })],
    [
      '200,000 keys',
      (api) => api.call('stock.list', Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, index]))),
    ],
    ['a list of 200,000', (api) => api.call('stock.list', { filters: Array.from({ length: 200_000 }, () => 1) })],
    ['a task that is no text', (api) => api.call('session.state', {}, { toString: 'x' })],
    ['a task of 100 kB', (api) => api.call('session.state', {}, 'x'.repeat(100_000))],
  ])('%s: bad request', async (_name, attempt) => {
    expect(await depot.evaluate(attempt)).toEqual(badRequest);
    await stillWorks();
  });

  test.each<[string, (api: Untyped) => Promise<unknown>]>([
    ['a symbol', (api) => api.call('stock.list', { search: Symbol('x') })],
    [
      'a circle',
      (api) => {
        const circle: Record<string, unknown> = {};
        circle.search = circle;
        return api.call('stock.list', circle);
      },
    ],
    [
      '5,000 levels',
      (api) => {
        let nested: Record<string, unknown> = {};
        for (let level = 0; level < 5_000; level += 1) nested = { filters: nested };
        return api.call('stock.list', nested);
      },
    ],
    ['a function', (api) => api.call('stock.list', { search: () => 'x' })],
    [
      'a getter that throws',
      (api) =>
        api.call('stock.list', {
          get search(): string {
            throw new Error('mine');
          },
        }),
    ],
    ['the page itself', (api) => api.call('stock.list', document)],
  ])('%s: refused on the way or by the data process', async (_name, attempt) => {
    const outcome = await depot.evaluate(attempt).catch((cause: unknown) => ({ ok: false, cause: String(cause) }));
    expect(outcome).toMatchObject({ ok: false });
    await stillWorks();
  });

  test('many at once are each answered', async () => {
    const answered = await depot.evaluate(async (api) => {
      const outcomes = await Promise.all(
        Array.from({ length: 2_000 }, (_, index) => api.call(index % 2 ? 'session.state' : 'nothing', {})),
      );
      return outcomes.filter(({ ok }) => ok).length;
    });
    expect(answered).toBe(1_000);
    await stillWorks();
  });
});

describe('files', () => {
  const paths = [
    '/etc/passwd',
    '../../etc/passwd',
    'C:\\Windows\\win.ini',
    'file:///etc/passwd',
    '',
    '0'.repeat(32),
    '__proto__',
    1,
    null,
    {},
  ];
  test.each(paths)('a path of the page is not a file: %j', async (file) => {
    const call = (name: string) =>
      depot.evaluate((api, given) => api.call(given.name, { file: given.file, passphrase: 'x' }), { name, file });
    expect(await call('depot.unlock')).toEqual(badRequest);
    expect(await call('bundle.apply')).toEqual(badRequest);
    await stillWorks();
  });

  test('the same for the files of an import', async () => {
    expect(await depot.evaluate((api) => api.call('import.run', { files: { items: '/etc/passwd' }, isDryRun: true }))).toEqual(badRequest);
    expect(await depot.evaluate((api) => api.call('import.run', { files: ['/etc/passwd'], isDryRun: true }))).toEqual(badRequest);
  });

  test('a token tells nothing of where the file lies, and serves only what it was chosen for', async () => {
    await app.answerOpenDialog('/tmp/some where/partner.id');
    const chosen = (await depot.evaluate((api) => api.chooseFile('openIdentity'))) as { token: string; name: string };
    expect(chosen).toEqual({ token: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'partner.id' });
    const outcome = await depot.evaluate((api, file) => api.call('identity.save', { file }), chosen.token);
    expect(outcome).toEqual(badRequest);
  });

  test('a path may be longer than a token: it is the main process that puts it there', async () => {
    await app.answerOpenDialog(`/tmp/${'a folder with a long name/'.repeat(8)}missing.depot`);
    const { token } = (await depot.evaluate((api) => api.chooseFile('openDepot'))) as { token: string };
    const outcome = await depot.evaluate((api, file) => api.call('depot.unlock', { file, passphrase: 'x' }), token);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
  });

  test('a purpose that is none opens no dialog', async () => {
    for (const purpose of ['__proto__', 'openAnything', 1, null, {}, ['openDepot']]) {
      await expect(depot.evaluate((api, given) => api.chooseFile(given), purpose)).rejects.toThrow('refused');
    }
    await stillWorks();
  });

  test('a dialog that was closed gives nothing', async () => {
    await app.answerSaveDialog(null);
    expect(await depot.evaluate((api) => api.chooseFile('saveBundle'))).toBeNull();
  });
});

describe('senders', () => {
  /** Another window with our own preload, made by the main process itself: the strongest page there could be. */
  const askFromOther = (address: string) =>
    app.electronApp.evaluate(async ({ BrowserWindow }, url) => {
      const [ours] = BrowserWindow.getAllWindows() as [Electron.BrowserWindow];
      const preload = (ours.webContents as unknown as { getLastWebPreferences(): { preload?: string } }).getLastWebPreferences().preload;
      const given = process.argv0.replace(/[^/]+$/, 'resources/app.asar/out/preload/index.cjs');
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: preload ?? given, sandbox: true, contextIsolation: true },
      });
      await other.loadURL(url).catch(() => undefined);
      const outcome = await other.webContents
        .executeJavaScript("depot.call('session.state', {}).then((reply) => 'answered ' + reply.ok, (cause) => 'refused ' + cause.message)")
        .catch((cause) => `no api ${cause}`);
      other.destroy();
      return String(outcome);
    }, address);

  test.each(['app://depot/index.html', 'about:blank', 'data:text/html,x'])(
    'a page that is not ours gets no answer: %s',
    async (address) => {
      expect(await askFromOther(address)).toContain('refused');
      await stillWorks();
    },
  );
});

describe('the data process', () => {
  test('is started again when it dies, and every call is answered meanwhile', async () => {
    process.kill(dataProcessId, 'SIGKILL');
    const outcomes = await depot.evaluate(async (api) => {
      const seen: boolean[] = [];
      for (let attempt = 0; attempt < 50 && seen.at(-1) !== true; attempt += 1) {
        seen.push((await api.call('session.state', {})).ok);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return seen;
    });
    expect(outcomes.at(-1)).toBe(true);
    expect(app.dataProcessId()).not.toBe(dataProcessId);
  });

  test('ends with the window, also when that is killed', async () => {
    const other = await launchApp();
    await other.page.waitForLoadState('load');
    const id = other.dataProcessId();
    process.kill(other.electronApp.process().pid ?? 0, 'SIGKILL');
    const isGone = () => {
      try {
        return process.kill(id, 0) && false;
      } catch {
        return true;
      }
    };
    await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
  });
});
