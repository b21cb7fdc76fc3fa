/** What surveys and checklists of storehouses say, place by place: the facts are few, so a site is read at once. */
import type { StoreFacts } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import type { StorehouseBook } from '../../../shared/rules/storehouse/book.ts';
import { type ChecklistFacts, checkChecklists } from '../../../shared/rules/storehouse/checklists.ts';
import { checkMeasures, type MeasuredPlace, type MeasuredStore } from '../../../shared/rules/storehouse/measures.ts';
import type { Ledger } from '../ledger.ts';
import { listApprovals, listStructures } from '../repositories/site.ts';
import { listChecklistsOfSite, listStoragePlaces, listSurveys } from '../repositories/surveys.ts';
import { storehouseBook } from '../rules/books.ts';

type Reader = Readonly<{
  /** A storehouse with its bays, or one place outside every storehouse. */
  stores: readonly Readonly<{ store: string; isStorehouse: boolean; places: readonly string[] }>[];
  measured: (place: string, hasStock: boolean) => MeasuredPlace;
  walked: (place: string) => ReadonlyMap<string, ChecklistFacts>;
}>;

/** Everything that the rules of practice ask for at one site, as of a day. */
function readPractice(ledger: Ledger, site: string, today: string): Reader {
  const structures = listStructures(ledger, site);
  const approvals = Map.groupBy(listApprovals(ledger, site, today), ({ place }) => place);
  const latest = new Map(listSurveys(ledger, site).map((survey) => [survey.place, survey]));
  const records = Map.groupBy(listChecklistsOfSite(ledger, site), ({ place }) => place);
  const places = listStoragePlaces(ledger, site);
  return {
    stores: [...Map.groupBy(places, ({ store, place }) => store ?? place)].map(([store, within]) => ({
      store,
      isStorehouse: within.some(({ place, kind }) => place === store && kind === 'store'),
      places: within.map(({ place }) => place),
    })),
    measured: (place, hasStock) => {
      const structure = structures.get(place);
      return {
        place,
        construction: structure?.construction ?? null,
        conditionsMet: [...(structure?.conditionsMet ?? []), ...(approvals.get(place) ?? []).flatMap(({ conditions }) => conditions)],
        stackHeightMaxMm: structure?.stackHeightMaxMm ?? null,
        hasStock,
        survey: latest.get(place) ?? null,
      };
    },
    walked: (place) => new Map((records.get(place) ?? []).map((record) => [record.checklist, record])),
  };
}

const measuredStore = (reader: Reader, store: string, places: readonly string[], stocked: ReadonlySet<string>): MeasuredStore => ({
  store: reader.measured(store, stocked.has(store)),
  bays: places.filter((place) => place !== store).map((place) => reader.measured(place, stocked.has(place))),
});

function findingsOf(reader: Reader, of: Reader['stores'][number], stocked: ReadonlySet<string>, today: string, book: StorehouseBook) {
  const { store, isStorehouse, places } = of;
  const hasStock = places.some((place) => stocked.has(place));
  return [
    ...checkMeasures(measuredStore(reader, store, places, stocked), book, today),
    ...(isStorehouse ? checkChecklists({ place: store, hasStock, latest: reader.walked(store) }, book, today) : []),
  ];
}

/** @param stocked Places of the site where something lies. */
export function practiceFindings(ledger: Ledger, site: string, stocked: ReadonlySet<string>, today: string): readonly Finding[] {
  const reader = readPractice(ledger, site, today);
  return reader.stores.flatMap((of) => findingsOf(reader, of, stocked, today, storehouseBook()));
}

/** The storehouse of a place, or the place outside every storehouse, as the rules see it; undefined where there is none. */
export function measuredAt(ledger: Ledger, site: string, place: string, today: string): MeasuredStore | undefined {
  const reader = readPractice(ledger, site, today);
  const of = reader.stores.find(({ places }) => places.includes(place));
  return of && measuredStore(reader, of.store, of.places, new Set());
}

const stockedIn = ({ lines }: StoreFacts): ReadonlySet<string> =>
  new Set(lines.filter(({ quantity }) => quantity > 0).map(({ place }) => place));

/**
 * The findings of one storehouse before and after something arrives at a place of it. Where something lay there already
 * nothing can change, and nothing is read.
 */
export function practiceAround(
  ledger: Ledger,
  site: string,
  place: string,
  [before, after]: readonly [StoreFacts, StoreFacts],
  today: string,
): Readonly<{ before: readonly Finding[]; after: readonly Finding[] }> {
  const [stockedBefore, stockedAfter] = [stockedIn(before), stockedIn(after)];
  if (stockedBefore.has(place) || !stockedAfter.has(place)) return { before: [], after: [] };
  const reader = readPractice(ledger, site, today);
  const of = reader.stores.find(({ places }) => places.includes(place));
  if (of === undefined) return { before: [], after: [] };
  const findings = (stocked: ReadonlySet<string>) => findingsOf(reader, of, stocked, today, storehouseBook());
  return { before: findings(stockedBefore), after: findings(stockedAfter) };
}
