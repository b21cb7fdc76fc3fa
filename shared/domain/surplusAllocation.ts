/** Who gets what: the reserve first, then training and test year by year, then what is left over. */
import type { SurplusDeficit, SurplusPolicy, SurplusSlice } from './surplus.ts';
import type { UsableHolding } from './surplusClasses.ts';
import { byLotAndPlace, sliceOf } from './surplusClasses.ts';
import type { Need, YearNeed } from './surplusNeed.ts';
import { yearOf } from './surplusNeed.ts';

/** One holding while it is being given away. */
type Share = UsableHolding & {
  left: number;
  /** Given to the reserve of today, and to a level that only a later year asks for. */
  reserved: number;
  reservedForLater: number;
  /** Given to training, by year. */
  trained: Map<number, number>;
};
type Context = Readonly<{ need: Need; asOf: string; policy: SurplusPolicy }>;

/**
 * Allocates usable stock. Reserve: lots with the minimum remaining life, longest life first. Training and test: shortest
 * life first from what is left; use after the lead time is an economic retention. The rest expires unused within the
 * horizon, or is beyond need.
 *
 * @returns Slices that add up to the usable stock, sorted by lot and place; deficits by kind and year.
 * @source life-cycle.md 1.3 steps 4, 5, 8 and 12
 */
export function allocate(
  usable: readonly UsableHolding[],
  need: Need,
  asOf: string,
  policy: SurplusPolicy,
): Readonly<{ slices: readonly SurplusSlice[]; deficits: readonly SurplusDeficit[] }> {
  const context = { need, asOf, policy };
  const shares = usable.map(
    (each): Share => ({ ...each, left: each.holding.quantity, reserved: 0, reservedForLater: 0, trained: new Map() }),
  );
  fillReserve(shares, context);
  const trainingDeficits = serveTraining(shares, context);
  const slices = [...shares].sort((a, b) => byLotAndPlace(a.holding, b.holding)).flatMap((share) => slicesOf(share, context));
  return { slices, deficits: [...reserveDeficits(shares, context), ...trainingDeficits] };
}

const byLongestLife = (a: Share, b: Share): number => compareText(b.lifeUntil, a.lifeUntil) || byLotAndPlace(a.holding, b.holding);
const byShortestLife = (a: Share, b: Share): number => compareText(a.lifeUntil, b.lifeUntil) || byLotAndPlace(a.holding, b.holding);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The date some years on. 29 February of a common year is later than the 28th, which is the safe side. */
const yearsAfter = (date: string, years: number): string => `${String(yearOf(date) + years).padStart(4, '0')}${date.slice(4)}`;

/** Fills up to the highest level within the horizon: what a later year needs is not surplus today. */
function fillReserve(shares: readonly Share[], { need, asOf, policy }: Context): void {
  const aliveUntil = yearsAfter(asOf, policy.reserveMinLifeYears);
  const eligible = shares.filter((share) => share.lifeUntil >= aliveUntil).sort(byLongestLife);
  let toFill = need.atAsOf.reserveToFill;
  let later = highestReserve(need) - toFill;
  for (const share of eligible) {
    share.reserved = Math.min(share.left, toFill);
    share.left -= share.reserved;
    toFill -= share.reserved;
    share.reservedForLater = Math.min(share.left, later);
    share.left -= share.reservedForLater;
    later -= share.reservedForLater;
  }
}

const highestReserve = (need: Need): number => Math.max(need.atAsOf.reserveToFill, ...need.years.map((year) => year.reserveToFill));

function serveTraining(shares: readonly Share[], { need, asOf, policy }: Context): readonly SurplusDeficit[] {
  const queue = [...shares].sort(byShortestLife);
  return need.years.flatMap((year) => {
    const monthsGone = year.year === yearOf(asOf) ? Number(asOf.slice(5, 7)) - 1 : 0;
    const short = year.training - serveYear(queue, year, monthsGone);
    return short > 0 ? [{ kind: 'training' as const, year: year.year, quantity: short, orderBy: year.year - policy.leadYears }] : [];
  });
}

