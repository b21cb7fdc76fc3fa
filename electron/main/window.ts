import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { PAGE_URL } from './contentPolicy.ts';

type Placement = { x?: number; y?: number; width: number; height: number; isMaximized: boolean };

const DESIGN_SIZE: Placement = { width: 1280, height: 720, isMaximized: false };
const placementFile = () => join(app.getPath('userData'), 'window.json');

export const wasOpenBefore = () => existsSync(placementFile());

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Where the window was last time, if a screen is still there. */
function lastPlacement(): Placement {
  try {
    const { x, y, width, height, isMaximized } = JSON.parse(readFileSync(placementFile(), 'utf8'));
    if (![x, y, width, height].every(isWhole)) return DESIGN_SIZE;
    const isOnScreen = screen.getAllDisplays().some(({ workArea }) => {
      const isBeside = x >= workArea.x + workArea.width || x + width <= workArea.x;
      return !isBeside && y >= workArea.y && y < workArea.y + workArea.height;
    });
    return isOnScreen ? { x, y, width, height, isMaximized: isMaximized === true } : DESIGN_SIZE;
  } catch {
    return DESIGN_SIZE; // never kept, or torn
  }
}

function keepPlacement(window: BrowserWindow): void {
  const placement: Placement = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
  try {
    writeFileSync(placementFile(), JSON.stringify(placement));
  } catch {
    // A full disk must not keep the window from closing; the place of the window is all that is lost.
  }
}

/** The only place that makes a window. */
export function openWindow(onTrouble: (what: string) => void): BrowserWindow {
  const { isMaximized, ...bounds } = lastPlacement();
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Depot Ledger',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepPlacement(window));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onTrouble(`the page ended: ${reason}`);
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  void window.loadURL(PAGE_URL);
  return window;
}
