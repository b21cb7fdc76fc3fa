import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { Severity } from '../../components/Severity.tsx';
import { useSentences } from '../../format/sentence.ts';

export function useCheckColumns(): readonly GridColumn<JudgedFinding>[] {
  const { t } = useTranslation();
  const sentences = useSentences();
  return useMemo(
    () => [
      {
        id: 'severity',
        header: t('checks.severity'),
        width: 98,
        isSortable: true,
        cell: (finding) => <Severity mark={finding.severity} />,
      },
      { id: 'place', header: t('stock.place'), width: 74, isSortable: true, cell: (finding) => <bdi>{finding.place}</bdi> },
      {
        id: 'sentence',
        header: t('checks.sentence'),
        width: 430,
        grows: true,
        cell: (finding) => <span title={sentences.finding(finding)}>{sentences.finding(finding)}</span>,
      },
      {
        id: 'subjects',
        header: t('checks.items'),
        width: 150,
        isSortable: true,
        cell: (finding) => <bdi>{finding.subjects.join(', ')}</bdi>,
      },
      {
        id: 'rule',
        header: t('checks.rule'),
        width: 140,
        isSortable: true,
        cell: (finding) => <span className="code">{finding.rule}</span>,
      },
    ],
    [t, sentences],
  );
}