/** @returns The quantity served in the year, at most its need. */
function serveYear(queue: readonly Share[], { year, training }: YearNeed, monthsGone: number): number {
  let served = 0;
  for (const share of queue) {
    // Training is spread over the rest of the year, so a lot that ends within it serves only its full months.
    const monthsLeft = Math.max(0, fullMonthsIn(year, share.lifeUntil) - monthsGone);
    const usableByThen = Math.floor((training * monthsLeft) / (12 - monthsGone));
    const given = Math.min(share.left, Math.max(0, usableByThen - served));
    if (given === 0) continue;
    share.left -= given;
    share.trained.set(year, given);
    served += given;
  }
  return served;
}

/** Full months of life in the year: 12 where it is outlived, none where the last day is 1 January. */
export function fullMonthsIn(year: number, lifeUntil: string): number {
  if (yearOf(lifeUntil) !== year) return yearOf(lifeUntil) > year ? 12 : 0;
  const month = Number(lifeUntil.slice(5, 7));
  const lastDayOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Number(lifeUntil.slice(8, 10)) === lastDayOfMonth ? month : month - 1;
}

/** One entry for each year in which the gap grows, with its growth. A reserve lot counts to the end of its last year. */
function reserveDeficits(shares: readonly Share[], { need, policy }: Context): readonly SurplusDeficit[] {
  const deficits: SurplusDeficit[] = [];
  let gapBefore = 0;
  for (const { year, reserveToFill } of need.years) {
    const alive = shares
      .filter((share) => yearOf(share.lifeUntil) >= year)
      .reduce((sum, share) => sum + share.reserved + share.reservedForLater, 0);
    const gap = Math.max(0, reserveToFill - alive);
    if (gap > gapBefore) deficits.push({ kind: 'reserve', year, quantity: gap - gapBefore, orderBy: year - policy.leadYears });
    gapBefore = gap;
  }
  return deficits;
}

function slicesOf(share: Share, context: Context): readonly SurplusSlice[] {
  const { holding, lifeUntil, reserved, reservedForLater, left } = share;
  const { asOf, policy } = context;
  const horizonEndYear = yearOf(asOf) + policy.horizonYears - 1;
  const horizonEnd = `${horizonEndYear}-12-31`;
  const slices = [
    sliceOf(holding, reserved, 'REQUIRED_RESERVE', 'reserveLongestLifeFirst', {
      lifeUntil,
      minLifeYears: String(policy.reserveMinLifeYears),
    }),
    sliceOf(holding, reservedForLater, 'REQUIRED_RESERVE', 'reserveForLaterYear', { lifeUntil, year: String(peakYear(context.need)) }),
    ...trainingSlices(share, context),
    lifeUntil < horizonEnd
      ? sliceOf(holding, left, 'SURPLUS_EXPIRING', 'expiresUnused', { lifeUntil })
      : sliceOf(holding, left, 'SURPLUS_SERVICEABLE', 'beyondNeed', { lifeUntil, horizonEndYear: String(horizonEndYear) }),
  ];
  return slices.filter((slice) => slice.quantity > 0);
}

function peakYear(need: Need): number {
  const highest = highestReserve(need);
  return need.years.find((year) => year.reserveToFill === highest)?.year ?? 0;
}

function trainingSlices({ holding, trained }: Share, { asOf, policy }: Context): readonly SurplusSlice[] {
  const firstYearAfterLead = yearOf(asOf) + policy.leadYears;
  const slice = (years: readonly number[], isWithinLead: boolean): SurplusSlice => {
    const quantity = years.reduce((sum, year) => sum + (trained.get(year) ?? 0), 0);
    const span = { fromYear: String(years[0] ?? ''), toYear: String(years.at(-1) ?? '') };
    if (isWithinLead) return sliceOf(holding, quantity, 'REQUIRED_TRAINING', 'trainingWithinLead', span);
    // A retention is looked at again within two years.
    return sliceOf(holding, quantity, 'RETAINED_ECONOMIC', 'trainingAfterLead', { ...span, reviewBy: yearsAfter(asOf, 2) });
  };
  const years = [...trained.keys()];
  return [
    slice(
      years.filter((year) => year < firstYearAfterLead),
      true,
    ),
    slice(
      years.filter((year) => year >= firstYearAfterLead),
      false,
    ),
  ];
}
