import type { CaseFacts } from '../../../shared/domain/cases.ts';
import { canonical, type Plain } from '../journal/canonical.ts';

/** Facts are a text inside a text: as they stand in the entry, far below the longest that can travel. */
export const FACTS_LENGTH_MAX = 48_000;
const lengthOf = (facts: CaseFacts): number => JSON.stringify(canonical(facts as unknown as Plain)).length;

type Fit = Readonly<{ facts: CaseFacts; left: number }>;

/** The facts with half of their lists, and how many members that leaves out; null where nothing more can be left out. */
function halved(facts: CaseFacts): Fit | null {
  const half = <T>(list: readonly T[]): readonly T[] => list.slice(0, Math.ceil(list.length / 2));
  if (facts.kind === 'fork') return facts.says.length < 2 ? null : cut(facts.says.length, half(facts.says), (says) => ({ ...facts, says }));
  if (facts.kind === 'lotDiffers' || facts.kind === 'movementTwice') {
    const { sides } = facts as Extract<CaseFacts, { kind: 'lotDiffers' }>;
    return sides.length < 3 ? null : cut(sides.length, half(sides), (kept) => ({ ...facts, sides: kept }) as CaseFacts);
  }
  if (facts.kind === 'consignmentShort' || facts.kind === 'consignmentOver')
    return facts.lines.length < 2 ? null : cut(facts.lines.length, half(facts.lines), (lines) => ({ ...facts, lines }));
  if (facts.kind !== 'consignmentTwice') return null;
  const count = facts.receivers.reduce((sum, { lines }) => sum + lines.length, 0);
  const receivers = facts.receivers.map((each) => ({ ...each, lines: half(each.lines) }));
  const left = receivers.reduce((sum, { lines }) => sum + lines.length, 0);
  return left === count ? null : { facts: { ...facts, receivers }, left: count - left };
}

const cut = <T>(count: number, kept: readonly T[], of: (kept: readonly T[]) => CaseFacts): Fit => ({
  facts: of(kept),
  left: count - kept.length,
});

/** As much of the facts as fits into an entry that every partner can read; `omitted` says how many lines were left out. */
export function fitFacts(facts: CaseFacts): CaseFacts {
  let fit = facts;
  while (lengthOf(fit) > FACTS_LENGTH_MAX) {
    const less = halved(fit);
    if (less === null) return fit;
    fit = { ...less.facts, omitted: ((fit as { omitted?: number }).omitted ?? 0) + less.left } as CaseFacts;
  }
  return fit;
}
