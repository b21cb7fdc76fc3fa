import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from '../../../shared/contract/caseViews.ts';
import { to } from '../../app/router.ts';
import type { GridColumn } from '../../components/grid/gridTypes.ts';
import { Link } from '../../components/Link.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useSentences } from '../../format/sentence.ts';
import { Moment } from './Moment.tsx';

export function useCaseColumns(): readonly GridColumn<CaseRow>[] {
  const { t } = useTranslation();
  const sentences = useSentences();
  return useMemo(
    (): readonly GridColumn<CaseRow>[] => [
      {
        id: 'kind',
        header: t('case.head.kind'),
        width: 330,
        isSortable: true,
        cell: (row) => (
          <>
            <SeverityShape mark={row.decision === null ? 'warn' : 'done'} />{' '}
            <Link address={to.sync({ part: 'cases', id: row.id })} tabIndex={-1}>
              {t(`case.kind.${row.kind}`)}
            </Link>
          </>
        ),
      },
      {
        id: 'subject',
        header: t('case.head.subject'),
        width: 240,
        grows: true,
        isSortable: true,
        cell: (row) => <bdi className="code">{row.subject}</bdi>,
      },
      {
        id: 'openedAtMs',
        header: t('case.head.opened'),
        width: 190,
        isSortable: true,
        cell: (row) => <Moment isShort atMs={row.openedAtMs} never="" />,
      },
      {
        id: 'state',
        header: t('case.head.state'),
        width: 240,
        isSortable: true,
        cell: (row) =>
          row.decision === null ? t('case.open') : sentences.at(`case.decision.${row.kind}.${row.decision}`, {}, row.decision),
      },
    ],
    [t, sentences],
  );
}
