import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { cacheFolder, node24 } from '../../../scripts/modules.mjs';
import { executableOf } from '../../../scripts/package.mjs';

export type RunningApp = Readonly<{
  page: Page;
  electronApp: ElectronApplication;
  userDataDir: string;
  /** The next dialog that asks for a file to open answers with this path, or is cancelled. */
  answerOpenDialog(path: string | null): Promise<void>;
  /** The next dialog that asks where to save answers with this path, or is cancelled. */
  answerSaveDialog(path: string | null): Promise<void>;
  /** Writes NAME.png into the folder of screenshots and returns its path. */
  screenshot(name: string): Promise<string>;
  /** What the window's console complained of so far: a test that provokes complaints takes them out. */
  takeComplaints(): readonly string[];
  /** The data process, found from outside. */
  dataProcessId(): number;
  /** Ends the whole program at once, as a power cut would: no process gets to clean up. */
  killHard(): Promise<void>;
  /** Quits in good order and throws where the window's console or the data process complained. */
  close(): Promise<void>;
}>;

export const screenshotFolder = process.env.DEPOT_SCREENSHOTS ?? join(cacheFolder, 'screenshots');

/** Application data of a person who never started the program. */
export const freshUserData = (): string => mkdtempSync(join(process.env.DEPOT_E2E_FOLDER ?? tmpdir(), 'data-'));

type DialogName = 'showOpenDialog' | 'showSaveDialog';

/** Replaces a dialog of the main process for one call; nobody is there to click in it. */
const answerDialog = (electronApp: ElectronApplication, name: DialogName, path: string | null): Promise<void> =>
  electronApp.evaluate(
    ({ dialog }, { name, path }) => {
      const real = dialog[name];
      const answer = async () => {
        Object.assign(dialog, { [name]: real });
        return name === 'showOpenDialog'
          ? { canceled: path === null, filePaths: path === null ? [] : [path] }
          : { canceled: path === null, filePath: path ?? '' };
      };
      Object.assign(dialog, { [name]: answer });
    },
    { name, path },
  );

const errorLines = (text: string): readonly string[] => text.split('\n').filter((line) => /\[(error|warn)\]/.test(line));
const dataLog = (userDataDir: string): string => {
  const path = join(userDataDir, 'logs', 'data.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** Console errors, policy violations and uncaught exceptions of the page, from its first line on. */
function collectComplaints(electronApp: ElectronApplication): string[] {
  const complaints: string[] = [];
  electronApp.on('window', (page) => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  });
  return complaints;
}

/** A child of the program whose command line names the entry of the data process, by /proc. */
function findDataProcess(parent: number): number {
  const commandOf = (id: string) => {
    try {
      return {
        parent: Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]),
        line: readFileSync(`/proc/${id}/cmdline`, 'utf8'),
      };
    } catch {
      return null; // gone between listing and reading
    }
  };
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = ids.find((id) => {
    const command = commandOf(id);
    return command?.parent === parent && command.line.includes(join('out', 'data', 'main.mjs'));
  });
  if (!found) throw new Error('no data process was found');
  return Number(found);
}

/** Starts the packaged program, flavour e2e, on its own application data. Close it, or the test run does not end. */
export async function launchApp({ userDataDir = freshUserData(), args = [] as readonly string[] } = {}): Promise<RunningApp> {
  const faultsBefore = errorLines(dataLog(userDataDir)).length;
  const electronApp = await _electron.launch({
    executablePath: executableOf('e2e'),
    args: ['--no-sandbox', '--disable-gpu', `--user-data-dir=${userDataDir}`, ...args],
    env: { ...(process.env as Record<string, string>), DEPOT_NODE24: node24 },
    timeout: 30_000,
  });
  const complaints = collectComplaints(electronApp);
  const page = await electronApp.firstWindow();
  const programId = electronApp.process().pid ?? 0;
  const ended = () => new Promise<void>((resolve) => electronApp.process().once('exit', () => resolve()));
  return {
    page,
    electronApp,
    userDataDir,
    answerOpenDialog: (path) => answerDialog(electronApp, 'showOpenDialog', path),
    answerSaveDialog: (path) => answerDialog(electronApp, 'showSaveDialog', path),
    screenshot: async (name) => {
      mkdirSync(screenshotFolder, { recursive: true });
      const path = join(screenshotFolder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    takeComplaints: () => complaints.splice(0),
    dataProcessId: () => findDataProcess(programId),
    killHard: async () => {
      const gone = ended();
      process.kill(-programId, 'SIGKILL'); // Playwright starts the program as the head of its own group
      await gone;
    },
    close: async () => {
      await electronApp.close();
      const faults = errorLines(dataLog(userDataDir)).slice(faultsBefore);
      const all = [...complaints, ...faults.map((line) => `data process: ${line}`)];
      if (all.length > 0) throw new Error(`the program complained:\n${all.join('\n')}`);
    },
  };
}
