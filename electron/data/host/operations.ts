import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import type {
  ApplyFolderReply,
  ApplyReply,
  BundlePreview,
  BundleReply,
  PostOutcome,
  PreviewedFile,
  TailView,
} from '../../../shared/contract/views.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';
import type { ImportFile, ImportFiles } from '../import/readFiles.ts';
import { IMPORT_KINDS } from '../import/rows.ts';
import { signerOf } from '../journal/keys.ts';
import type { Ledger, Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { listPeople } from '../repositories/settings.ts';
import { requireMovementRole, requireRole } from '../services/authority.ts';
import { recipientsFor } from '../services/partners.ts';
import { postMovement } from '../services/postMovement.ts';
import { collectBundles } from '../sync/collect.ts';
import { exportBundle } from '../sync/exportBundle.ts';
import { previewFile, previewFiles } from '../sync/preview.ts';
import { receiveFile, receiveFolder } from '../sync/receive.ts';
import type { Tail } from '../sync/tail.ts';
import { unlockSecond } from './unlock.ts';

/** Operations that wait: key derivation, age, files. What they do to the ledger is one synchronous service each. */

/** Who is said to be the second person. Without a passphrase nobody signs. */
export type SaidSecond = Readonly<{ user: string; passphrase: string | null }>;

/** The second person: active, not the one signed in, and named by the slot that the passphrase opened. */
export async function secondPerson(ledger: Ledger, said: SaidSecond | undefined): Promise<Second | undefined> {
  if (said === undefined) return undefined;
  const { user, passphrase } = said;
  if (user === ledger.session.person) return { person: user, sign: null, cause: 'self' };
  if (passphrase === null) return { person: user, sign: null, cause: 'noPassphrase' };
  const person = listPeople(ledger).find((candidate) => candidate.person === user && candidate.isActive);
  const slots = person === undefined ? [] : await unlockSecond(ledger.file, passphrase, ledger.deps.nowMs);
  const opened = slots.find(({ slot }) => slot === person?.slot);
  return opened?.signingSeed ? { person: user, sign: signerOf(opened.signingSeed) } : { person: user, sign: null, cause: 'notRecognised' };
}

export async function post(ledger: Ledger, request: MovementRequest, second: SaidSecond | undefined): Promise<PostOutcome> {
  requireMovementRole(ledger, request);
  return postMovement(ledger, request, await secondPerson(ledger, second));
}

export async function createBundle(
  ledger: Ledger,
  to: string,
  path: string,
  onProgress: (done: number, total: number) => void,
  partBytes: number | null = null,
): Promise<BundleReply> {
  requireRole(ledger, 'bundle');
  const onEntries = (seq: number) => onProgress(Math.min(seq, ledger.journal.last.seq), ledger.journal.last.seq);
  const reply = await exportBundle(collectBundles(ledger, to, onEntries), {
    path,
    ...recipientsFor(ledger, to),
    publicKey: ledger.device.publicKey,
    partBytes,
    onPart: onEntries,
  });
  ledger.sqlite
    .prepare('INSERT OR REPLACE INTO export (site, seq, at_ms) VALUES (?, ?, ?)')
    .run(to, ledger.journal.last.seq, ledger.deps.nowMs());
  return reply;
}

const refuseMissing = (path: string): void => {
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
};

/** One file, whole or a part, or everything that lies in a folder. */
export async function applyBundleFile(
  ledger: Ledger,
  path: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ApplyReply | ApplyFolderReply> {
  requireRole(ledger, 'bundle');
  refuseMissing(path);
  return statSync(path).isDirectory() ? receiveFolder(ledger, path, onProgress) : receiveFile(ledger, path, onProgress);
}

type OnEntries = (done: number, total: number) => void;

export async function previewBundle(ledger: Ledger, path: string, onProgress: OnEntries = () => undefined): Promise<BundlePreview> {
  requireRole(ledger, 'bundle');
  refuseMissing(path);
  return previewFile(ledger, path, onProgress);
}

export async function previewFolder(ledger: Ledger, folder: string, onProgress: OnEntries): Promise<PreviewedFile[]> {
  requireRole(ledger, 'bundle');
  refuseMissing(folder);
  return previewFiles(ledger, folder, onProgress);
}

/**
 * Begins a copy of the journal in a folder of another medium, or ends it.
 *
 * @throws Refused: notAllowed, fileMissing (no such folder).
 */
export async function setTail(ledger: Ledger, tail: Tail, folder: string | null): Promise<TailView> {
  requireRole(ledger, 'bundle');
  if (folder !== null && !(existsSync(folder) && statSync(folder).isDirectory())) throw new Refused({ code: 'fileMissing', file: folder });
  return tail.set(folder);
}

const IMPORT_BYTES_MAX = 200 * 1024 * 1024;

/** Reads the files named; a file that is not UTF-8 text is refused by name. */
export function readImportFiles(
  paths: Readonly<Partial<Record<string, string>>>,
  mapping: Readonly<Partial<Record<string, Record<string, string>>>>,
): ImportFiles {
  const entries = IMPORT_KINDS.flatMap((kind) => {
    const path = paths[kind];
    return path === undefined ? [] : [[kind, readCsvFile(path, mapping[kind])] as const];
  });
  return Object.fromEntries(entries);
}

/** The text of one file; refused by name where it is missing, too large or not UTF-8. */
export function readCsvFile(path: string, mapping: Readonly<Record<string, string>> | undefined): ImportFile {
  if (!existsSync(path)) throw new Refused({ code: 'fileMissing', file: path });
  const bytes = readFileSync(path);
  const refuse = (detail: string): DomainError => ({
    code: 'importRefused',
    errors: [{ file: basename(path), row: 1, column: '', value: '', message: detail }],
  });
  if (bytes.length > IMPORT_BYTES_MAX) throw new Refused(refuse('the file is too large'));
  try {
    return { name: basename(path), content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), mapping };
  } catch {
    throw new Refused(refuse('the file is not UTF-8 text; save it as CSV UTF-8'));
  }
}

/** Drafts are a person's half-typed work: kept in the encrypted file, not in the journal. */
export function saveDraft(ledger: Ledger, form: string, content: Readonly<Record<string, string>>): void {
  if (ledger.readOnly !== null) return;
  ledger.sqlite
    .prepare('INSERT OR REPLACE INTO draft (form, content, saved_at_ms) VALUES (?, ?, ?)')
    .run(form, JSON.stringify(content), ledger.deps.nowMs());
}
export function loadDraft(ledger: Ledger, form: string) {
  const row = ledger.sqlite.prepare('SELECT content, saved_at_ms AS savedAtMs FROM draft WHERE form = ?').get(form) as
    | { content: string; savedAtMs: number }
    | undefined;
  return row === undefined ? null : { form, content: JSON.parse(row.content) as Record<string, string>, savedAtMs: row.savedAtMs };
}
