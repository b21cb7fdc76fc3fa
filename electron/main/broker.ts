import { randomUUID } from 'node:crypto';
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { chooseFile as chooseFileInput, printPage as printPageInput } from '../../shared/contract/inputs.ts';
import type { DepotEvent, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { err } from '../../shared/lib/result.ts';
import { PAGE_ORIGIN } from './contentPolicy.ts';
import type { DataProcess } from './dataProcess.ts';
import { askForFile } from './dialogs.ts';
import type { FileTokens } from './files.ts';
import { printOnPaper, printToFile } from './printing.ts';
import { recentPaths, rememberPath } from './recentFiles.ts';
import { runtimeNotice } from './runtime.ts';

const NAME_LENGTH_MAX = 64;
const TASK_LENGTH_MAX = 64;

type Options = Readonly<{
  window: () => BrowserWindow | null;
  /** Asks the data process. */
  call: DataProcess['call'];
  tokens: FileTokens;
  /** The list of depots opened before. */
  recentFile: string;
  log: (what: string) => void;
}>;

/** Only the main frame of our own window at our own address is listened to. An empty address is nobody's. */
function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | null): window is BrowserWindow {
  if (!window || window.isDestroyed() || sender !== window.webContents) return false;
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${PAGE_ORIGIN}/`);
}

const isText = (value: unknown, lengthMax: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= lengthMax;

/** A depot that was opened or made is offered at the next start. */
const opensFile = (name: unknown) => name === 'depot.create' || name === 'depot.unlock';

/** The only user of ipcMain: checks who asks, turns file tokens into paths, forwards the rest unread. */
export function openBroker({ window, call: callData, tokens, recentFile, log }: Options): { send(event: DepotEvent): void } {
  const answer = (channel: string, work: (page: BrowserWindow, ...given: unknown[]) => unknown) =>
    ipcMain.handle(channel, (event, ...given: unknown[]) => {
      const page = window();
      if (!isOurPage(event, page)) {
        log(`refused ${channel} from a page that is not ours`);
        throw new Error('refused');
      }
      return work(page, ...given);
    });

  const badRequest = (why: string): Reply<ProcedureName> => {
    const id = randomUUID();
    log(`bad request ${id}: ${why}`);
    return err({ code: 'badRequest', id });
  };

  const call = async (name: unknown, input: unknown, task: unknown): Promise<Reply<ProcedureName>> => {
    if (!isText(name, NAME_LENGTH_MAX)) return badRequest('name');
    if (task !== undefined && !isText(task, TASK_LENGTH_MAX)) return badRequest('task');
    const resolved = tokens.resolve(name, input);
    if (!resolved) return badRequest('file');
    const reply = await callData(name, resolved.input, task);
    const { file } = (resolved.input ?? {}) as { file?: unknown };
    if (reply.ok && opensFile(name) && typeof file === 'string') rememberPath(recentFile, file);
    return reply;
  };

  answer('depot:call', (_page, name, input, task) => call(name, input, task));
  answer('depot:chooseFile', async (page, purpose) => {
    const asked = chooseFileInput.safeParse({ purpose });
    if (!asked.success) throw new Error('refused');
    const path = await askForFile(page, asked.data.purpose);
    return path === null ? null : tokens.issue(path, asked.data.purpose);
  });
  answer('depot:printPage', (page, input) => {
    const asked = printPageInput.safeParse(input);
    if (!asked.success) return badRequest('print');
    const { size, file } = asked.data;
    if (file === null) return printOnPaper(page, size);
    const path = tokens.takePath(file, 'savePdf');
    return path === null ? badRequest('file') : printToFile(page, path, size, log);
  });
  answer('depot:recentFiles', () => recentPaths(recentFile).map((path) => tokens.issue(path, 'openDepot')));
  answer('depot:runtimeNotice', () => runtimeNotice);

  return {
    send: (event) => {
      const page = window();
      if (page && !page.isDestroyed()) page.webContents.send('depot:event', event);
    },
  };
}
