import type { ConsignmentRow, ConsignmentState, SiteRow } from '../../../shared/contract/caseViews.ts';
import type { ApplyFolderReply, ApplyReply, BundleCode, PartnerView, SessionView } from '../../../shared/contract/views.ts';
import type { Query } from '../../app/router.ts';
import type { Mark } from '../../components/Severity.tsx';

/** What lies between depots; each part has its address. */
export const syncParts = ['partners', 'waiting', 'enrol', 'cases', 'consignments', 'sites', 'copy'] as const;
export type SyncPart = (typeof syncParts)[number];
export const partOf = (query: Query): SyncPart => syncParts.find((part) => part === query.part) ?? 'partners';

/** Depots are the authority's view; the way on for an older copy is shown only where the file is one. */
export function partsFor(session: Pick<SessionView, 'role' | 'readOnly'> | null, shown: SyncPart): readonly SyncPart[] {
  return syncParts.filter((part) => {
    if (part === shown) return true;
    if (part === 'sites') return session?.role === 'authority';
    return part !== 'copy' || session?.readOnly === true;
  });
}

/** What takes a waiting file in by itself; the others never could be. */
const CURABLE: ReadonlySet<BundleCode> = new Set(['E_UNKNOWN_DEV', 'E_TRUST', 'E_REVOKED', 'E_VERSION', 'E_GAP', 'E_FORK', 'E_FAULT']);
export const mayBeCleared = (code: BundleCode): boolean => CURABLE.has(code);

export const isFolderReply = (reply: ApplyReply | ApplyFolderReply): reply is ApplyFolderReply => 'files' in reply;

/** Eight boxes as one text, as the fingerprint is compared. */
export const FINGERPRINT_WORDS = 8;
export const wordsIn = (text: string): readonly string[] => text.trim().toLowerCase().split(/\s+/).filter(Boolean);
export const isWhole = (words: readonly string[]): boolean =>
  words.length === FINGERPRINT_WORDS && words.every((word) => word.trim() !== '');

/** What is typed or pasted into one box fills it and, where it holds several words, the boxes after it. */
export function typedInto(words: readonly string[], at: number, text: string): readonly string[] {
  const several = wordsIn(text);
  if (several.length < 2) return words.with(at, text.replace(/\s/g, ''));
  return words.map((word, index) => several[index - at] ?? word);
}

/** Entries that only this machine has, in two: on their way, and not sent at all. */
export const unsentOf = ({ onlyHere, sentNotAcknowledged }: Pick<SessionView, 'onlyHere' | 'sentNotAcknowledged'>): number =>
  Math.max(0, onlyHere - sentNotAcknowledged);

export const partnerKey = ({ device, incarnation }: PartnerView): string => `${device} ${incarnation}`;

/** What a column of the partners sorts by. */
export function partnerValue(row: PartnerView, column: string): string | number | null {
  if (column === 'state') return row.cutOffSeq === null ? 0 : 1;
  return row[column as keyof PartnerView];
}

export const consignmentMark: Readonly<Record<ConsignmentState, Mark>> = {
  inTransit: 'info',
  received: 'done',
  short: 'warn',
  over: 'warn',
  twice: 'stop',
  cancelled: 'info',
  notHeard: 'info',
};

/** Trouble first, then what is on its way; what is over comes last. */
const stateOrder: readonly ConsignmentState[] = ['twice', 'over', 'short', 'notHeard', 'inTransit', 'received', 'cancelled'];

/** What a column of the consignments sorts by. */
export function consignmentValue(row: ConsignmentRow, column: string): string | number | null {
  if (column === 'state') return stateOrder.indexOf(row.state);
  if (column === 'inTransit') return row.lines.reduce((sum, line) => sum + line.inTransit, 0);
  const value = row[column as keyof ConsignmentRow];
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** What a column of the sites sorts by. */
export function siteValue(row: SiteRow, column: string): string | number | null {
  const value = row[column as keyof SiteRow];
  return typeof value === 'boolean' ? Number(value) : value;
}

/** How long ago, in the largest unit that still says something. */
export function agoOf(atMs: number, nowMs: number): Readonly<{ unit: 'minutes' | 'hours' | 'days'; count: number }> {
  const minutes = Math.max(0, Math.floor((nowMs - atMs) / 60_000));
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) };
  return { unit: 'days', count: Math.floor(minutes / 1_440) };
}
