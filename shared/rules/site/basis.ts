/** Whether what an issued licence rests on still holds. The entry of a licence says which conditions, and until when. */
import type { LicenceDivision } from '../../domain/model.ts';
import type { GoverningLimit, Structure } from '../../domain/site.ts';

export type IssuedLicence = Readonly<{
  number: string;
  limits: readonly Pick<GoverningLimit, 'division' | 'restsOn'>[];
  recordedAtMs: number;
}>;

export type ConditionEnd = Readonly<{ condition: string; until: string }>;
/**
 * The conditions entered with a building that count on a day, each with its last day. One that was entered without an end counts
 * as not met: nobody said for how long it would be.
 */
export const conditionsOn = (
  { conditionsMet, conditionsUntil = {} }: Pick<Structure, 'conditionsMet' | 'conditionsUntil'>,
  today: string,
): readonly ConditionEnd[] =>
  Object.entries(conditionsUntil)
    .filter(([condition, until]) => conditionsMet.includes(condition) && until >= today)
    .map(([condition, until]) => ({ condition, until }))
    .sort((a, b) => (a.condition < b.condition ? -1 : 1));

/** What is recorded at the place of the licence. */
export type Standing = Readonly<{
  /** Conditions of its building that count today. */
  ofBuilding: readonly string[];
  /** Every approval there, the expired and the withdrawn too. */
  approvals: readonly Readonly<{ conditions: readonly string[]; until: string; withdrawnAtMs: number | null }>[];
}>;

/** A limit that counts no more: the licence it is of, and in words what it rested on. */
export type LapsedLimit = Readonly<{ licence: string; conditions: readonly string[] }>;
export type LapsedLimits = Readonly<Partial<Record<LicenceDivision, LapsedLimit>>>;

type Held = NonNullable<GoverningLimit['restsOn']>[number];
/** A licence names divisions and no sub-divisions: where one of these lost its basis, so did the limit. */
const licensedDivision = (division: string): LicenceDivision => division.slice(0, 3) as LicenceDivision;

/**
 * The limits of a licence that rest on a condition which is over, was withdrawn after the issue or is entered no longer. A
 * licence names no cells: a withdrawal for any cell of the place counts, and what was approved since prolongs nothing, since
 * nobody has looked at the licence with it.
 */
export function lapsedLimits({ number, limits, recordedAtMs }: IssuedLicence, standing: Standing, today: string): LapsedLimits {
  const withdrawnSince = standing.approvals.filter(({ withdrawnAtMs }) => withdrawnAtMs !== null && withdrawnAtMs >= recordedAtMs);
  const inForce = standing.approvals.filter(({ until, withdrawnAtMs }) => withdrawnAtMs === null && until >= today);
  const isMet = ({ id, until, isOfBuilding = until === null }: Held): boolean => {
    if (until !== null && until < today) return false;
    if (standing.ofBuilding.includes(id)) return true;
    const isNamed = ({ conditions }: { conditions: readonly string[] }) => conditions.includes(id);
    return !isOfBuilding && inForce.some(isNamed) && !withdrawnSince.some(isNamed);
  };
  const lapsed = new Map<LicenceDivision, Set<string>>();
  for (const { division, restsOn = [] } of limits) {
    for (const { words } of restsOn.filter((held) => !isMet(held))) {
      const key = licensedDivision(division);
      lapsed.set(key, (lapsed.get(key) ?? new Set()).add(words));
    }
  }
  return Object.fromEntries([...lapsed].map(([division, words]) => [division, { licence: number, conditions: [...words].sort() }]));
}
