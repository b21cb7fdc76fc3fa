import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RegisterRow } from '../../../shared/contract/siteViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { rowOf, useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { AskAgain, LongRead } from '../../components/LongRead.tsx';
import layout from '../../components/layout.module.css';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { LicenceSheet } from './LicenceSheet.tsx';
import { registerValue, usePlaceColumns } from './placeColumns.tsx';
import classes from './places.module.css';

const open = ({ place }: RegisterRow): void => go(to.licence(place), 'replace');

function NoPlaces() {
  const { t } = useTranslation();
  return <Empty action={<Button onClick={() => go(to.screen('import'))}>{t('places.import')}</Button>}>{t('places.none')}</Empty>;
}

function Register({ rows, chosen, isEarlier }: { rows: readonly RegisterRow[]; chosen: string; isEarlier: boolean }) {
  const { t } = useTranslation();
  const columns = usePlaceColumns(chosen !== '');
  const { source, sort, setSort } = useArraySource<RegisterRow>(rows, registerValue, { column: 'place', isDescending: false });
  return (
    <div className={layout.split}>
      <div className={chosen === '' ? classes.listAlone : classes.list}>
        <DataGrid
          label={t('places.register')}
          columns={columns}
          source={source}
          {...(sort ? { sort } : {})}
          onSort={setSort}
          isEarlier={isEarlier}
          isChosen={(row) => row.place === chosen}
          onChoose={open}
          onOpen={open}
          startRow={chosen === '' ? 0 : rowOf(source, (row) => row.place === chosen)}
          listKey="places"
          empty={<NoPlaces />}
        />
      </div>
      {chosen !== '' && <LicenceSheet key={chosen} place={chosen} register={rows} onClose={() => go(to.screen('places'), 'replace')} />}
    </div>
  );
}

/** The register of licences, and beside it the sheet of the place that was chosen. */
export function PlacesScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { reply, isEarlier } = useAnswer('licence.register', {});
  return (
    <div className={layout.screen}>
      <ScreenHead title={t('screen.places')} note={reply?.ok ? t('places.count', { count: reply.value.length }) : ''} />
      {reply === null && <LongRead name="licence.register" label={t('places.running')} />}
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply && !reply.ok && <AskAgain name="licence.register" />}
      {reply?.ok && <Register rows={reply.value} chosen={query.place ?? ''} isEarlier={isEarlier} />}
    </div>
  );
}
