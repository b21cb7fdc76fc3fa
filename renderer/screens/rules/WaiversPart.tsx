import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaiverView } from '../../../shared/contract/ruleViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { RegisterBeside } from './RegisterBeside.tsx';
import { useRegisterColumns } from './registerColumns.tsx';
import classes from './rules.module.css';
import { isStillInForce, registerValue, waivedWords } from './rulesView.ts';
import { useWaivedQuantity } from './useWaivedQuantity.ts';

const show = (query: Query): void => go(to.rules({ part: 'waivers', ...query }), 'replace');

function NoWaivers() {
  const { t } = useTranslation();
  const action = <Button onClick={() => go(to.checks({ severity: 'stop' }))}>{t('rules.seeStops')}</Button>;
  return <Empty action={action}>{t('rules.empty.waivers')}</Empty>;
}

function Register({ rows, chosenId, isEarlier }: { rows: readonly WaiverView[]; chosenId: string; isEarlier: boolean }) {
  const { t } = useTranslation();
  const { source, sort, setSort } = useArraySource<WaiverView>(rows, registerValue, { column: 'state', isDescending: false });
  const quantity = useWaivedQuantity();
  const own = useMemo<readonly GridColumn<WaiverView>[]>(
    () => [
      {
        id: 'division',
        header: t('places.division'),
        width: 90,
        isSortable: true,
        cell: ({ division }) => division ?? <span className="soft">{t('rules.noDivision')}</span>,
      },
      { id: 'quantityMaxKg', header: t('rules.upTo'), width: 120, isSortable: true, cell: quantity },
    ],
    [t, quantity],
  );
  const columns = useRegisterColumns(own);
  const chosen = rows.find(({ id }) => id === chosenId);
  return (
    <div className={layout.split}>
      <DataGrid
        label={t('rules.register.waivers')}
        columns={columns}
        source={source}
        {...(sort ? { sort } : {})}
        onSort={setSort}
        isEarlier={isEarlier}
        isChosen={({ id }) => id === chosenId}
        onChoose={({ id }) => show({ id })}
        listKey="waivers"
        empty={<NoWaivers />}
      />
      {chosen && (
        <RegisterBeside
          what="waiver"
          row={chosen}
          facts={[
            { label: t('places.division'), value: chosen.division ?? t('rules.noDivision') },
            { label: t('rules.upTo'), value: quantity(chosen) },
          ]}
          onClose={() => show({})}
        >
          {isStillInForce(chosen.state) && waivedWords(chosen).says === 'rules.waivedAny' && (
            <Notice mark="warn">
              <p>{t('rules.waivedAnyNote')}</p>
            </Notice>
          )}
        </RegisterBeside>
      )}
    </div>
  );
}

/** Findings that two people let pass until a day. A new one begins at the finding, so that nobody waives what is not there. */
export function WaiversPart({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { reply, isEarlier } = useAnswer('waiver.list', {});
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  return (
    <>
      {reply.value.length > 0 && (
        <div className={classes.formActions}>
          <Button variant="default" onClick={() => go(to.checks({ severity: 'stop' }))}>
            {t('rules.seeStops')}
          </Button>
          <span className="soft">{t('rules.waiveFromFinding')}</span>
        </div>
      )}
      <Register rows={reply.value} chosenId={query.id ?? ''} isEarlier={isEarlier} />
    </>
  );
}
