/**
 * Which natures may lie in one storehouse. Pairs are judged over the whole store: bays are not fire compartments unless
 * an authority says so, and then the condition is recorded.
 */
import type { CompatibilityGroup, ItemForm } from '../domain/model.ts';
import { approvedBy } from './approved.ts';
import { classificationOf, formOf, isLegalCode, parseHazardCode } from './classification.ts';
import type { StoreFacts, StoreLine } from './facts.ts';
import type { Finding } from './finding.ts';
import type { MixRow, MixVerdict, RulePack, RuleRow } from './pack.ts';
import { compareVerdicts, pairKey } from './pack.ts';
import { findingFrom } from './ruleFinding.ts';
import { sternerCell } from './strictest.ts';

/** Natures that the tables cannot tell apart, with the bays they lie in. `group` is null where the code is unknown. */
type StockClass = { group: CompatibilityGroup | null; form: ItemForm | null; itemsByPlace: Map<string, Set<string>> };
/** The cell that governs a pair. `isFormAssumed`: it is this stern only because the form of an item is not known. */
type Ruling = Readonly<{ row: RuleRow; verdict: MixVerdict; cell: MixRow | null; isFormAssumed: boolean }>;
type Trouble = { ruling: Ruling; place: string; subjects: Set<string> };

/**
 * Findings `mix.*`: one for each place and cell of the table. The place is the bay where both sides lie in it, and the
 * store where they lie in different bays. An item of unknown or illegal code lies with nothing else (`mix.unknown`).
 *
 * A conditional cell stops until every note of it is approved for that very place; then it informs (`mix.approved`).
 *
 * @source rows `mix.articles.*` and `mix.substances.*`; where a form is unknown, the sterner of the two cells.
 */
export function checkMixing(store: StoreFacts, pack: RulePack): readonly Finding[] {
  const classes = groupIntoClasses(store.lines, pack);
  const troubles = new Map<string, Trouble>();
  for (const [i, a] of classes.entries()) {
    for (const b of classes.slice(i)) {
      const ruling = rule(a, b, pack);
      if (ruling.verdict !== 'permitted') noteTroubles(troubles, store.store, ruling, a, b);
    }
  }
  return [...troubles.values()].map((trouble) => toFinding(trouble, store));
}

function groupIntoClasses(lines: readonly StoreLine[], pack: RulePack): readonly StockClass[] {
  const classes = new Map<string, StockClass>();
  for (const { item, place, quantity } of lines) {
    if (quantity <= 0) continue;
    const group = classificationOf(item, pack)?.group ?? null;
    const form = group === null ? null : formOf(group, item.form);
    const key = `${group}|${form}`;
    const found = classes.get(key) ?? { group, form, itemsByPlace: new Map<string, Set<string>>() };
    classes.set(key, found);
    const items = found.itemsByPlace.get(place) ?? new Set<string>();
    found.itemsByPlace.set(place, items.add(item.item));
  }
  return [...classes.values()];
}

type ClassKey = Pick<StockClass, 'group' | 'form'>;

function rule(a: ClassKey, b: ClassKey, pack: RulePack): Ruling {
  if (a.group === null || b.group === null)
    return { row: pack.rules['mix.unknown'], verdict: 'prohibited', cell: null, isFormAssumed: false };
  const key = pairKey(a.group, b.group);
  const asArticles = pack.articles.get(key);
  // No cell means that nobody looked the pair up: readPack refuses such a pack, and here it would be a stop.
  if (asArticles === undefined) return { row: pack.rules['mix.unknown'], verdict: 'prohibited', cell: null, isFormAssumed: false };
  const asSubstances = pack.substances.get(key);
  if (asSubstances === undefined || (a.form === 'article' && b.form === 'article')) return ruling(asArticles, false);
  if (a.form === 'substance' && b.form === 'substance') return ruling(asSubstances, false);
  // An article with a substance is in neither table, and an unknown form may be either: the sterner cell holds.
  const sterner = sternerCell(asArticles, asSubstances);
  const isFormUnknown = a.form === null || b.form === null;
  return ruling(sterner, isFormUnknown && compareVerdicts(sterner.verdict, asArticles.verdict) > 0);
}

const ruling = (cell: MixRow, isFormAssumed: boolean): Ruling => ({ row: cell, verdict: cell.verdict, cell, isFormAssumed });

