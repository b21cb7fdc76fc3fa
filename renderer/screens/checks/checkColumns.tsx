import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { Severity } from '../../components/Severity.tsx';
import { useSentences } from '../../format/sentence.ts';

/** @param isBeside A finding is shown beside the list, with its items and its rule: the list keeps to what is left. */
export function useCheckColumns(isBeside: boolean): readonly GridColumn<JudgedFinding>[] {
  const { t } = useTranslation();
  const sentences = useSentences();
  return useMemo(() => {
    const always: GridColumn<JudgedFinding>[] = [
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
        width: isBeside ? 260 : 390,
        grows: true,
        cell: (finding) => <span title={sentences.finding(finding)}>{sentences.finding(finding)}</span>,
      },
    ];
    const alone: GridColumn<JudgedFinding>[] = [
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
    ];
    return isBeside ? always : [...always, ...alone];
  }, [t, sentences, isBeside]);
}
