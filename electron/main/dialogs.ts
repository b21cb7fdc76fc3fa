import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { FilePurpose } from './files.ts';

type Kind = Readonly<{ isNew: boolean; filters: readonly FileFilter[]; suggestion?: string; isFolder?: boolean }>;

const depotFiles: FileFilter = { name: 'Depot', extensions: ['depot'] };
const bundleFiles: FileFilter = { name: 'Bundle', extensions: ['adi'] };
const identityFiles: FileFilter = { name: 'Identity', extensions: ['id'] };
const pdfFiles: FileFilter = { name: 'PDF', extensions: ['pdf'] };
const allFiles: FileFilter = { name: '*', extensions: ['*'] };

const kinds: Readonly<Record<FilePurpose, Kind>> = {
  openDepot: { isNew: false, filters: [depotFiles, allFiles] },
  newDepot: { isNew: true, filters: [depotFiles], suggestion: 'new.depot' },
  importCsv: { isNew: false, filters: [{ name: 'CSV', extensions: ['csv', 'txt'] }, allFiles] },
  openBundle: { isNew: false, filters: [allFiles] }, // a long range is PATH, PATH.2, …
  openBundleFolder: { isNew: false, filters: [], isFolder: true }, // a stick with whatever lies on it
  saveBundle: { isNew: true, filters: [bundleFiles], suggestion: 'bundle.adi' },
  openIdentity: { isNew: false, filters: [identityFiles, allFiles] },
  openTrustList: { isNew: false, filters: [allFiles] },
  saveIdentity: { isNew: true, filters: [identityFiles], suggestion: 'depot.id' },
  savePdf: { isNew: true, filters: [pdfFiles], suggestion: 'print.pdf' },
  tailFolder: { isNew: false, isFolder: true, filters: [] },
};

/** Asks the person for a file. Null where the dialog was closed without one. */
export async function askForFile(window: BrowserWindow, purpose: FilePurpose): Promise<string | null> {
  const { isNew, filters, suggestion, isFolder = false } = kinds[purpose];
  if (!isNew) {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      filters: [...filters],
      properties: [isFolder ? 'openDirectory' : 'openFile', 'dontAddToRecent'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    filters: [...filters],
    ...(suggestion === undefined ? {} : { defaultPath: suggestion }),
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  });
  return canceled || filePath === '' ? null : filePath;
}
