import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { LicenceView } from '../../../shared/contract/siteViews.ts';
import type { Position7, Structure } from '../../../shared/domain/site.ts';
import { positionAt } from '../../../shared/rules/geometry/geometry.ts';

export const questions = ['stock', 'house', 'door', 'barricade'] as const;
export type Question = (typeof questions)[number];

const wholeOf = (text: string, most: number): number | null =>
  /^[0-9]{1,10}$/.test(text.trim()) && Number(text) <= most ? Number(text) : null;

const unknownStructure = (place: string): Omit<Structure, 'site'> => ({
  place,
  construction: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: null,
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  underground: null,
});

function structureWith(view: LicenceView, part: Partial<Structure>): InputOf<'site.whatIf'> {
  const { site: _site, ...known } = view.structure ?? { site: '', ...unknownStructure(view.place) };
  const { conditionsMet, shape, ...rest } = { ...known, ...part };
  return {
    structures: [
      {
        ...rest,
        conditionsMet: [...conditionsMet],
        shape: shape === null ? null : { kind: shape.kind, points: shape.points.map(([lat7, lon7]) => [lat7, lon7]) },
      },
    ],
  };
}

/** What the fields ask for, or null while they do not say it. A house is an inhabited building, so far off in a direction. */
export function changesFor(
  question: Question,
  first: string,
  second: string,
  view: LicenceView,
  nameOf: (metres: number) => string,
): InputOf<'site.whatIf'> | null {
  if (question === 'stock') {
    const quantity = wholeOf(second, 10_000_000_000);
    return first.trim() === '' || !quantity ? null : { stock: [{ place: view.place, item: first.trim(), quantity }] };
  }
  if (question === 'barricade') return structureWith(view, { isBarricaded: view.structure?.isBarricaded !== true });
  const number = wholeOf(first, question === 'door' ? 359 : 100_000);
  if (question === 'door') return number === null ? null : structureWith(view, { frontMdeg: number * 1000 });
  const bearing = wholeOf(second, 359);
  const origin = view.shape?.points[0];
  if (number === null || bearing === null || origin === undefined) return null;
  const [lat7, lon7]: Position7 = positionAt(origin, bearing * 1000, number);
  const house = {
    exposed: 'what-if',
    name: nameOf(number),
    kind: 'inhabited' as const,
    route: null,
    usersPerDay: null,
    isBarricaded: null,
  };
  return {
    exposed: [{ ...house, hasProtectiveRoof: null, people: null, shape: { kind: 'point', points: [[lat7, lon7]] }, isActive: true }],
  };
}
