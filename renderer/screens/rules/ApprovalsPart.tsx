import { Button, CloseButton } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../../shared/contract/ruleViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, type Query, to } from '../../app/router.ts';
import { Empty } from '../../components/Empty.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import layout from '../../components/layout.module.css';
import { useSentences } from '../../format/sentence.ts';
import { ApprovalForm } from './ApprovalForm.tsx';
import { RegisterBeside } from './RegisterBeside.tsx';
import { useRegisterColumns } from './registerColumns.tsx';
import classes from './rules.module.css';
import { registerValue } from './rulesView.ts';
import { useMay } from './useMay.ts';

const show = (query: Query): void => go(to.rules({ part: 'approvals', ...query }), 'replace');

/** What each condition asks for, in words; a condition of a national pack that has none here is shown as it is called. */
function useConditionWords(): (row: ApprovalView) => string {
  const sentences = useSentences();
  return ({ rule, conditions }) => {
    const group = rule.startsWith('qd.') ? 'distanceCondition' : 'mixNote';
    return conditions.map((each) => sentences.at(`${group}.${each}`, {}, each)).join('; ');
  };
}

function NewApproval() {
  const { t } = useTranslation();
  return (
    <aside className={layout.beside} aria-label={t('rules.form.approval')}>
      <div className={layout.besideHead}>
        <h2>{t('rules.form.approval')}</h2>
        <CloseButton aria-label={t('beside.close')} onClick={() => show({})} />
      </div>
      <ApprovalForm onDone={() => show({})} onCancel={() => show({})} />
    </aside>
  );
}

function Register({ rows, query, isEarlier }: { rows: readonly ApprovalView[]; query: Query; isEarlier: boolean }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  const wordsOf = useConditionWords();
  const { source, sort, setSort } = useArraySource<ApprovalView>(rows, registerValue, { column: 'state', isDescending: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the sentences, not with the function.
  const own = useMemo<readonly GridColumn<ApprovalView>[]>(
    () => [
      {
        id: 'conditions',
        header: t('rules.form.conditions'),
        width: 200,
        cell: (row) => <span title={wordsOf(row)}>{wordsOf(row)}</span>,
      },
      { id: 'authority', header: t('rules.form.authority'), width: 130, isSortable: true, cell: (row) => <bdi>{row.authority}</bdi> },
    ],
    [t, sentences],
  );
  const columns = useRegisterColumns(own);
  const chosen = rows.find(({ id }) => id === query.id);
  return (
    <div className={layout.split}>
      <DataGrid
        label={t('rules.register.approvals')}
        columns={columns}
        source={source}
        {...(sort ? { sort } : {})}
        onSort={setSort}
        isEarlier={isEarlier}
        isChosen={({ id }) => id === query.id}
        onChoose={({ id }) => show({ id })}
        listKey="approvals"
        empty={<Empty>{t('rules.empty.approvals')}</Empty>}
      />
      {query.form === 'new' && <NewApproval />}
      {query.form !== 'new' && chosen && (
        <RegisterBeside
          what="approval"
          row={chosen}
          facts={[
            { label: t('rules.form.conditions'), value: wordsOf(chosen) },
            { label: t('rules.form.authority'), value: chosen.authority },
          ]}
          onClose={() => show({})}
        />
      )}
    </div>
  );
}

/** Conditions that an authority found to be met, with how long each still counts; nothing that is over is left out. */
export function ApprovalsPart({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { reply, isEarlier } = useAnswer('approval.list', {});
  const { may, who } = useMay('override');
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  return (
    <>
      <div className={classes.formActions}>
        <Button disabled={!may} onClick={() => show({ form: 'new' })}>
          {t('rules.record')}
        </Button>
        {!may && <span className="soft">{who}</span>}
      </div>
      <Register rows={reply.value} query={query} isEarlier={isEarlier} />
    </>
  );
}
