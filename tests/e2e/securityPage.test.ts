import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from './support/app.ts';
import { type Outside, openOutside } from './support/outside.ts';

// Goal: a page that was taken over cannot leave, open or ask for anything.
// Method: in the packaged window, try each way out.

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

describe('the page stays where it is', () => {
  const stays = async (attempt: (url: string) => unknown, url: string) => {
    await app.page.evaluate(attempt, url);
    await app.page.waitForTimeout(300);
    expect(app.page.url()).toBe('app://depot/index.html');
    expect(await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  };
  const leave = (url: string) => void location.assign(url);
  const openBeside = (url: string) => void window.open(url, '_blank');
  const clickLink = (url: string) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const sendForm = (url: string) => {
    const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
    document.body.append(form);
    form.submit();
    form.remove();
  };
  const embed = (url: string) => {
    const frame = Object.assign(document.createElement('iframe'), { src: url });
    document.body.append(frame);
    setTimeout(() => frame.remove(), 200);
  };

  test.each([
    ['a new address', leave],
    ['a new window', openBeside],
    ['a link', clickLink],
    ['a form', sendForm],
    ['a frame', embed],
  ])('%s leads nowhere', async (_name, attempt) => {
    await stays(attempt, outside.url);
  });

  test.each([
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:void(globalThis.injected = 1)',
    'app://depot/other.html',
    'mailto:a@b.c',
  ])('it does not go to %s', async (url) => stays(leave, url));

  test('a webview is a plain element', async () => {
    const attempt = await app.page.evaluate((url) => {
      const view = document.createElement('webview');
      view.setAttribute('src', url);
      document.body.append(view);
      const hasContents = 'getWebContentsId' in view;
      view.remove();
      return hasContents;
    }, outside.url);
    expect(attempt).toBe(false);
  });
});

describe('permissions', () => {
  test.each(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'])('%s is denied', async (name) => {
    const state = await app.page.evaluate(
      async (permission) => (await navigator.permissions.query({ name: permission as PermissionName })).state,
      name,
    );
    expect(state).toBe('denied');
  });

  test('asking does not help', async () => {
    const answers = await app.page.evaluate(async () => {
      const refused = (work: Promise<unknown>) =>
        work.then(
          () => 'granted',
          () => 'refused',
        );
      return {
        media: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await refused(navigator.mediaDevices.getDisplayMedia()),
        place: await refused(new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
        notice: await Notification.requestPermission(),
      };
    });
    expect(answers).toEqual({ media: 'refused', screen: 'refused', place: 'refused', notice: 'denied' });
  });

  test('a download is not saved', async () => {
    const saved = await app.electronApp.evaluate(({ session, BrowserWindow }, url) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      return new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented ? 'prevented' : 'saved'));
        setTimeout(() => resolve('never began'), 500);
        webContents.downloadURL(url);
      });
    }, 'app://depot/index.html');
    expect(saved).toBe('prevented');
  });
});
