import type { LicenceLimit, LicenceView } from '../../../shared/contract/siteViews.ts';
import type { GoverningLimit } from '../../../shared/domain/site.ts';

/** A line of the printed licence: the limit that was issued, and the row that governs it where today's is the same. */
export type PaperLimit = GoverningLimit & Pick<LicenceLimit, 'rule' | 'source' | 'status'>;

const isSameRow = (a: GoverningLimit, b: GoverningLimit): boolean => a.exposed === b.exposed && a.functionId === b.functionId;

/**
 * The limits of the latest document, else those of today. An issued line keeps its figures; rule, source and status are
 * null where another exposed site or another function governs today, since the entry names the function only.
 */
export function paperLimits({ documents, limits }: LicenceView): readonly PaperLimit[] {
  const [issued] = documents;
  if (issued === undefined) return limits ?? [];
  return issued.limits.map((limit) => {
    const today = limits?.find(({ division }) => division === limit.division);
    const row = today !== undefined && isSameRow(limit, today) ? today : null;
    return { ...limit, rule: row?.rule ?? null, source: row?.source ?? null, status: row?.status ?? null };
  });
}

export type Change = Readonly<{ division: string; issuedKg: number | null; todayKg: number | null; isLess: boolean; isUnknown: boolean }>;
/**
 * Where the surroundings allow another limit today than was issued; null is no limit. Where the position is not known today,
 * nothing can be allowed of any division. Empty where nothing was issued.
 */
export function changesSinceIssue({ documents, limits }: LicenceView): readonly Change[] {
  const [issued] = documents;
  return (issued?.limits ?? []).flatMap(({ division, limitKg }): readonly Change[] => {
    if (limits === null) return [{ division, issuedKg: limitKg, todayKg: 0, isLess: true, isUnknown: true }];
    const today = limits.find((each) => each.division === division);
    if (today === undefined || today.limitKg === limitKg) return [];
    const isLess = (today.limitKg ?? Number.POSITIVE_INFINITY) < (limitKg ?? Number.POSITIVE_INFINITY);
    return [{ division, issuedKg: limitKg, todayKg: today.limitKg, isLess, isUnknown: false }];
  });
}
