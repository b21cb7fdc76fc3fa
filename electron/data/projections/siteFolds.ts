import type { EntryData } from '../../../shared/domain/entries.ts';
import { UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import { lifeEndOf } from '../../../shared/domain/shelfLife.ts';
import { canonical, plain } from '../journal/canonical.ts';
import type { Fold } from './project.ts';
import type { ProjectionStore } from './store.ts';

/** Members in their order: the entry that was just made and the one that is read back must give the same text. */
const textOf = (value: unknown): string => canonical(plain(value));
const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** Every entry that changes what a site looks like moves its revision: whoever keeps a plan looks there. */
export const revisePlan = (store: ProjectionStore, site: string, stream: number, seq: number): void =>
  store.put('setting', { site, name: 'planRevision', value: `${stream}.${seq}` });

const SITE_TYPES = [
  'structure.put',
  'exposedSite.put',
  'approval.granted',
  'approval.withdrawn',
  'waiver.withdrawn',
  'licence.issued',
  'pack.put',
  'inspection.recorded',
  'surveillancePlan.put',
  'surveillance.chosen',
  'conditions.chosen',
  'life.changed',
  'climate.logged',
  'checklist.recorded',
  'measures.recorded',
] as const satisfies readonly (keyof EntryData)[];

/** How the site is built, what lies around it, and what was found out about it. */
export const SITE_FOLDS: { [T in (typeof SITE_TYPES)[number]]: Fold<T> } = {
  'structure.put': (store, data, { site, stream, seq }) => {
    const { isBarricaded, hasProtectiveRoof, shape, conditionsMet, conditionsUntil = {}, underground = null, ...rest } = data;
    store.put('structure', {
      site,
      ...rest,
      isBarricaded: flag(isBarricaded),
      hasProtectiveRoof: flag(hasProtectiveRoof),
      shape: shape === null ? null : textOf(shape),
      conditionsMet: textOf(conditionsMet),
      conditionsUntil: textOf(conditionsUntil),
      underground: underground === null ? null : textOf(underground),
    });
    revisePlan(store, site, stream, seq);
  },
  'exposedSite.put': (store, data, { site, stream, seq }) => {
    const { isBarricaded, hasProtectiveRoof, shape, isActive, isBusyYard = null, ...rest } = data;
    store.put('exposedSite', {
      site,
      ...rest,
      isBarricaded: flag(isBarricaded),
      hasProtectiveRoof: flag(hasProtectiveRoof),
      shape: textOf(shape),
      isActive: Number(isActive),
      isBusyYard: flag(isBusyYard),
    });
    revisePlan(store, site, stream, seq);
  },
  'approval.granted': (store, { conditions, ...data }, { site, person, second, stream, seq }) => {
    store.put('approval', { site, ...data, conditions: textOf(conditions), person, second: second ?? '', withdrawnAtMs: null });
    revisePlan(store, site, stream, seq);
  },
  'approval.withdrawn': (store, { id, atMs }, { site, stream, seq }) => {
    const row = store.get('approval', { site, id });
    if (row !== undefined) store.put('approval', { ...row, withdrawnAtMs: atMs });
    revisePlan(store, site, stream, seq);
  },
  'waiver.withdrawn': (store, { id, atMs }, { site }) => {
    const row = store.get('waiver', { site, id });
    if (row !== undefined) store.put('waiver', { ...row, withdrawnAtMs: atMs });
  },
  'licence.issued': (store, { limits, ...data }, { site, person, second, recordedAtMs }) =>
    store.put('licenceDocument', { site, ...data, limits: textOf(limits), person, second: second ?? '', recordedAtMs }),
  'pack.put': (store, data, { site, stream, seq }) => {
    store.put('nationalPack', { site, ...data });
    revisePlan(store, site, stream, seq);
  },
  'inspection.recorded': (store, data, { site, person }) => store.put('inspection', { site, ...data, person }),
  'surveillancePlan.put': (store, data, { site }) => store.put('surveillancePlan', { site, ...data }),
  'surveillance.chosen': (store, { plan }, { site }) => store.put('setting', { site, name: 'surveillance', value: plan }),
  'conditions.chosen': (store, { table }, { site }) => store.put('setting', { site, name: 'conditions', value: table }),
  'life.changed': (store, data, { site, person, second, recordedAtMs }) => {
    const lot = store.get('lot', { site, lotId: data.lotId });
    if (lot === undefined) return;
    const item = store.get('item', { site, item: lot.item });
    const { lifeUntil } = lifeEndOf(lot, item ?? UNTOLD_ITEM_FACTS); // as it was then, whatever the item says later
    store.put('lifeChange', { site, ...data, previous: lifeUntil, person, second: second ?? '', recordedAtMs });
    store.put('lot', { ...lot, lifeUntil: data.until });
  },
  'climate.logged': (store, { place, readings }, { site }) => {
    for (const [atMs, temperatureCentiC, humidityPermille] of readings)
      store.put('climateReading', { site, place, atMs, temperatureCentiC, humidityPermille });
  },
  'checklist.recorded': (store, { answers, ...data }, { site, person, recordedAtMs, seq }) =>
    store.put('checklistRecord', { site, ...data, answers: textOf(answers), person, recordedAtMs, seq }),
  'measures.recorded': (store, data, { site, person, recordedAtMs, seq }) =>
    store.put('storeMeasure', { site, ...data, person, recordedAtMs, seq }),
};
