import type { InputOf } from '../../../shared/contract/procedures.ts';
import type { SurplusClass, SurplusItem } from '../../../shared/domain/surplus.ts';

export type SurplusRequest = InputOf<'surplus.run'>;
export type Policy = Readonly<Required<NonNullable<SurplusRequest['policy']>>>;

export const standardPolicy: Policy = { horizonYears: 10, leadYears: 3, reserveMinLifeYears: 5, firstLineInReserve: true };

/** From what is needed to what must go first; the order of the columns and of the stack. */
export const classOrder = [
  'REQUIRED_RESERVE',
  'REQUIRED_TRAINING',
  'RETAINED_ECONOMIC',
  'SURPLUS_SERVICEABLE',
  'SURPLUS_EXPIRING',
  'OBSOLETE',
  'UNSERVICEABLE',
  'PENDING_TECH',
  'HOLD_BANNED',
  'URGENT_DISPOSAL',
  'TREATY_DISPOSAL',
] as const satisfies readonly SurplusClass[];

export const itemKey = (item: SurplusItem): string => `${item.site} ${item.item}`;
export const classesIn = (items: readonly SurplusItem[]): readonly SurplusClass[] =>
  classOrder.filter((name) => items.some((item) => (item.totals[name] ?? 0) > 0));

const notNeeded: readonly SurplusClass[] = [
  'SURPLUS_SERVICEABLE',
  'SURPLUS_EXPIRING',
  'OBSOLETE',
  'UNSERVICEABLE',
  'URGENT_DISPOSAL',
  'TREATY_DISPOSAL',
];
export const surplusOf = (item: SurplusItem): number => notNeeded.reduce((sum, name) => sum + (item.totals[name] ?? 0), 0);

export type ShareBar = Readonly<{ key: string; label: string; item: SurplusItem }> & Readonly<Partial<Record<SurplusClass, number>>>;

/**
 * Shares in percent, since a bomb and a rifle round cannot stand on one scale. Items that somebody needs come first: of the
 * others all is to spare, which a bar need not say. Items without stock have no bar.
 */
export function shareBars(items: readonly SurplusItem[], barsMax: number): readonly ShareBar[] {
  return items
    .filter((item) => item.ledgerQuantity > 0)
    .toSorted(
      (a, b) =>
        Number(b.hold > 0) - Number(a.hold > 0) ||
        surplusOf(b) / b.ledgerQuantity - surplusOf(a) / a.ledgerQuantity ||
        a.item.localeCompare(b.item),
    )
    .slice(0, barsMax)
    .map((item) => {
      const shares = Object.entries(item.totals).map(([name, quantity]) => [name, (100 * quantity) / item.ledgerQuantity]);
      return { key: itemKey(item), label: item.item, item, ...Object.fromEntries(shares) };
    });
}

/** What a column of the table sorts by: its own figure, or the total of a class. */
export function surplusValue(item: SurplusItem, column: string): string | number | null {
  switch (column) {
    case 'item':
      return item.item;
    case 'ledger':
      return item.ledgerQuantity;
    case 'hold':
      return item.hold;
    case 'reserve':
      return item.reserve;
    case 'orderBy':
      return firstOrderBy(item);
    default:
      return classOrder.some((name) => name === column) ? (item.totals[column as SurplusClass] ?? 0) : null;
  }
}

/** The year by whose end the next order must be placed; null where nothing falls short. */
export const firstOrderBy = (item: SurplusItem): number | null =>
  item.deficits.length === 0 ? null : Math.min(...item.deficits.map(({ orderBy }) => orderBy));
