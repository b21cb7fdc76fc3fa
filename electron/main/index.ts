import { join } from 'node:path';
import { app, type BrowserWindow, session } from 'electron';
import { lockWhenLeft } from './autoLock.ts';
import { openBroker } from './broker.ts';
import { DataProcess } from './dataProcess.ts';
import { driverAttached } from './driver.ts';
import { FileTokens } from './files.ts';
import { hardenProgram } from './hardening.ts';
import { openLog } from './log.ts';
import { setMenu } from './menu.ts';
import { declareScheme, servePage } from './pageFiles.ts';
import { runtimeNotice, startDataProcess } from './runtime.ts';
import { openWindow, wasOpenBefore } from './window.ts';

/** The data process may be a plain Node process, which cannot look into an asar: its files lie beside it. */
const dataEntry = () => join(app.getAppPath().replace(/\.asar$/, '.asar.unpacked'), 'out', 'data', 'main.mjs');

/** `npm start` asks for the demo depot the first time; its progress comes to the page under this task. */
const DEMO_TASK = 'demo-at-start';

function start(): void {
  const log = openLog();
  let window: BrowserWindow | null = null;
  let lastCallAtMs = Date.now();
  let isDataClosed = false;

  const data = new DataProcess({
    start: () => startDataProcess(dataEntry(), { DEPOT_USER_DATA: app.getPath('userData') }),
    onEvent: (event) => broker.send(event),
    log,
    nowMs: Date.now,
  });
  const recentFile = join(app.getPath('userData'), 'recent.json');
  let opensDemo = process.argv.includes('--open-demo') && !wasOpenBefore();
  const call: typeof data.call = async (...given) => {
    lastCallAtMs = Date.now();
    const reply = await data.call(...given);
    if (opensDemo) setImmediate(openDemo); // the page has its first answer and can draw; making the demo takes seconds
    opensDemo = false;
    return reply;
  };
  const openDemo = () =>
    void data.call('depot.openDemo', {}, DEMO_TASK).then(() => broker.send({ kind: 'changed', tables: ['session'], revision: 0 }));
  const broker = openBroker({ window: () => window, call, tokens: new FileTokens(), recentFile, log });

  servePage(session.defaultSession, join(app.getAppPath(), 'out', 'renderer'));
  setMenu();
  window = openWindow(log);
  lockWhenLeft(
    () => void data.call('depot.lock', {}),
    () => lastCallAtMs,
  );

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (isDataClosed) return;
    event.preventDefault(); // the file is closed in good order first
    void data.close().then(() => {
      isDataClosed = true;
      app.quit();
    });
  });
  if (runtimeNotice) {
    log(runtimeNotice);
    process.stderr.write(`${runtimeNotice}\n`);
  }
}

declareScheme();
hardenProgram();
if (app.requestSingleInstanceLock()) void Promise.all([app.whenReady(), driverAttached()]).then(start);
else app.quit();
