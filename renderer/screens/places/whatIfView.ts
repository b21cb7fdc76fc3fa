import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { LicenceView } from '../../../shared/contract/siteViews.ts';
import type { GoverningLimit, Position7, Shape, Structure } from '../../../shared/domain/site.ts';
import { distanceMm, positionAt } from '../../../shared/rules/geometry/geometry.ts';

export const questions = ['stock', 'house', 'door', 'barricade'] as const;
export type Question = (typeof questions)[number];

/** What is typed; which of the fields count depends on the question. */
export type Asked = Readonly<{
  question: Question;
  item: string;
  quantity: string;
  /** A house is named by how far and which way from the place, or by where it stands. */
  houseBy: 'distance' | 'position';
  kind: 'inhabited' | 'vulnerable';
  metres: string;
  bearing: string;
  latitude: string;
  longitude: string;
  front: string;
  barricade: 'yes' | 'no';
}>;
export const nothingAsked: Asked = {
  question: 'stock',
  item: '',
  quantity: '',
  houseBy: 'distance',
  kind: 'inhabited',
  metres: '',
  bearing: '',
  latitude: '',
  longitude: '',
  front: '',
  barricade: 'yes',
};

/** The place that a question is about: this one, or another of the site. */
export type WhatIfPlace = Pick<LicenceView, 'place' | 'structure' | 'shape'>;

const wholeOf = (text: string, most: number): number | null =>
  /^[0-9]{1,10}$/.test(text.trim()) && Number(text) <= most ? Number(text) : null;

/** Decimal degrees, with a point or a comma, to whole 1e-7 degrees. */
export function degrees7Of(text: string, most: number): number | null {
  if (!/^[-+]?\d{1,3}([.,]\d{1,10})?$/.test(text.trim())) return null;
  const degrees = Number(text.trim().replace(',', '.'));
  return Math.abs(degrees) <= most ? Math.round(degrees * 1e7) : null;
}

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

function structureWith(at: WhatIfPlace, part: Partial<Structure>): InputOf<'site.whatIf'> {
  const { site: _site, ...known } = at.structure ?? { site: '', ...unknownStructure(at.place) };
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

/** Midway between the outermost points: near enough to where a building is thought to be. */
function middleOf({ points }: Shape): Position7 {
  const [lats, lons] = [points.map(([lat7]) => lat7), points.map(([, lon7]) => lon7)];
  return [Math.round((Math.min(...lats) + Math.max(...lats)) / 2), Math.round((Math.min(...lons) + Math.max(...lons)) / 2)];
}

/**
 * Where a house stands that is so far from a building in a direction from its middle. The distance is measured as the
 * rules do, from the nearest wall, and is never less than what was asked for, by a millimetre or two at most more.
 */
export function housePosition(building: Shape, bearingDeg: number, metres: number): Position7 {
  const middle = middleOf(building);
  const at = (along: number): Position7 => positionAt(middle, bearingDeg * 1000, along);
  const isFar = (along: number): boolean => distanceMm(building, { kind: 'point', points: [at(along)] }) >= metres * 1000;
  let [near, far] = [0, metres + 10];
  while (!isFar(far)) far *= 2;
  for (let step = 0; step < 60 && far - near > 0.005; step += 1) {
    const half = (near + far) / 2;
    if (isFar(half)) far = half;
    else near = half;
  }
  return at(far);
}

function positionOf({ houseBy, metres, bearing, latitude, longitude }: Asked, { shape }: WhatIfPlace): Position7 | null {
  if (houseBy === 'position') {
    const [lat7, lon7] = [degrees7Of(latitude, 90), degrees7Of(longitude, 180)];
    return lat7 === null || lon7 === null ? null : [lat7, lon7];
  }
  const [far, direction] = [wholeOf(metres, 100_000), wholeOf(bearing, 359)];
  return far === null || direction === null || shape === null ? null : housePosition(shape, direction, far);
}

function houseAt([lat7, lon7]: Position7, { kind }: Asked, name: string): InputOf<'site.whatIf'> {
  const untold = { route: null, usersPerDay: null, isBarricaded: null, hasProtectiveRoof: null, people: null };
  return { exposed: [{ exposed: 'what-if', name, kind, ...untold, shape: { kind: 'point', points: [[lat7, lon7]] }, isActive: true }] };
}

/** What the fields ask for, or null while they do not say it. */
export function changesFor(asked: Asked, at: WhatIfPlace, houseName: string): InputOf<'site.whatIf'> | null {
  switch (asked.question) {
    case 'stock': {
      const [item, quantity] = [asked.item.trim(), wholeOf(asked.quantity, 10_000_000_000)];
      return item === '' || !quantity ? null : { stock: [{ place: at.place, item, quantity }] };
    }
    case 'barricade':
      return structureWith(at, { isBarricaded: asked.barricade === 'yes' });
    case 'door': {
      const front = wholeOf(asked.front, 359);
      return front === null ? null : structureWith(at, { frontMdeg: front * 1000 });
    }
    case 'house': {
      const position = positionOf(asked, at);
      return position === null ? null : houseAt(position, asked, houseName);
    }
  }
}

export type LimitChange = Readonly<{ division: string; before: GoverningLimit | null; after: GoverningLimit | null; differs: boolean }>;
/** Every division of a place, before and after; null where its position is not known. */
export function limitChanges(before: readonly GoverningLimit[] | null, after: readonly GoverningLimit[] | null): readonly LimitChange[] {
  const divisions = (after ?? before ?? []).map(({ division }) => division);
  return divisions.map((division) => {
    const [now, then] = [before, after].map((limits) => limits?.find((each) => each.division === division) ?? null);
    return { division, before: now ?? null, after: then ?? null, differs: now?.limitKg !== then?.limitKg };
  });
}
