import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LotsByState, PlanPreview } from '../../../shared/contract/lifeViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useMay } from '../rules/useMay.ts';
import { markOf } from './lifeView.ts';

const SHOWN_MAX = 8;

function WorseTable({ rows }: { rows: PlanPreview['worse'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const site = useSession()?.site ?? '';
  return (
    <table className={layout.plainTable}>
      <thead>
        <tr>
          {[t('stock.lot'), t('stock.item'), t('stock.place'), t('life.state'), t('life.kind'), t('life.dueOn')].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.lotId}>
            <th scope="row">
              <Link address={to.lot(site, row.lotId)}>
                <bdi className="mark">{row.lotText === '' ? t('value.unknown') : row.lotText}</bdi>
              </Link>
            </th>
            <td>
              <bdi>{row.item}</bdi>
            </td>
            <td>
              <bdi>{row.places.join(', ')}</bdi>
            </td>
            <td>
              <Severity mark={markOf[row.state]} /> {t(`dueState.${row.state}`)}
            </td>
            <td>{t(`inspectionKind.${row.kind}`)}</td>
            <td>{format.date(row.dueOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Told({ preview }: { preview: PlanPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { before, after, worse, worseTotal, betterTotal } = preview;
  const shown = (lots: LotsByState) => ({
    suspended: format.number(lots.suspended),
    overdue: format.number(lots.overdue),
    due: format.number(lots.due),
    heldBack: format.number(lots.heldBack),
  });
  const rows = worse.slice(0, SHOWN_MAX);
  return (
    <>
      <p>{t('life.wouldCount', shown(after))}</p>
      <p className="soft">{t('life.nowCount', shown(before))}</p>
      <p>
        {t('life.worse', { count: worseTotal, shown: format.number(worseTotal) })}{' '}
        {t('life.better', { count: betterTotal, shown: format.number(betterTotal) })}
      </p>
      {rows.length > 0 && <WorseTable rows={rows} />}
      {worseTotal > rows.length && <p className="soft">{t('life.more', { shown: format.number(worseTotal - rows.length) })}</p>}
    </>
  );
}

type PlanPreviewProps = Readonly<{ plan: string; onChoose: () => void; onKeep: () => void }>;

/** What a plan would do to the stock of today, and only then the button that records the choice. */
export function PlanPreviewPart({ plan, onChoose, onKeep }: PlanPreviewProps) {
  const { t } = useTranslation();
  const { may, who } = useMay('policy');
  const { reply, isEarlier } = useAnswer('life.previewPlan', { plan });
  // The answer about another plan must not stand over this one's button.
  if (reply === null || isEarlier) return <p aria-busy="true">{t('life.wouldAsk')}</p>;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  const { title, edition } = reply.value;
  return (
    <Notice mark="warn" title={t('life.wouldDo', { title, edition })}>
      <Told preview={reply.value} />
      <p>{t('life.otherPlan')}</p>
      {!may && <p className="soft">{who}</p>}
      <div className={layout.buttons}>
        <Button disabled={!may} onClick={onChoose}>
          {t('life.choosePlan', { title, edition })}
        </Button>
        <Button variant="default" onClick={onKeep}>
          {t('life.keepPlan')}
        </Button>
      </div>
    </Notice>
  );
}
