/** Whether what an issued licence rests on still holds. The entry of a licence says which conditions, and until when. */
import type { LicenceDivision } from '../../domain/model.ts';
import type { GoverningLimit } from '../../domain/site.ts';

export type IssuedLicence = Readonly<{
  number: string;
  limits: readonly Pick<GoverningLimit, 'division' | 'restsOn'>[];
  recordedAtMs: number;
}>;

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
  const isMet = (id: string, until: string | null): boolean => {
    if (until !== null && until < today) return false;
    if (standing.ofBuilding.includes(id)) return true;
    const isNamed = ({ conditions }: { conditions: readonly string[] }) => conditions.includes(id);
    return until !== null && inForce.some(isNamed) && !withdrawnSince.some(isNamed);
  };
  const lapsed = new Map<LicenceDivision, Set<string>>();
  for (const { division, restsOn = [] } of limits) {
    for (const { words } of restsOn.filter(({ id, until }) => !isMet(id, until))) {
      const key = licensedDivision(division);
      lapsed.set(key, (lapsed.get(key) ?? new Set()).add(words));
    }
  }
  return Object.fromEntries([...lapsed].map(([division, words]) => [division, { licence: number, conditions: [...words].sort() }]));
}
