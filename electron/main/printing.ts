import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import type { PaperSize, PrintReply } from '../../shared/contract/procedures.ts';
import { err, ok } from '../../shared/lib/result.ts';
import { systemRefusalOf } from '../../shared/lib/systemErrors.ts';

/** Inches, as Chromium takes them: 15 mm, more at the foot for the number of the page. */
const MARGINS = { top: 0.59, bottom: 0.75, left: 0.59, right: 0.59 };
const NO_HEADER = '<span></span>';
/** Chromium fills the two in. Nothing of the page's own text comes in here. */
const PAGE_NUMBERS =
  '<div style="width:100%;text-align:center;font-size:10px"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

const codeOf = (cause: unknown): string => String((cause as { code?: unknown } | null)?.code ?? '');

function refusalOf(cause: unknown, log: (what: string) => void): PrintReply {
  const known = systemRefusalOf(codeOf(cause), 'write');
  if (known !== null) return err(known);
  const id = randomUUID();
  log(`print ${id}: ${cause instanceof Error ? cause.message : String(cause)}`);
  return err({ code: 'internal', id });
}

/** What the page shows for print, as a PDF. A file that is there is replaced whole or not at all. */
export async function printToFile(window: BrowserWindow, path: string, size: PaperSize, log: (what: string) => void): Promise<PrintReply> {
  const unfinished = `${path}.unfinished`;
  try {
    const bytes = await window.webContents.printToPDF({
      pageSize: size,
      margins: MARGINS,
      printBackground: true,
      generateTaggedPDF: true,
      displayHeaderFooter: true,
      headerTemplate: NO_HEADER,
      footerTemplate: PAGE_NUMBERS,
    });
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
    return ok('done');
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    return refusalOf(cause, log);
  }
}

/** The same on paper: the desktop's own dialog asks for the printer. */
export const printOnPaper = (window: BrowserWindow, size: PaperSize): Promise<PrintReply> =>
  new Promise((resolve) => {
    window.webContents.print({ pageSize: size, printBackground: true }, (isPrinted, reason) => {
      if (isPrinted) resolve(ok('done'));
      else resolve(/cancel/i.test(reason) ? ok('cancelled') : err({ code: 'printFailed', detail: reason }));
    });
  });
