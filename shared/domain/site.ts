/** Where things stand and what stands around them. Positions are whole 1e-7 degrees, WGS84. */

/** Latitude and longitude in units of 1e-7 degree. */
export type Position7 = readonly [lat7: number, lon7: number];
/** One position, a line of two or more, or the ring of an outline (not closed by a repeated first position). */
export type Shape = Readonly<{ kind: 'point' | 'line' | 'polygon'; points: readonly Position7[] }>;

export const rockKinds = ['hardRock', 'sandstone', 'limestone'] as const;
export type RockKind = (typeof rockKinds)[number];
/** A chamber in the rock, as far as it is known. */
export type Underground = Readonly<{
  rock: RockKind | null;
  /** The least cover above the chamber. */
  coverMm: number | null;
  chamberVolumeM3: number | null;
  tunnelVolumeM3: number | null;
  /** Cross section of the tunnel at its mouth: area and circumference. */
  tunnelAreaDm2: number | null;
  tunnelPerimeterMm: number | null;
  /** Construction that keeps spall from the next chamber. */
  hasProtectiveConstruction: boolean | null;
}>;

export const constructions = [
  'ecm7bar',
  'ecm3bar',
  'ecm',
  'reinforced',
  'semiReinforced',
  'medium',
  'light',
  'open',
  'process',
  'berth',
  'underground',
] as const;
/** How a building is made; it decides the column as a potential explosion site and the row as an exposed one. */
export type Construction = (typeof constructions)[number];

/** What the distances and the storehouse sheet need to know of a place. `null` is unknown and is assumed worst. */
export type Structure = Readonly<{
  site: string;
  place: string;
  construction: Construction | null;
  isBarricaded: boolean | null;
  hasProtectiveRoof: boolean | null;
  /** Bearing from north to which the front (the door) faces, in thousandths of a degree. */
  frontMdeg: number | null;
  shape: Shape | null;
  /** Ids of conditions of distance cells that were found to be met. */
  conditionsMet: readonly string[];
  /** The last day of each of them. One without a day counts as not met: nobody knows whether it still is. */
  conditionsUntil?: Readonly<Record<string, string>>;
  people: number | null;
  floorLoadMaxKgPerM2: number | null;
  stackHeightMaxMm: number | null;
  floorAreaDm2: number | null;
  /** Null where it stands above the ground. */
  underground: Underground | null;
}>;

export const exposedKinds = [
  'inhabited',
  'vulnerable',
  'route',
  'officeSmall',
  'officeLarge',
  'process',
  'powerSuper',
  'powerNormal',
  'powerMinor',
  'fuelProtected',
  'fuelVital',
  'fuelMinor',
  'fuelSmall',
  'marshallingYard',
  'waterPoint',
  'inertStore',
  'vessel',
  'mannedVessel',
  'passengerTerminal',
  'canteenSmall',
  'canteenLarge',
  'militaryOpen',
] as const;
export type ExposedKind = (typeof exposedKinds)[number];
export const routeKinds = ['road', 'rail', 'waterway', 'path'] as const;
export type RouteKind = (typeof routeKinds)[number];

/** Something outside that an explosion must not reach: a house, a road, a power line. Never deleted: it becomes inactive. */
export type ExposedSite = Readonly<{
  site: string;
  exposed: string;
  name: string;
  /** Null is unknown: the worst row counts. */
  kind: ExposedKind | null;
  route: RouteKind | null;
  /** Vehicles, passengers or people a day; decides the density of a route. */
  usersPerDay: number | null;
  isBarricaded: boolean | null;
  hasProtectiveRoof: boolean | null;
  people: number | null;
  shape: Shape;
  isActive: boolean;
  /** A marshalling yard used on more than one day a week, or for 1.1. Null is unknown: it counts as busy. */
  isBusyYard: boolean | null;
}>;

/** One line of an issued licence: what it allows of a division and what set the limit. */
export type GoverningLimit = Readonly<{
  division: string;
  /** Null: nothing around sets a limit. */
  limitKg: number | null;
  exposed: string | null;
  exposedName: string | null;
  functionId: string | null;
  requiredM: number | null;
  /** Whole metres, rounded down. */
  actualM: number | null;
  /**
   * Conditions without which it would be less, each with its last day (null: an older one, recorded without an end), and
   * whether it was entered with the building. Absent: none.
   */
  restsOn?: readonly Readonly<{ id: string; words: string; until: string | null; isOfBuilding?: boolean }>[];
}>;
