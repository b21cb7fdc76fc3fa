/** What surveys and checklists of storehouses say, place by place. */
import { type Construction, constructions, type Structure } from '../../../shared/domain/site.ts';
import type { StoreFacts } from '../../../shared/rules/facts.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import { type ChecklistFacts, checkChecklists } from '../../../shared/rules/storehouse/checklists.ts';
import { checkMeasures, type MeasuredPlace, type MeasuredStore, type SurveyFacts } from '../../../shared/rules/storehouse/measures.ts';
import type { Ledger } from '../ledger.ts';
import { listApprovals, listStructures } from '../repositories/site.ts';
import { findFound, findLatestChecklist, latestChecklists, listFound, listStoragePlaces } from '../repositories/surveys.ts';
import { storehouseBook } from '../rules/books.ts';

/** A storehouse with its bays, or one place outside every storehouse. */
type Storage = Readonly<{ store: string; isStorehouse: boolean; places: readonly string[] }>;
type Reader = Readonly<{
  storages: readonly Storage[];
  measured: (place: string, hasStock: boolean) => MeasuredPlace;
  walked: (place: string) => ReadonlyMap<string, ChecklistFacts>;
}>;

/** The type of a place says how it is built where nobody entered it, as it does for distances. */
const constructionOf = (type: string | null | undefined): Construction | null => constructions.find((each) => each === type) ?? null;

/** What surveys found at each place, and the latest of each of its checklists. */
type Latest = Readonly<{
  foundAt: (place: string) => SurveyFacts | null;
  checklistOf: (place: string, checklist: string) => ChecklistFacts | undefined;
}>;
/** For one storehouse: read when it is asked for. */
const latestOnDemand = (ledger: Ledger, site: string): Latest => ({
  foundAt: (place) => findFound(ledger, site, place),
  checklistOf: (place, checklist) => findLatestChecklist(ledger, site, place, checklist),
});
/** For a whole site: read at once. */
function latestOfSite(ledger: Ledger, site: string): Latest {
  const [found, checklists] = [listFound(ledger, site), latestChecklists(ledger, site)];
  return { foundAt: (place) => found.get(place) ?? null, checklistOf: (place, checklist) => checklists.get(`${place}\n${checklist}`) };
}

type Built = Omit<Structure, 'site'>;
/** @param built What stands instead of what does, where somebody asks what would be. */
function readPractice(ledger: Ledger, site: string, today: string, latest: Latest, built: readonly Built[] = []): Reader {
  const structures = new Map<string, Built>([...listStructures(ledger, site), ...built.map((each) => [each.place, each] as const)]);
  const approvals = Map.groupBy(listApprovals(ledger, site, today), ({ place }) => place);
  const places = listStoragePlaces(ledger, site);
  const types = new Map(places.map(({ place, type }) => [place, type]));
  return {
    storages: [...Map.groupBy(places, ({ store, place }) => store ?? place)].map(([store, within]) => ({
      store,
      isStorehouse: within.some(({ place, kind }) => place === store && kind === 'store'),
      places: within.map(({ place }) => place),
    })),
    measured: (place, hasStock) => {
      const structure = structures.get(place);
      return {
        place,
        construction: structure?.construction ?? constructionOf(types.get(place)),
        conditionsMet: [...(structure?.conditionsMet ?? []), ...(approvals.get(place) ?? []).flatMap(({ conditions }) => conditions)],
        stackHeightMaxMm: structure?.stackHeightMaxMm ?? null,
        hasStock,
        survey: latest.foundAt(place),
      };
    },
    walked: (place) =>
      new Map(
        storehouseBook().checklists.flatMap(({ id }) => {
          const record = latest.checklistOf(place, id);
          return record === undefined ? [] : [[id, record] as const];
        }),
      ),
  };
}

const measuredStore = (reader: Reader, { store, places }: Storage, stocked: ReadonlySet<string>): MeasuredStore => ({
  store: reader.measured(store, stocked.has(store)),
  bays: places.filter((place) => place !== store).map((place) => reader.measured(place, stocked.has(place))),
});

function findingsOf(reader: Reader, storage: Storage, stocked: ReadonlySet<string>, today: string): readonly Finding[] {
  const { store, isStorehouse, places } = storage;
  const hasStock = places.some((place) => stocked.has(place));
  const measured = checkMeasures(measuredStore(reader, storage, stocked), storehouseBook(), today);
  if (!isStorehouse) return measured;
  return [...measured, ...checkChecklists({ place: store, hasStock, latest: reader.walked(store) }, storehouseBook(), today)];
}

/** @param stocked Places of the site where something lies. */
export function practiceFindings(ledger: Ledger, site: string, stocked: ReadonlySet<string>, today: string): readonly Finding[] {
  const reader = readPractice(ledger, site, today, latestOfSite(ledger, site));
  return reader.storages.flatMap((storage) => findingsOf(reader, storage, stocked, today));
}

/** The storehouse of a place, or the place outside every storehouse, as the rules see it; undefined where there is none. */
export function measuredAt(ledger: Ledger, site: string, place: string, today: string): MeasuredStore | undefined {
  const reader = readPractice(ledger, site, today, latestOnDemand(ledger, site));
  const storage = reader.storages.find(({ places }) => places.includes(place));
  return storage && measuredStore(reader, storage, new Set());
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
  const reader = readPractice(ledger, site, today, latestOnDemand(ledger, site));
  const storage = reader.storages.find(({ places }) => places.includes(place));
  if (storage === undefined) return { before: [], after: [] };
  return { before: findingsOf(reader, storage, stockedBefore, today), after: findingsOf(reader, storage, stockedAfter, today) };
}

/**
 * The findings of storehouses and of ground, by code, before and after stock lies there or another building stands.
 *
 * @param changed By place, what lies there before and after.
 */
export function practiceIf(
  ledger: Ledger,
  changed: ReadonlyMap<string, readonly [before: StoreFacts, after: StoreFacts]>,
  built: readonly Built[],
  today: string,
): Readonly<{ before: readonly Finding[]; after: readonly Finding[] }> {
  const latest = latestOnDemand(ledger, ledger.site);
  const [now, then] = [[], built].map((each) => readPractice(ledger, ledger.site, today, latest, each)) as [Reader, Reader];
  const found = (reader: Reader, at: 0 | 1) =>
    [...changed].flatMap(([place, facts]) => {
      const storage = reader.storages.find(({ places }) => places.includes(place));
      return storage === undefined ? [] : findingsOf(reader, storage, stockedIn(facts[at]), today);
    });
  return { before: found(now, 0), after: found(then, 1) };
}
