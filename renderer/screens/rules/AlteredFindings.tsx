import { CloseButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackPreview } from '../../../shared/contract/siteViews.ts';
import { findingKey } from '../../../shared/rules/ruleFinding.ts';
import { ChoiceList } from '../../components/ChoiceList.tsx';
import classes from '../../components/choiceList.module.css';
import { FindingCard } from '../../components/FindingCard.tsx';
import { useArraySource } from '../../components/grid/arraySource.ts';
import { DataGrid } from '../../components/grid/DataGrid.tsx';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import layout from '../../components/layout.module.css';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { type Altered, type AlteredRule, alteredIn, alteredRules, alteredValue } from './rulesView.ts';

const keyOf = ({ change, finding }: Altered): string => `${change} ${findingKey(finding)}`;

function useAlteredColumns(): readonly GridColumn<Altered>[] {
  const { t } = useTranslation();
  const sentences = useSentences();
  return useMemo(
    () => [
      { id: 'change', header: t('rules.change'), width: 108, isSortable: true, cell: ({ change }) => t(`rules.changed.${change}`) },
      {
        id: 'severity',
        header: t('checks.severity'),
        width: 90,
        isSortable: true,
        cell: ({ finding }) => <Severity mark={finding.severity} />,
      },
      { id: 'place', header: t('stock.place'), width: 74, isSortable: true, cell: ({ finding }) => <bdi>{finding.place}</bdi> },
      {
        id: 'sentence',
        header: t('checks.sentence'),
        width: 320,
        grows: true,
        cell: ({ finding }) => <span title={sentences.finding(finding)}>{sentences.finding(finding)}</span>,
      },
      {
        id: 'rule',
        header: t('checks.rule'),
        width: 170,
        isSortable: true,
        cell: ({ finding }) => <span className="code">{finding.rule}</span>,
      },
    ],
    [t, sentences],
  );
}

type GroupsProps = Readonly<{ rules: readonly AlteredRule[]; only: string; onOnly: (rule: string) => void }>;

/** Rules with their counts; a click narrows the list to one of them, another click opens it again. */
function Groups({ rules, only, onOnly }: GroupsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = ({ caused, cured }: AlteredRule) =>
    [
      ...(caused > 0 ? [t('rules.countCaused', { shown: format.number(caused) })] : []),
      ...(cured > 0 ? [t('rules.countCured', { shown: format.number(cured) })] : []),
    ].join(' · ');
  return (
    <nav className={classes.groups} aria-label={t('rules.byRule')}>
      <ChoiceList
        title={<h3>{t('rules.byRule')}</h3>}
        choices={rules.map((altered) => ({
          value: altered.rule,
          isChosen: altered.rule === only,
          shown: (
            <>
              <span className="code">{altered.rule}</span>
              <span className="soft">{words(altered)}</span>
            </>
          ),
        }))}
        onChoose={(rule) => onOnly(rule === only ? '' : rule)}
      />
    </nav>
  );
}

/** Every finding that would come or go, by rule, each with its sentence and source. */
export function AlteredFindings({ preview }: { preview: PackPreview }) {
  const { t } = useTranslation();
  const altered = useMemo(() => alteredIn(preview), [preview]);
  const rules = useMemo(() => alteredRules(altered), [altered]);
  const [only, setOnly] = useState('');
  const [chosenKey, setChosen] = useState('');
  const rows = useMemo(() => (only === '' ? altered : altered.filter(({ finding }) => finding.rule === only)), [altered, only]);
  const { source, sort, setSort } = useArraySource<Altered>(rows, alteredValue, { column: 'change', isDescending: false });
  const columns = useAlteredColumns();
  const chosen = rows.find((row) => keyOf(row) === chosenKey);
  return (
    <div className={layout.split}>
      <Groups rules={rules} only={only} onOnly={setOnly} />
      <DataGrid
        label={t('rules.altered')}
        columns={columns}
        source={source}
        {...(sort ? { sort } : {})}
        onSort={setSort}
        isChosen={(row) => keyOf(row) === chosenKey}
        onChoose={(row) => setChosen(keyOf(row))}
        listKey={only}
      />
      {chosen && (
        <aside className={layout.beside} aria-label={t('checks.detail')}>
          <div className={layout.besideHead}>
            <h3>{t(`rules.changed.${chosen.change}`)}</h3>
            <CloseButton aria-label={t('beside.close')} onClick={() => setChosen('')} />
          </div>
          <FindingCard finding={{ ...chosen.finding, blocked: false }} />
        </aside>
      )}
    </div>
  );
}
