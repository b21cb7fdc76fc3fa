import { Button, CloseButton, TextInput } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockRow } from '../../../shared/contract/views.ts';
import { useSession } from '../../api/session.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { Icon } from '../../components/Icon.tsx';
import layout from '../../components/layout.module.css';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { LotBeside } from './LotBeside.tsx';
import { useStockColumns } from './stockColumns.tsx';
import { hasFilters, requestOf, withoutFilters, withSort } from './stockView.ts';
import { useStockPages } from './useStockPages.ts';

const show = (query: Query): void => go(to.stock(query), 'replace');

/** What is typed shows at once; the list follows when the typing pauses. */
function useTyped(shownText: string, apply: (text: string) => void) {
  const [text, setText] = useState(shownText);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setText(shownText), [shownText]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(next), 120);
  };
  return { text, type };
}

/** Each filter field shows what is typed into it; all of them together go into the address when the typing pauses. */
function useColumnFilters(query: Query) {
  const [typed, setTyped] = useState<Query>(query);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setTyped(query), [query]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (column: string, value: string) => {
    const next = { ...typed, [column]: value };
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(next), 150);
  };
  return { values: typed, set };
}

function NothingHere({ query }: { query: Query }) {
  const { t } = useTranslation();
  return hasFilters(query) ? (
    <Empty
      action={
        <Button variant="default" onClick={() => show(withoutFilters(query))}>
          {t('stock.clear')}
        </Button>
      }
    >
      {t('stock.noMatch')}
    </Empty>
  ) : (
    <Empty action={<Button onClick={() => go(to.screen('import'))}>{t('stock.import')}</Button>}>{t('stock.empty')}</Empty>
  );
}

const rowKey = (row: StockRow): string => [row.site, row.lotId, row.place, row.condition, row.owner, row.holder].join('|');

export function StockScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const request = useMemo(() => requestOf(query), [query]);
  const { source, totals, isEarlier, error } = useStockPages(request);
  const columns = useStockColumns(totals, session?.role !== 'depot');
  const [chosen, setChosen] = useState<StockRow | null>(null);
  const { stockRow, rememberStockRow } = useAppStore();
  const search = useTyped(query.search ?? '', (text) => show({ ...query, search: text }));
  const filters = useColumnFilters(query);
  const choose = useCallback(
    (row: StockRow, index: number) => {
      setChosen(row);
      rememberStockRow(index);
    },
    [rememberStockRow],
  );
  const open = useCallback((row: StockRow) => go(to.lot(row.site, row.lotId)), []);
  const chosenKey = chosen && rowKey(chosen);
  const post = () => go(to.post(chosen ? { kind: 'move', item: chosen.item, lotId: chosen.lotId, from: chosen.place } : {}));
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.stock')} note={totals && t('stock.count', { count: totals.total, shown: format.number(totals.total) })}>
        <TextInput
          w={300}
          autoFocus
          aria-label={t('stock.search')}
          placeholder={t('stock.searchHint')}
          leftSection={<Icon name="search" />}
          rightSection={search.text && <CloseButton size="sm" aria-label={t('stock.clearSearch')} onClick={() => search.type('')} />}
          value={search.text}
          onChange={(event) => search.type(event.currentTarget.value)}
        />
        {hasFilters(query) && (
          <Button variant="default" onClick={() => show(withoutFilters(query))}>
            {t('stock.clear')}
          </Button>
        )}
        <Button leftSection={<Icon name="movements" />} onClick={post}>
          {t('stock.post')}
        </Button>
      </ScreenHead>
      {error && <ErrorNotice error={error} />}
      <div className={layout.split}>
        <DataGrid
          label={t('screen.stock')}
          columns={columns}
          source={source}
          sort={request.sort ?? { column: 'item', isDescending: false }}
          onSort={(sort) => show(withSort(query, sort))}
          filters={filters}
          isEarlier={isEarlier}
          isChosen={(row) => rowKey(row) === chosenKey}
          onChoose={choose}
          onOpen={open}
          startRow={stockRow}
          listKey={JSON.stringify(request)}
          empty={<NothingHere query={query} />}
        />
        {chosen && <LotBeside row={chosen} onClose={() => setChosen(null)} />}
      </div>
    </div>
  );
}
