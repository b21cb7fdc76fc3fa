import type { EntryData, EntryType, RecordedEntry } from '../../../shared/domain/entries.ts';
import { UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import { revisePlan, SITE_FOLDS } from './siteFolds.ts';
import type { ProjectionStore } from './store.ts';
import { SYNC_FOLDS } from './syncFolds.ts';

/** One fold per type of entry. Pure but for the store: no clock, no id, no query; a replay must give the same rows. */
export type Fold<T extends EntryType> = (store: ProjectionStore, data: EntryData[T], entry: RecordedEntry) => void;

const isOutside = (place: string) => place.startsWith('ext:');

/** The storehouse whose licence counts for a place: itself, or the nearest store above it. */
function storeOf(store: ProjectionStore, site: string, place: EntryData['place.put']): string | null {
  if (place.kind === 'store') return place.place;
  if (place.kind !== 'bay' || place.parent === null) return null;
  return store.get('place', { site, place: place.parent })?.store ?? null;
}

const holdingKey = (site: string, data: EntryData['movement.posted'], place: string, condition: string) => ({
  site,
  lotId: data.lotId,
  place,
  condition,
  owner: data.owner,
  holder: data.holder,
});

function addToPlaceItem(store: ProjectionStore, site: string, item: string, place: string, quantity: number): void {
  if (isOutside(place) || store.get('place', { site, place })?.kind === 'external') return;
  store.add('placeItem', { site, place, item }, quantity);
}

const postMovement: Fold<'movement.posted'> = (store, data, { site, stream, seq, recordedAtMs, person, second }) => {
  store.put('movement', {
    stream,
    seq,
    site,
    id: data.id,
    kind: data.kind,
    lotId: data.lotId,
    fromPlace: data.from,
    toPlace: data.to,
    quantity: data.quantity,
    fromCondition: data.fromCondition,
    condition: data.condition,
    owner: data.owner,
    holder: data.holder,
    voucher: data.voucher,
    happenedAtMs: data.happenedAtMs,
    recordedAtMs,
    person,
    second,
    reason: data.reason,
    reverses: data.reverses,
    consignment: data.consignment ?? null,
  });
  store.add('holding', holdingKey(site, data, data.from, data.fromCondition), -data.quantity);
  store.add('holding', holdingKey(site, data, data.to, data.condition), data.quantity);
  const item = data.from === data.to ? undefined : store.get('lot', { site, lotId: data.lotId })?.item;
  if (item === undefined) return;
  addToPlaceItem(store, site, item, data.from, -data.quantity);
  addToPlaceItem(store, site, item, data.to, data.quantity);
};

const FOLDS: { [T in EntryType]: Fold<T> } = {
  'depot.opened': (store, data) => store.put('site', { site: data.site, name: data.name, role: data.role }),
  'person.put': (store, data, { site, stream }) =>
    store.put('person', {
      stream,
      site,
      person: data.person,
      publicKey: data.publicKey,
      slot: data.slot,
      roles: JSON.stringify(data.roles),
      isActive: data.isActive ? 1 : 0,
    }),
  'recovery.set': (store, data, { site }) => store.put('setting', { site, name: 'recoverySlot', value: data.slot }),
  'item.put': (store, data, { site }) => store.put('item', { site, ...UNTOLD_ITEM_FACTS, ...data }),
  'place.put': (store, data, { site, stream, seq }) => {
    store.put('place', { site, ...data, store: storeOf(store, site, data) });
    revisePlan(store, site, stream, seq);
  },
  'licence.set': (store, { place, division, limitG }, { site }) =>
    limitG === null ? store.remove('licence', { site, place, division }) : store.put('licence', { site, place, division, limitG }),
  'lot.put': (store, data, { site }) => store.put('lot', { site, ...data }),
  'movement.posted': postMovement,
  'restriction.set': (store, data, { site }) => store.put('restriction', { site, ...data, liftedAtMs: null }),
  'restriction.lifted': (store, { id, liftedAtMs }, { site }) => {
    const row = store.get('restriction', { site, id });
    if (row !== undefined) store.put('restriction', { ...row, liftedAtMs });
  },
  'requirement.put': (store, data, { site }) => store.put('requirement', { site, ...data }),
  'pack.chosen': (store, { pack }, { site }) => store.put('setting', { site, name: 'pack', value: pack }),
  'policy.set': (store, { family, kind, mode }, { site }) => store.put('setting', { site, name: `policy.${family}.${kind}`, value: mode }),
  'waiver.granted': (store, { division = null, quantityMaxG = null, ...data }, { site, person, second }) =>
    store.put('waiver', { site, ...data, division, quantityMaxG, person, second: second ?? '', withdrawnAtMs: null }),
  ...SITE_FOLDS,
  ...SYNC_FOLDS,
  'depot.rekeyed': () => undefined,
  'access.failed': () => undefined,
};

/** Types that this program knows; it folds the first version of each. */
export const KNOWN_TYPES: readonly string[] = Object.keys(FOLDS).sort();
/** Begins the setting that counts the entries of a journal which this program does not know: the account is incomplete. */
export const NOT_UNDERSTOOD = 'notUnderstood.';

function noteNotUnderstood(store: ProjectionStore, { site, stream }: RecordedEntry): void {
  const name = `${NOT_UNDERSTOOD}${stream}`;
  const known = store.get('setting', { site, name });
  store.put('setting', { site, name, value: String(Number(known?.value ?? 0) + 1) });
}

/**
 * Folds one entry into the projections. One of a type or version that this program does not know changes nothing but the
 * count of such entries.
 */
export function project(store: ProjectionStore, entry: RecordedEntry, tv = 1): void {
  const fold = tv === 1 && Object.hasOwn(FOLDS, entry.type) ? (FOLDS[entry.type] as Fold<EntryType>) : null;
  if (fold === null) {
    noteNotUnderstood(store, entry);
    return;
  }
  // Whose entry it is says the journal that it stands in: no device writes for another site.
  const data = 'site' in entry.data ? { ...entry.data, site: entry.site } : entry.data;
  fold(store, data as never, entry);
}
