import type { SurplusClass, SurplusHolding, SurplusReason, SurplusSlice } from './surplus.ts';

/** Stock that may meet a need: serviceable, free, and with a known life that is not over. */
export type UsableHolding = Readonly<{ holding: SurplusHolding; lifeUntil: string }>;
type Verdict = Readonly<{ class: SurplusClass; reason: SurplusReason }>;

/**
 * Takes out what cannot meet a need, first reason first: prohibited, safety defect, for disposal, banned, in need of a
 * technical decision. Missing or past life is never usable. Without weapon holdings nothing is obsolete.
 *
 * @source life-cycle.md 1.3 step 2
 */
export function setAside(
  holdings: readonly SurplusHolding[],
  asOf: string,
): Readonly<{ slices: readonly SurplusSlice[]; usable: readonly UsableHolding[] }> {
  const slices: SurplusSlice[] = [];
  const usable: UsableHolding[] = [];
  for (const holding of [...holdings].sort(byLotAndPlace)) {
    if (holding.quantity === 0) continue;
    const verdict = unusableBecause(holding, asOf);
    if (verdict !== null) slices.push(sliceOf(holding, holding.quantity, verdict.class, verdict.reason, factsOf(holding)));
    else if (holding.lifeUntil !== null) usable.push({ holding, lifeUntil: holding.lifeUntil });
  }
  return { slices, usable };
}

function unusableBecause(holding: SurplusHolding, asOf: string): Verdict | null {
  if (holding.isProhibited === true) return { class: 'TREATY_DISPOSAL', reason: 'prohibited' };
  if (holding.hasSafetyDefect === true) return { class: 'URGENT_DISPOSAL', reason: 'safetyDefect' };
  if (holding.conditionGroup === 'disposal') return { class: 'UNSERVICEABLE', reason: 'conditionDisposal' };
  if (holding.conditionGroup === 'banned') return { class: 'HOLD_BANNED', reason: 'conditionBanned' };
  if (holding.restriction !== null) return { class: 'HOLD_BANNED', reason: holding.restriction === 'ban' ? 'underBan' : 'underSuspension' };
  if (holding.conditionGroup === 'pending') return { class: 'PENDING_TECH', reason: 'conditionPending' };
  if (holding.conditionGroup === 'unknown') return { class: 'PENDING_TECH', reason: 'conditionUnknown' };
  if (holding.lifeUntil === null) return { class: 'PENDING_TECH', reason: 'lifeUnknown' };
  if (holding.lifeUntil < asOf) return { class: 'PENDING_TECH', reason: 'lifeExpired' };
  return null;
}

const factsOf = ({ lifeUntil }: SurplusHolding): Readonly<Record<string, string>> => (lifeUntil === null ? {} : { lifeUntil });

/** A part of a holding, with its class and why. */
export function sliceOf(
  holding: SurplusHolding,
  quantity: number,
  surplusClass: SurplusClass,
  reason: SurplusReason,
  reasonFacts: Readonly<Record<string, string>>,
): SurplusSlice {
  const { site, lot, lotId, place, lifeUntil } = holding;
  return { site, lot, lotId, place, class: surplusClass, quantity, lifeUntil, reason, reasonFacts };
}

/** A fixed order over every field of a holding, so that the report does not depend on the order of its input. */
export function byLotAndPlace(a: SurplusHolding, b: SurplusHolding): number {
  const [left, right] = [orderKeyOf(a), orderKeyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const orderKeyOf = (holding: SurplusHolding): string =>
  [
    ...[holding.lot, holding.lotId, holding.place, holding.conditionGroup, holding.restriction ?? ''],
    ...[String(holding.quantity).padStart(16, '0'), holding.lifeUntil ?? '', holding.site, holding.item],
    ...[holding.isProhibited === true, holding.hasSafetyDefect === true],
  ].join('\u0000');
