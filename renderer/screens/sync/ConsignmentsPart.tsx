import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConsignmentReply, ConsignmentRow } from '../../../shared/contract/caseViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { ConsignmentLines } from './ConsignmentLines.tsx';
import { useConsignmentColumns } from './consignmentColumns.tsx';
import { Moment } from './Moment.tsx';
import classes from './sync.module.css';
import { consignmentMark, consignmentValue } from './syncView.ts';

function Beside({ row }: { row: ConsignmentRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <aside className={layout.beside} aria-label={t('consignment.beside', { number: row.consignment })}>
      <div className={layout.besideHead}>
        <h2>
          <bdi>{row.consignment}</bdi>
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={() => go(to.sync({ part: 'consignments' }), 'replace')} />
      </div>
      <p>
        <SeverityShape mark={consignmentMark[row.state]} /> {t(`consignment.says.${row.state}`)}
      </p>
      <Facts
        facts={[
          { label: t('consignment.head.from'), value: <bdi>{format.list(row.from)}</bdi> },
          { label: t('consignment.head.sentTo'), value: <bdi>{format.list(row.sentTo)}</bdi> },
          { label: t('consignment.head.receivedBy'), value: <bdi>{format.list(row.receivedBy)}</bdi> },
          { label: t('consignment.head.sentAtMs'), value: <Moment isShort atMs={row.sentAtMs} never={t('consignment.notHeardYet')} /> },
          { label: t('consignment.head.receivedAtMs'), value: <Moment isShort atMs={row.receivedAtMs} never={t('consignment.notYet')} /> },
        ]}
      />
      <ConsignmentLines lines={row.lines} show="both" />
      {row.cases.map((id) => (
        <Link key={id} address={to.sync({ part: 'cases', id })}>
          {t('consignment.openCase')}
        </Link>
      ))}
    </aside>
  );
}

/** Of each nature, what lies in depots and what is between them: the sum that must not change on the way. */
function Totals({ totals }: { totals: ConsignmentReply['totals'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const heads = ['onHand', 'inTransit', 'total'] as const;
  return (
    <Panel title={t('consignment.totals')}>
      <div className={classes.totals}>
        <table className={layout.plainTable}>
          <thead>
            <tr>
              <th scope="col">{t('stock.item')}</th>
              <th scope="col">{t('stock.itemName')}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="number">
                  {t(`consignment.head.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {totals.map((row) => (
              <tr key={row.item}>
                <th scope="row">
                  <bdi>{row.item}</bdi>
                </th>
                <td>
                  <bdi>{row.name}</bdi>
                </td>
                {heads.map((head) => (
                  <td key={head} className="number">
                    {format.quantity(row[head], row.unit)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Content({ view, chosen }: { view: ConsignmentReply; chosen: string }) {
  const { t } = useTranslation();
  const { source, sort, setSort } = useArraySource<ConsignmentRow>(view.consignments, consignmentValue, {
    column: 'state',
    isDescending: false,
  });
  const row = view.consignments.find((each) => each.consignment === chosen);
  const columns = useConsignmentColumns(row !== undefined);
  if (view.consignments.length === 0) return <Empty>{t('consignment.none')}</Empty>;
  return (
    <div className={layout.split}>
      <div className={layout.main}>
        <DataGrid
          label={t('sync.part.consignments')}
          columns={columns}
          source={source}
          {...(sort ? { sort } : {})}
          onSort={setSort}
          isChosen={(each) => each.consignment === chosen}
          onChoose={(each) => go(to.sync({ part: 'consignments', consignment: each.consignment }), 'replace')}
          listKey={`consignments ${sort?.column}`}
          empty={null}
        />
        <Totals totals={view.totals.filter(({ inTransit }) => inTransit !== 0)} />
      </div>
      {row && <Beside row={row} />}
    </div>
  );
}

/** What was issued to another depot under a number, and what was received under it. */
export function ConsignmentsPart({ chosen }: { chosen: string }) {
  const { reply } = useAnswer('consignment.list', {});
  if (reply === null) return null;
  return reply.ok ? <Content view={reply.value} chosen={chosen} /> : <ErrorNotice error={reply.error} />;
}
