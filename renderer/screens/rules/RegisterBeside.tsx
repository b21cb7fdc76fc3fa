import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView, WaiverView } from '../../../shared/contract/ruleViews.ts';
import { familyOf } from '../../../shared/rules/finding.ts';
import { to } from '../../app/router.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { useFormat } from '../../format/format.ts';
import { LastingMark } from './LastingMark.tsx';
import { isStillInForce } from './rulesView.ts';
import { Withdraw } from './Withdraw.tsx';

type BesideProps = Readonly<{
  what: 'approval' | 'waiver';
  row: ApprovalView | WaiverView;
  /** What only this kind has, after rule and place. */
  facts: readonly Fact[];
  children?: ReactNode;
  onClose: () => void;
}>;

function usePeopleFacts({ person, second, grantedAtMs, withdrawn }: ApprovalView | WaiverView): readonly Fact[] {
  const { t } = useTranslation();
  const format = useFormat();
  const signed = { label: t('rules.signed'), value: t('rules.bothSigned', { person, second }) };
  const facts = grantedAtMs === null ? [signed] : [signed, { label: t('rules.recordedAt'), value: format.time(grantedAtMs) }];
  if (withdrawn === null) return facts;
  return [
    ...facts,
    { label: t('rules.withdrawnBy'), value: t('rules.withdrawnAt', { person: withdrawn.person, at: format.time(withdrawn.atMs) }) },
    { label: t('rules.withdrawReason'), value: withdrawn.reason },
  ];
}

/** One decision with everything that was said when it was signed, and the way to take it back. */
export function RegisterBeside({ what, row, facts, children, onClose }: BesideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = usePeopleFacts(row);
  const about: readonly Fact[] = [
    { label: t('stock.place'), value: <Link address={to.place(row.place)}>{row.place}</Link> },
    { label: t('checks.rule'), value: <span className="code">{row.rule}</span> },
    ...facts,
    { label: t('rules.form.until'), value: format.date(row.until) },
    { label: t('rules.form.reason'), value: row.reason },
    ...people,
  ];
  return (
    <aside className={layout.beside} aria-label={t(`rules.detail.${what}`)}>
      <div className={layout.besideHead}>
        <h2>
          <LastingMark row={row} />
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={onClose} />
      </div>
      {children}
      <Facts facts={about} />
      <p>
        <Link address={to.checks({ place: row.place, family: familyOf(row.rule) })}>{t('rules.seeFindings')}</Link>
      </p>
      {isStillInForce(row.state) && <Withdraw key={row.id} what={what} id={row.id} place={row.place} />}
    </aside>
  );
}
