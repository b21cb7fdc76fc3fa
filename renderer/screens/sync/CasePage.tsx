import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../shared/contract/caseViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Link } from '../../components/Link.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useSentences } from '../../format/sentence.ts';
import { CaseSides } from './CaseSides.tsx';
import { DecideCase } from './DecideCase.tsx';
import { Moment } from './Moment.tsx';
import classes from './sync.module.css';

function Decided({ view }: { view: CaseView }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  return (
    <Panel title={t('case.decided')}>
      <Facts
        facts={[
          { label: t('case.decisionIs'), value: sentences.at(`case.decision.${view.kind}.${view.decision}`, {}, view.decision ?? '') },
          { label: t('case.reason'), value: <bdi>{view.reason}</bdi> },
          { label: t('case.by'), value: t('case.byTwo', { person: view.person ?? '', second: view.second ?? '' }) },
          { label: t('case.head.decided'), value: <Moment atMs={view.decidedAtMs} never="" /> },
        ]}
      />
    </Panel>
  );
}

/** Both sides side by side as they were when the case was opened, and below them what people decide. */
export function CasePage({ id }: { id: string }) {
  const { t } = useTranslation();
  const { reply } = useAnswer('case.show', { id });
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const view = reply.value;
  return (
    <div className={classes.scrolls}>
      <div className={classes.caseHead}>
        <h2>
          <SeverityShape mark={view.decision === null ? 'warn' : 'done'} />{' '}
          <span className={classes.sentence}>{t(`case.kind.${view.kind}`)}</span>
        </h2>
        {view.kind !== 'fork' && <bdi className="code">{view.subject}</bdi>}
        <span className="soft">
          {t('case.head.opened')} <Moment atMs={view.openedAtMs} never="" />
        </span>
        <Link address={to.sync({ part: 'cases' })}>{t('case.all')}</Link>
      </div>
      <CaseSides facts={view.facts} />
      {view.decision === null ? <DecideCase view={view} /> : <Decided view={view} />}
    </div>
  );
}
