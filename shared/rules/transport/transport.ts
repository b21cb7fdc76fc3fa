/** What may travel on one vehicle: a table of its own, which says nothing of storage, as the storage tables say nothing of it. */
import { type CompatibilityGroup, type HazardDivision, UNTOLD_ITEM_FACTS } from '../../domain/model.ts';
import { classificationOf } from '../classification.ts';
import type { ItemFacts } from '../facts.ts';
import type { MixVerdict, RulePack, RuleRow } from '../pack.ts';
import { compareVerdicts, pairKey } from '../pack.ts';

export type TransportNote = Readonly<{ id: string; words: string }>;
export type TransportRow = RuleRow &
  Readonly<{ groups: readonly [CompatibilityGroup, CompatibilityGroup]; verdict: MixVerdict; notes: readonly TransportNote[] }>;
/** Keyed by `pairKey`; every pair is there. */
export type TransportTable = ReadonlyMap<string, TransportRow>;

/** `row` is null where the code of one side is unknown or not legal: it travels with nothing. */
export type LoadPair = Readonly<{ a: string; b: string; verdict: MixVerdict; row: TransportRow | null }>;
export type LoadAnswer = Readonly<{
  verdict: MixVerdict;
  pairs: readonly LoadPair[];
  /** How the whole load is marked; null where it may not travel together, or the table names no joint class. */
  countsAs: Readonly<{ division: HazardDivision; group: CompatibilityGroup }> | null;
}>;

/** Every pair of different natures on one vehicle; the verdict is the sternest. The order of the items does not count. */
export function checkLoad(items: readonly ItemFacts[], table: TransportTable, pack: RulePack): LoadAnswer {
  const natures = [...new Map(items.map((item) => [item.item, item])).values()].sort((a, b) => (a.item < b.item ? -1 : 1));
  const pairs = natures.flatMap((a, at) => natures.slice(at + 1).map((b) => judge(a, b, table, pack)));
  const isUnknown = natures.some((item) => classificationOf(item, pack) === null);
  const worst = pairs.reduce<MixVerdict>((found, pair) => (compareVerdicts(pair.verdict, found) > 0 ? pair.verdict : found), 'permitted');
  const verdict = isUnknown ? 'prohibited' : worst;
  return { verdict, pairs, countsAs: verdict === 'prohibited' ? null : jointClass(natures, pack) };
}

function judge(a: ItemFacts, b: ItemFacts, table: TransportTable, pack: RulePack): LoadPair {
  const [left, right] = [classificationOf(a, pack), classificationOf(b, pack)];
  const row = left === null || right === null ? null : (table.get(pairKey(left.group, right.group)) ?? null);
  // What travels with L is identical to it, and two natures are not.
  const isIdenticalOnly = row?.notes.some(({ id }) => id === 'identicalOnly') === true;
  return { a: a.item, b: b.item, verdict: row === null || isIdenticalOnly ? 'prohibited' : row.verdict, row };
}

/** The worst first. The rule says the lower-numbered, which would make 1.4 of a load with 1.5: 1.5 and 1.6 stand where they act. */
const WORST_FIRST: readonly HazardDivision[] = ['1.1', '1.5', '1.2', '1.3', '1.6', '1.4'];

/** The worst division; any mix of C, D and E is E; N among them is D; S goes with what it lies with. */
function jointClass(natures: readonly ItemFacts[], pack: RulePack): LoadAnswer['countsAs'] {
  const classes = natures.flatMap((item) => classificationOf(item, pack) ?? []);
  const divisions = new Set(classes.map(({ division }) => division));
  const isMassExploding = divisions.has('1.5') && divisions.has('1.2');
  const worst = WORST_FIRST.find((division) => divisions.has(division));
  const all = new Set(classes.map(({ group }) => group));
  const named = [...all].filter((group) => group !== 'S' || all.size === 1);
  const isMain = (group: CompatibilityGroup): boolean => group === 'C' || group === 'D' || group === 'E';
  const joined = new Set(named.map((group) => (group === 'N' && named.some(isMain) ? 'D' : group)));
  const group = joined.size > 1 && [...joined].every(isMain) ? 'E' : joined.size === 1 ? [...joined][0] : undefined;
  return worst === undefined || group === undefined ? null : { division: isMassExploding ? '1.1' : worst, group };
}

/** The answer of `depot rules transport`: each code is a nature of its own. */
export function loadOfCodes(codes: readonly string[], table: TransportTable, pack: RulePack): LoadAnswer {
  const unknown = { un: null, subdivision: null, form: null, neqG: null, heNeqG: null, massG: null, ...UNTOLD_ITEM_FACTS };
  const items = codes.map((code, at): ItemFacts => ({ ...unknown, item: `${at + 1}. ${code}`, hazardCode: code }));
  return checkLoad(items, table, pack);
}
