/** A building of which nobody has recorded anything. */
export const UNKNOWN_BUILDING = {
  construction: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: null,
  conditionsMet: [],
  people: null,
  stackHeightMaxMm: null,
};
