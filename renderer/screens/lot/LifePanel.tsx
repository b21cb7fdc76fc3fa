import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotLifeView } from '../../../shared/contract/lifeViews.ts';
import type { LotPage } from '../../../shared/contract/views.ts';
import { useAnswer } from '../../api/answers.ts';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { InspectionForm } from '../life/InspectionForm.tsx';
import life from '../life/life.module.css';
import { markOf, percentOf } from '../life/lifeView.ts';
import { ChangeLife } from './ChangeLife.tsx';
import { StabiliserPanel } from './StabiliserPanel.tsx';

function Due({ view }: { view: LotLifeView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.plan === null) return <p className="soft">{t('life.noPlanShort')}</p>;
  if (view.due.length === 0) return <p className="soft">{t('life.nothingDue')}</p>;
  return (
    <ul className={layout.plainList}>
      {view.due.map((due) => (
        <li key={due.kind}>
          <SeverityShape mark={markOf[due.state]} />{' '}
          {t('life.dueLine', { kind: t(`inspectionKind.${due.kind}`), dueOn: format.date(due.dueOn), state: t(`dueState.${due.state}`) })}
        </li>
      ))}
    </ul>
  );
}

function Inspections({ view }: { view: LotLifeView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.inspections.length === 0) return <p className="soft">{t('life.neverInspected')}</p>;
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          <th scope="col">{t('life.onDate')}</th>
          <th scope="col">{t('life.kind')}</th>
          <th scope="col">{t('life.result')}</th>
          <th scope="col" className="number">
            {t('life.percent')}
          </th>
          <th scope="col">{t('life.remark')}</th>
          <th scope="col">{t('life.person')}</th>
        </tr>
      </thead>
      <tbody>
        {view.inspections.map((each) => (
          <tr key={each.id}>
            <th scope="row">{format.date(each.onDate)}</th>
            <td>{t(`inspectionKind.${each.kind}`)}</td>
            <td>{t(`inspectionResult.${each.result}`)}</td>
            <td className="number">{each.stabiliserPpm === null ? '' : format.number(percentOf(each.stabiliserPpm))}</td>
            <td>
              <bdi>{each.remark}</bdi>
            </td>
            <td>
              <bdi>{each.person}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ view }: { view: LotLifeView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.changes.length === 0) return null;
  return (
    <ul className={layout.plainList}>
      {view.changes.map(({ id, previous, until, reason, person, second, recordedAtMs }) => (
        <li key={id}>
          {t('life.changed', {
            previous: previous === null ? t('value.unknown') : format.date(previous),
            until: format.date(until),
            reason,
            person,
            second,
            at: format.time(recordedAtMs),
          })}
        </li>
      ))}
    </ul>
  );
}

type Asked = 'inspection' | 'life' | null;

/** The life of a lot: what is due, what was found, and how its end was changed. */
export function LifePanel({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  const { lot } = page;
  const { reply } = useAnswer('life.lot', { site: lot.site, lotId: lot.lotId });
  const [asked, setAsked] = useState<Asked>(null);
  if (!reply?.ok) return null;
  const view = reply.value;
  const toggle = (what: Asked) => setAsked(asked === what ? null : what);
  const actions = (
    <span className={life.actions}>
      <Button variant="default" size="compact-sm" aria-expanded={asked === 'inspection'} onClick={() => toggle('inspection')}>
        {t('life.record')} …
      </Button>
      <Button variant="default" size="compact-sm" aria-expanded={asked === 'life'} onClick={() => toggle('life')}>
        {t('life.change')} …
      </Button>
    </span>
  );
  return (
    <Panel title={t('lot.life')} aside={actions}>
      {asked === 'inspection' && <InspectionForm lot={lot} kind="visual" onDone={() => setAsked(null)} />}
      {asked === 'life' && <ChangeLife lot={lot} inspections={view.inspections} onDone={() => setAsked(null)} />}
      <Due view={view} />
      <StabiliserPanel stabiliser={view.stabiliser} />
      <Inspections view={view} />
      <Changes view={view} />
    </Panel>
  );
}
