import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { DepotApi, ProcedureName } from '../../shared/contract/procedures.ts';

export type FilePurpose = Parameters<DepotApi['chooseFile']>[0];
type ChosenFile = NonNullable<Awaited<ReturnType<DepotApi['chooseFile']>>>;
type Entry = Readonly<{ path: string; purpose: FilePurpose }>;

/** What a file was chosen for decides what may be done with it: one picked for reading is never written over. */
const purposesOf: Readonly<Partial<Record<ProcedureName, readonly FilePurpose[]>>> = {
  'depot.create': ['newDepot'],
  'depot.unlock': ['openDepot', 'newDepot'],
  'identity.save': ['saveIdentity'],
  'partner.trust': ['openIdentity'],
  'trust.acceptList': ['openTrustList'],
  'bundle.create': ['saveBundle'],
  'bundle.apply': ['openBundle', 'openBundleFolder'],
  'bundle.preview': ['openBundle'],
  'bundle.previewFolder': ['openBundleFolder'],
  'tail.set': ['tailFolder'],
  'import.run': ['importCsv'],
  'climate.import': ['importCsv'],
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The page holds tokens, the main process holds the paths. A path never comes from the page. */
export class FileTokens {
  readonly #entries = new Map<string, Entry>();

  /** The same file for the same purpose keeps its token, so the table grows with the person's choices only. */
  issue(path: string, purpose: FilePurpose): ChosenFile {
    const known = [...this.#entries].find(([, entry]) => entry.path === path && entry.purpose === purpose)?.[0];
    const token = known ?? randomBytes(16).toString('hex');
    this.#entries.set(token, { path, purpose });
    return { token, name: basename(path) };
  }

  /**
   * The path behind a token that was chosen for this purpose; null for anything else. Good once: the person agreed to one
   * file being written over one time, so a second time asks again.
   */
  takePath(token: unknown, purpose: FilePurpose): string | null {
    const entry = typeof token === 'string' ? this.#entries.get(token) : undefined;
    if (typeof token !== 'string' || entry?.purpose !== purpose) return null;
    this.#entries.delete(token);
    return entry.path;
  }

  #pathFor(procedure: unknown, token: unknown): string | null {
    const purposes =
      typeof procedure === 'string' && Object.hasOwn(purposesOf, procedure) ? purposesOf[procedure as ProcedureName] : undefined;
    const entry = typeof token === 'string' ? this.#entries.get(token) : undefined;
    return entry && purposes?.includes(entry.purpose) ? entry.path : null;
  }

  /**
   * The input with each token in `file` and `files` replaced by its path.
   *
   * @returns null where something stands there that is not a token of ours for this procedure.
   */
  resolve(procedure: unknown, input: unknown): { input: unknown } | null {
    if (!isRecord(input) || !(Object.hasOwn(input, 'file') || Object.hasOwn(input, 'files'))) return { input };
    const resolved: Record<string, unknown> = { ...input };
    if (Object.hasOwn(input, 'file')) {
      const path = this.#pathFor(procedure, input.file);
      if (path === null) return null;
      resolved.file = path;
    }
    if (Object.hasOwn(input, 'files')) {
      if (!isRecord(input.files)) return null;
      const paths = Object.entries(input.files).map(([key, token]) => [key, this.#pathFor(procedure, token)] as const);
      if (paths.some(([, path]) => path === null)) return null;
      resolved.files = Object.fromEntries(paths);
    }
    return { input: resolved };
  }
}