function noteTroubles(troubles: Map<string, Trouble>, store: string, found: Ruling, a: StockClass, b: StockClass): void {
  for (const [place, items] of a.itemsByPlace) {
    noteTrouble(troubles, found, place, concernedWithin(items, b.itemsByPlace.get(place)));
  }
  noteTrouble(troubles, found, store, [...concernedAcross(a, b), ...concernedAcross(b, a)]);
}

/** Everybody in one bay, where at least two different natures meet there. */
function concernedWithin(left: ReadonlySet<string>, right: ReadonlySet<string> | undefined): readonly string[] {
  if (right === undefined) return [];
  const all = new Set([...left, ...right]);
  return all.size > 1 ? [...all] : [];
}

/** The items of `a` that another nature of `b` faces from a different bay. */
function concernedAcross(a: StockClass, b: StockClass): readonly string[] {
  const placeCounts = new Map<string, number>();
  for (const items of b.itemsByPlace.values()) for (const item of items) placeCounts.set(item, (placeCounts.get(item) ?? 0) + 1);
  return [...a.itemsByPlace].flatMap(([place, items]) => {
    const here = b.itemsByPlace.get(place);
    const elsewhere = [...placeCounts].filter(([item, count]) => count > (here?.has(item) ? 1 : 0)).map(([item]) => item);
    // Asked once for a bay and not once for an item, so that a full bay stays cheap.
    return [...items].filter((item) => elsewhere.length > 1 || (elsewhere.length === 1 && elsewhere[0] !== item));
  });
}

function noteTrouble(troubles: Map<string, Trouble>, found: Ruling, place: string, subjects: readonly string[]): void {
  if (subjects.length === 0) return;
  const key = `${place}|${found.row.id}`;
  const known = troubles.get(key) ?? { ruling: found, place, subjects: new Set<string>() };
  // One pair whose forms are known makes the verdict more than an assumption.
  if (known.ruling.isFormAssumed) known.ruling = found;
  for (const subject of subjects) known.subjects.add(subject);
  troubles.set(key, known);
}

function toFinding({ ruling: { row, cell, isFormAssumed, verdict }, place, subjects }: Trouble, { approvals }: StoreFacts): Finding {
  if (cell === null) return findingFrom(row, { says: 'mix.unknown', severity: 'stop', place, subjects });
  const approved = verdict === 'conditional' ? approvedBy(cell, place, approvals) : null;
  const says = approved !== null ? 'mix.approved' : isFormAssumed ? 'mix.formUnknown' : `mix.${verdict}`;
  const facts = { ...cellFacts(cell), ...approved };
  return findingFrom(row, { says, severity: approved === null ? 'stop' : 'info', place, subjects, facts });
}

function cellFacts({ groups: [left, right], verdict, notes }: MixRow): Readonly<Record<string, string>> {
  return { left, right, verdict, notes: notes.map((note) => note.id).join(','), asks: notes.map((note) => note.words).join('; ') };
}

export type MixPair = Readonly<{ a: string; b: string; verdict: MixVerdict; condition: string | null; source: string }>;
export type MixAnswer = Readonly<{ verdict: MixVerdict; pairs: readonly MixPair[] }>;

/**
 * The answer of `depot rules mix`: every pair of the codes, each code being a nature of its own and taken as an article.
 * The verdict is the sternest of the pairs; an unknown or illegal code is prohibited, with anything and alone.
 */
export function mixCodes(codes: readonly string[], pack: RulePack): MixAnswer {
  const pairs = codes.flatMap((a, i) => codes.slice(i + 1).map((b) => judgePair(a, b, pack)));
  if (codes.some((code) => !isLegalCode(code, pack))) return { verdict: 'prohibited', pairs };
  const verdict = pairs.reduce<MixVerdict>((worst, pair) => (compareVerdicts(pair.verdict, worst) > 0 ? pair.verdict : worst), 'permitted');
  return { verdict, pairs };
}

function judgePair(a: string, b: string, pack: RulePack): MixPair {
  const classOf = (code: string): ClassKey => ({
    group: isLegalCode(code, pack) ? (parseHazardCode(code)?.group ?? null) : null,
    form: 'article',
  });
  const { row, verdict, cell } = rule(classOf(a), classOf(b), pack);
  const condition = cell === null || cell.notes.length === 0 ? null : cell.notes.map((note) => note.words).join('; ');
  return { a, b, verdict, condition, source: row.source };
}
