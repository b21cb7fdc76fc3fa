import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';
import { type Outside, openOutside } from './support/outside.ts';

// Goal: a page that was taken over can reach nothing but the procedures of the contract.
// Method: in the packaged window, do what such a page would do, one thing at a time.

let app: RunningApp;
let outside: Outside;

beforeAll(async () => {
  outside = await openOutside();
  app = await launchApp();
  await app.page.waitForLoadState('load');
});

afterAll(async () => {
  app.takeComplaints(); // the policy violations that were provoked here
  await app.close();
  expect(outside.close()).toBe(0);
});

const policyOf = (address: string) => app.page.evaluate(async (url) => (await fetch(url)).headers.get('content-security-policy'), address);

describe('the window', () => {
  test('has the web preferences that keep Node out', async () => {
    const preferences = await app.electronApp.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      // Not in the type definitions: what the window really got, not what was asked for.
      return (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
  });

  test('is the only one and shows our own page', async () => {
    expect(app.page.url()).toBe('app://depot/index.html');
    expect(await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('gives the page no Node and exactly the contract', async () => {
    const seen = await app.page.evaluate(() => ({
      node: ['require', 'process', 'Buffer', 'module', 'global', '__dirname', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
      depot: Object.keys((globalThis as unknown as { depot: object }).depot).sort(),
      isFrozen: Object.isFrozen((globalThis as unknown as { depot: object }).depot),
    }));
    expect(seen).toEqual({
      node: [],
      depot: ['call', 'chooseFile', 'onEvent', 'printPage', 'recentFiles', 'runtimeNotice'],
      isFrozen: true,
    });
  });

  test('has no developer tools, by call, key or menu', async () => {
    const isOpen = await app.electronApp.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      webContents.openDevTools();
      for (const keyCode of ['F12', 'I']) {
        const modifiers: ('control' | 'shift')[] = keyCode === 'I' ? ['control', 'shift'] : [];
        webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      return webContents.isDevToolsOpened();
    });
    expect(isOpen).toBe(false);
    const roles = await app.electronApp.evaluate(({ Menu }) => {
      const rolesIn = (menu: Electron.Menu | null): string[] =>
        (menu?.items ?? []).flatMap((item) => [String(item.role ?? ''), ...rolesIn(item.submenu ?? null)]);
      return rolesIn(Menu.getApplicationMenu()).map((role) => role.toLowerCase());
    });
    expect(roles.filter((role) => /devtools|reload/.test(role))).toEqual([]);
  });
});

describe('the content security policy', () => {
  const expected =
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-NONCE'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

  test('comes with every page, with a nonce of its own each time', async () => {
    const policies = [await policyOf('/index.html'), await policyOf('/index.html')];
    expect(policies.map((policy) => policy?.replace(/nonce-[A-Za-z0-9+/=]{24}/, 'nonce-NONCE'))).toEqual([expected, expected]);
    expect(policies[0]).not.toBe(policies[1]);
  });

  test('the nonce stands in the page, its place holder does not', async () => {
    const html = await app.page.evaluate(async () => (await fetch('/index.html')).text());
    expect(html).not.toContain('__STYLE_NONCE__');
  });

  test.each([
    [
      'eval',
      () =>
        // From a task of the page's own: what the debugger evaluates itself is let through.
        new Promise((resolve, reject) => {
          setTimeout(() => {
            try {
              resolve(new Function('return 1')());
            } catch (cause) {
              reject(cause);
            }
          });
        }),
    ],
    [
      'a script written into the page',
      () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.head.append(script);
        if (!('injected' in globalThis)) throw new Error('refused');
      },
    ],
    [
      'a style without the nonce',
      () => {
        const style = document.createElement('style');
        style.textContent = ':root { --injected: 1 }';
        document.head.append(style);
        const value = getComputedStyle(document.documentElement).getPropertyValue('--injected');
        style.remove();
        if (value === '') throw new Error('refused');
      },
    ],
  ])('refuses %s', async (_name, attempt) => {
    await expect(app.page.evaluate(attempt)).rejects.toThrow();
  });
});

describe('the network', () => {
  test.each([
    ['fetch', async (url: string) => (await fetch(url)).text()],
    ['fetch without cors', async (url: string) => void (await fetch(url, { mode: 'no-cors' }))],
    [
      'an image',
      async (url: string) => {
        const image = new Image();
        image.src = url;
        await image.decode();
      },
    ],
    [
      'a socket',
      (url: string) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(url.replace('http', 'ws'));
          socket.onopen = resolve;
          socket.onerror = () => reject(new Error('refused'));
        }),
    ],
    [
      'a beacon',
      async (url: string) => {
        if (!navigator.sendBeacon(url, 'x')) throw new Error('refused');
        await new Promise((resolve) => setTimeout(resolve, 300));
        throw new Error('sent or not: the server counts');
      },
    ],
    [
      'a worker',
      (url: string) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(url);
          worker.onmessage = resolve;
          worker.onerror = () => reject(new Error('refused'));
        }),
    ],
  ])('is out of reach by %s', async (_name, attempt) => {
    await expect(app.page.evaluate(attempt, outside.url)).rejects.toThrow();
  });

  test('is out of reach for the main process too, with the policy of the page out of the way', async () => {
    const outcome = await app.electronApp.evaluate(async ({ net, session }, url) => {
      const tried = await net.fetch(url).then(
        () => 'reached',
        (cause) => String(cause),
      );
      const proxy = await session.defaultSession.resolveProxy('https://example.org/');
      const named = await session.defaultSession.resolveHost('localhost.example').then(
        () => 'resolved',
        (cause) => String(cause),
      );
      return { tried, proxy, named };
    }, outside.url);
    expect(outcome.tried).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(outcome.proxy).toBe('DIRECT');
    expect(outcome.named).toContain('ERR_NAME_NOT_RESOLVED');
  });

  test.each([
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2fmain/index.js',
    '/assets',
    '/',
    '/index.html/',
    '//etc/passwd',
    '/nothing.js',
    '/licences.md/../../main/index.js',
  ])('the program serves no file outside its page: %s', async (address) => {
    const status = await app.page.evaluate(async (url) => (await fetch(url).catch(() => ({ status: 0 }))).status, `app://depot${address}`);
    expect([0, 404]).toContain(status);
  });

  test('the program answers GET only, and one host only', async () => {
    const statuses = await app.page.evaluate(async () => {
      const post = (await fetch('/index.html', { method: 'POST', body: 'x' })).status;
      const other = await fetch('app://other/index.html', { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      );
      const file = await fetch('file:///etc/passwd', { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      );
      return { post, other, file };
    });
    expect(statuses).toEqual({ post: 404, other: 'refused', file: 'refused' });
  });

  test('a blob that the page made itself can be shown', async () => {
    const width = await app.page.evaluate(async () => {
      const image = new Image();
      image.src = URL.createObjectURL(
        new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>'], { type: 'image/svg+xml' }),
      );
      await image.decode();
      return image.width;
    });
    expect(width).toBe(3);
  });
});
