import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { StockPage, StockRow } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { question } from '../../api/answers.ts';
import type { RowSource } from '../../components/grid/gridTypes.ts';
import type { StockRequest } from './stockView.ts';

export const pageSize = 200;
/** While the scroll bar is dragged over many pages only where it rests is fetched. */
const settleMs = 60;

type Totals = Readonly<{ total: number; quantitySum: number; neqGSum: number }>;
type Loaded = Readonly<{ requestKey: string; totals: Totals; pages: ReadonlyMap<number, readonly StockRow[]> }>;

export type StockPages = Readonly<{
  source: RowSource<StockRow>;
  totals: Totals | null;
  /** What is shown answers an earlier question. */
  isEarlier: boolean;
  error: DomainError | Fault | null;
}>;

/** The pages that hold these rows, with one more on either side, so that scrolling finds its rows already there. */
export function pagesAround(first: number, last: number, total: number): readonly number[] {
  const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1);
  const from = Math.max(0, Math.floor(first / pageSize) - 1);
  const until = Math.min(lastPage, Math.floor(Math.max(first, last) / pageSize) + 1);
  return Array.from({ length: Math.max(1, until - from + 1) }, (_, i) => Math.min(from, lastPage) + i);
}

function collect(requestKey: string, pages: readonly number[], replies: readonly (Reply<'stock.list'> | undefined)[]): Loaded | null {
  const loaded = new Map<number, readonly StockRow[]>();
  let newest: StockPage | null = null;
  for (const [i, page] of pages.entries()) {
    const reply = replies[i];
    if (!reply?.ok) continue;
    loaded.set(page, reply.value.rows);
    newest = reply.value;
  }
  return newest && { requestKey, totals: newest, pages: loaded };
}

function useRange(requestKey: string) {
  const [range, setRange] = useState({ first: 0, last: 60, requestKey });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onRange = useCallback(
    (first: number, last: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setRange({ first, last, requestKey }), settleMs);
    },
    [requestKey],
  );
  return { range: range.requestKey === requestKey ? range : { first: 0, last: 60 }, onRange };
}

/** Rows by position out of pages of 200. The earlier list stays on the screen until the first page of the next is there. */
export function useStockPages(request: StockRequest): StockPages {
  const requestKey = JSON.stringify(request);
  const shown = useRef<Loaded | null>(null);
  const { range, onRange } = useRange(requestKey);
  const pages = useMemo(() => pagesAround(range.first, range.last, shown.current?.totals.total ?? 0), [range.first, range.last]);
  const results = useQueries({
    queries: pages.map((page) => question('stock.list', { ...request, offset: page * pageSize, limit: pageSize })),
    combine: (all) => ({ replies: all.map(({ data }) => data), at: all.map(({ dataUpdatedAt }) => dataUpdatedAt).join() }),
  });
  const pagesKey = pages.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys and times name the arrays, which are new ones at every render.
  const current = useMemo(() => collect(requestKey, pages, results.replies), [pagesKey, results.at, requestKey]);
  const loaded = current ?? shown.current;
  useEffect(() => {
    if (current) shown.current = current;
  }, [current]);
  const source = useMemo<RowSource<StockRow>>(
    () => ({
      count: loaded?.totals.total ?? 0,
      at: (index) => loaded?.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
      onRange,
    }),
    [loaded, onRange],
  );
  const refused = results.replies.find((reply) => reply && !reply.ok);
  return {
    source,
    totals: loaded?.totals ?? null,
    isEarlier: loaded?.requestKey !== requestKey,
    error: refused && !refused.ok ? refused.error : null,
  };
}
