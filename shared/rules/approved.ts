import type { ApprovalFacts } from './facts.ts';
import type { MixRow } from './pack.ts';

/** Who approved, and the first day on which a part of it ends. */
export type Approved = Readonly<{ authority: string; until: string }>;

/**
 * The approval of a conditional cell at one place. Every note must be met there: what is approved for a store does not hold
 * within one of its bays, nor the other way round. Several approvals may meet one note each; the whole ends with the first.
 *
 * @param approvals In force on the day of the check: neither expired nor withdrawn.
 * @returns null where a note is not met, or the cell has none that could be.
 */
export function approvedBy(
  { id, notes }: Pick<MixRow, 'id' | 'notes'>,
  place: string,
  approvals: readonly ApprovalFacts[],
): Approved | null {
  const here = approvals.filter((each) => each.rule === id && each.place === place);
  const longest = notes.map((note) => latest(here.filter(({ conditions }) => conditions.includes(note.id))));
  const met = longest.filter((each) => each !== null);
  const first = met.toSorted((a, b) => (a.until < b.until ? -1 : 1))[0];
  if (first === undefined || met.length < notes.length) return null;
  return { authority: [...new Set(met.map(({ authority }) => authority))].sort().join(', '), until: first.until };
}

const latest = (approvals: readonly ApprovalFacts[]): ApprovalFacts | null =>
  approvals.reduce<ApprovalFacts | null>((last, each) => (last === null || each.until > last.until ? each : last), null);
