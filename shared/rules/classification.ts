/** Hazard codes: what they say, whether they are legal, and what is assumed where something is missing. */
import type { CompatibilityGroup, HazardDivision, ItemForm, LicenceDivision, Subdivision } from '../domain/model.ts';
import type { Classification, ItemFacts } from './facts.ts';
import type { RulePack, SummedDivision } from './pack.ts';
import { substanceGroups } from './pack.ts';

const hazardCodeForm = /^(1\.[1-6])([A-HJKLNS])$/;
const storageCodeForm = /^(1\.[1-6])(?:\.([1-3]))?([A-HJKLNS])$/;

/**
 * Reads a code as written on the package, for instance `1.1D`. Whether the combination is legal is another question.
 *
 * @returns null where the text is no hazard code.
 */
export function parseHazardCode(text: string): Classification | null {
  const [, division, group] = hazardCodeForm.exec(text) ?? [];
  if (division === undefined || group === undefined) return null;
  return { division: division as HazardDivision, group: group as CompatibilityGroup };
}

/** The same, where the code may carry its storage sub-division: `1.2.1D`. */
export function parseStorageCode(text: string): Readonly<Classification & { subdivision: Subdivision | null }> | null {
  const [, division, part, group] = storageCodeForm.exec(text) ?? [];
  const classification = parseHazardCode(`${division}${group}`);
  if (classification === null) return null;
  if (part === undefined) return { ...classification, subdivision: null };
  const known = (['1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2'] as const).find((each) => each === `${division}.${part}`);
  return known === undefined ? null : { ...classification, subdivision: known };
}

/** Whether the code is one of the legal combinations of division and group. @source the pack's rows `class.*` */
export const isLegalCode = (code: string, pack: RulePack): boolean => pack.legalCodes.has(code);

/** The classification of an item, or null where its code is unknown or illegal: either way nothing is known of it. */
export function classificationOf(item: ItemFacts, pack: RulePack): Classification | null {
  return item.hazardCode !== null && isLegalCode(item.hazardCode, pack) ? parseHazardCode(item.hazardCode) : null;
}

/**
 * The storage sub-division of a division that has one: the item's own, else by the high explosive in one item against
 * the pack's threshold, else the worst.
 *
 * @returns null for divisions without sub-divisions.
 * @source rows `class.subdivision.*`
 */
export function subdivisionOf(
  division: HazardDivision,
  item: Pick<ItemFacts, 'subdivision' | 'heNeqG'>,
  pack: RulePack,
): Subdivision | null {
  if (division !== '1.2' && division !== '1.3') return null;
  // A sub-division of another division is a slip of the pen and says nothing.
  if (item.subdivision?.startsWith(division)) return item.subdivision;
  const row = pack.subdivisions[division];
  const isSmall = item.heNeqG !== null && row.heNeqPerItemMaxG !== null && item.heNeqG <= row.heNeqPerItemMaxG;
  return isSmall && row.smaller !== null ? row.smaller : row.worst;
}

/** Whether the worst sub-division had to be assumed, because neither it nor a deciding fact is known. */
export function isSubdivisionAssumed(division: HazardDivision, item: ItemFacts, pack: RulePack): boolean {
  if (division !== '1.2' && division !== '1.3') return false;
  return !item.subdivision?.startsWith(division) && (item.heNeqG === null || pack.subdivisions[division].heNeqPerItemMaxG === null);
}

/** Several kinds in one place count as the worst of the division. */
export function joinedSubdivision(
  division: SummedDivision,
  present: ReadonlySet<Subdivision>,
  pack: RulePack,
): SummedDivision | Subdivision {
  if (division === '1.1') return division;
  const [only] = present;
  return present.size === 1 && only !== undefined ? only : pack.subdivisions[division].worst;
}

/** The division whose licence an item counts against: 1.5 and 1.6 by the pack's rows, an unknown code as 1.1. */
export function licenceDivisionOf(classification: Classification | null, pack: RulePack): LicenceDivision {
  if (classification === null) return '1.1';
  const { division } = classification;
  if (division === '1.5' || division === '1.6') return pack.countsAs.get(division)?.countsAs ?? '1.1';
  return division;
}

/**
 * The form that the tables are asked with. Groups that the substances table does not have exist as articles only, so
 * for them an unknown form is known after all.
 */
export function formOf(group: CompatibilityGroup, stated: ItemForm | null): ItemForm | null {
  return substanceGroups.some((each) => each === group) ? stated : 'article';
}
