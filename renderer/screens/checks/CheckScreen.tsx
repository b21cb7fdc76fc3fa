import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckReply } from '../../../shared/contract/views.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { findingKey, troubleOf } from '../../../shared/rules/ruleFinding.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import { AskAgain, LongRead } from '../../components/LongRead.tsx';
import layout from '../../components/layout.module.css';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { useFormat } from '../../format/format.ts';
import { useCheckColumns } from './checkColumns.tsx';
import { type CheckFilter, facetsOf, filterOf, findingValue, hasFilter, matching } from './checkView.ts';
import { Facets } from './Facets.tsx';
import { FindingBeside } from './FindingBeside.tsx';

const show = (query: Query): void => go(to.checks(query), 'replace');

/** The finding of an address, also where an authority let it pass since and its severity is another one now. */
function chosenOf(findings: readonly JudgedFinding[], key: string): JudgedFinding | null {
  if (key === '') return null;
  const same = findings.find((finding) => findingKey(finding) === key);
  return same ?? findings.find((finding) => troubleOf(findingKey(finding)) === troubleOf(key)) ?? null;
}

function NoFindings({ filter }: { filter: CheckFilter }) {
  const { t } = useTranslation();
  if (!hasFilter(filter)) return <Empty>{t('checks.none')}</Empty>;
  return (
    <Empty
      action={
        <Button variant="default" onClick={() => show({})}>
          {t('checks.all')}
        </Button>
      }
    >
      {t('checks.noMatch')}
    </Empty>
  );
}

function CheckList({ reply, query, isEarlier }: { reply: CheckReply; query: Query; isEarlier: boolean }) {
  const { t } = useTranslation();
  const filter = useMemo(() => filterOf(query), [query]);
  const facets = useMemo(() => facetsOf(reply.findings, filter), [reply.findings, filter]);
  const rows = useMemo(() => matching(reply.findings, filter), [reply.findings, filter]);
  const { source, sort, setSort } = useArraySource<JudgedFinding>(rows, findingValue, { column: 'severity', isDescending: false });
  const chosen = useMemo(() => chosenOf(reply.findings, query.finding ?? ''), [reply.findings, query.finding]);
  const columns = useCheckColumns(chosen !== null);
  const choose = (finding: JudgedFinding) => show({ ...query, finding: findingKey(finding) });
  return (
    <div className={layout.split}>
      <Facets facets={facets} filter={filter} onChange={(part) => show({ ...query, ...part, finding: '' })} />
      <DataGrid
        label={t('screen.checks')}
        columns={columns}
        source={source}
        {...(sort ? { sort } : {})}
        onSort={setSort}
        isEarlier={isEarlier}
        isChosen={(finding) => finding === chosen}
        onChoose={choose}
        onOpen={choose}
        listKey={JSON.stringify(filter)}
        empty={<NoFindings filter={filter} />}
      />
      {chosen && <FindingBeside key={troubleOf(findingKey(chosen))} finding={chosen} onClose={() => show({ ...query, finding: '' })} />}
    </div>
  );
}

export function CheckScreen({ query }: { query: Query }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply, isEarlier } = useAnswer('check.depot', {});
  const checked = reply?.ok ? reply.value : null;
  return (
    <div className={layout.screen}>
      <ScreenHead
        title={t('screen.checks')}
        note={
          checked &&
          t('checks.summary', {
            count: checked.findings.length,
            shown: format.number(checked.findings.length),
            pack: checked.pack,
            date: format.date(checked.asOf.slice(0, 10)),
          })
        }
      >
        {hasFilter(filterOf(query)) && (
          <Button variant="default" onClick={() => show({})}>
            {t('checks.all')}
          </Button>
        )}
      </ScreenHead>
      {reply === null && <LongRead name="check.depot" label={t('checks.running')} />}
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply && !reply.ok && <AskAgain name="check.depot" />}
      {checked && <CheckList reply={checked} query={query} isEarlier={isEarlier} />}
    </div>
  );
}
