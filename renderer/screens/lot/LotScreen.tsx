import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LotPage } from '../../../shared/contract/views.ts';
import { useAnswer } from '../../api/answers.ts';
import { go, to } from '../../app/router.ts';
import { classNames } from '../../components/classNames.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { FindingCard } from '../../components/FindingCard.tsx';
import { HazardMark } from '../../components/HazardMark.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Panel } from '../../components/Panel.tsx';
import { ScreenHead } from '../../components/ScreenHead.tsx';
import { Severity } from '../../components/Severity.tsx';
import { DateWithAge, Kilograms, LifeUntil, LotText, TextOrUnknown } from '../../components/Value.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { HoldingTable } from './HoldingTable.tsx';
import { LifePanel } from './LifePanel.tsx';
import classes from './lot.module.css';
import { RestrictionNotice } from './RestrictionNotice.tsx';
import { useLotFindings } from './useLotFindings.ts';

function useLotFacts({ lot }: LotPage): readonly Fact[] {
  const { t } = useTranslation();
  return [
    {
      label: t('stock.item'),
      value: (
        <>
          <Link address={to.item(lot.item)}>{lot.item}</Link> <bdi>{lot.itemName}</bdi>
        </>
      ),
    },
    { label: t('stock.hazard'), value: <HazardMark code={lot.hazardCode} /> },
    { label: t('lot.un'), value: <TextOrUnknown text={lot.un} /> },
    { label: t('lot.neqEach'), value: <Kilograms grams={lot.neqG} /> },
    { label: t('lot.maker'), value: <TextOrUnknown text={lot.maker} /> },
    { label: t('stock.made'), value: <DateWithAge date={lot.made} /> },
    {
      label: t('stock.lifeUntil'),
      value: (
        <>
          <LifeUntil date={lot.lifeUntil} />
          {lot.shelfLifeMonths !== null && <span className="soft"> {t('lot.lifeOfNature', { months: lot.shelfLifeMonths })}</span>}
        </>
      ),
    },
    { label: t('stock.site'), value: lot.site },
  ];
}

/** So many that the history still begins on the first screen. */
const holdsShown = 2;

/** What holds this lot, open restrictions first, then what the rules found. */
function Holds({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const open = page.restrictions.filter((restriction) => restriction.liftedAtMs === null);
  const findings = useLotFindings(page);
  const shown = showsAll ? findings : findings.slice(0, Math.max(0, holdsShown - open.length));
  if (open.length === 0 && findings.length === 0) {
    return (
      <p>
        <Severity mark="done" /> {t('lot.noFindings')}
      </p>
    );
  }
  return (
    <div className={classes.holds}>
      {open.map((restriction) => (
        <RestrictionNotice key={restriction.id} restriction={restriction} />
      ))}
      {shown.map((finding) => (
        <FindingCard key={`${finding.rule} ${finding.place} ${finding.says}`} finding={finding} />
      ))}
      {shown.length < findings.length && (
        <Button variant="default" size="compact-sm" onClick={() => setShowsAll(true)}>
          {t('lot.showAll', { count: findings.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

function LotBody({ page }: { page: LotPage }) {
  const { t } = useTranslation();
  const facts = useLotFacts(page);
  const { lot } = page;
  const [holding] = page.holdings;
  const post = (kind: string) => go(to.post({ kind, item: lot.item, lotId: lot.lotId, from: holding?.place ?? '' }));
  return (
    <div className={classNames(layout.screen, layout.scrolls)}>
      <ScreenHead title={<LotText text={lot.text} identity={lot.identity} />} note={<bdi>{`${lot.item} · ${lot.itemName}`}</bdi>}>
        <Button variant="default" onClick={() => post('issue')}>
          {t('kind.issue')}
        </Button>
        <Button variant="default" onClick={() => post('condition')}>
          {t('kind.condition')}
        </Button>
        <Button leftSection={<Icon name="movements" />} onClick={() => post('move')}>
          {t('lot.post')}
        </Button>
      </ScreenHead>
      <div className={classes.upper}>
        <Panel title={t('lot.facts')}>
          <Facts facts={facts} />
        </Panel>
        <Panel title={t('lot.where')}>
          <HoldingTable page={page} />
        </Panel>
        <Panel title={t('lot.findings')}>
          <Holds page={page} />
        </Panel>
      </div>
      <LifePanel page={page} />
      <Panel title={t('lot.history')} aside={<span className="soft">{t('lot.historyCount', { count: page.movements.length })}</span>}>
        <HistoryTable page={page} />
      </Panel>
    </div>
  );
}

export function LotScreen({ site, lotId }: { site: string; lotId: string }) {
  const { reply } = useAnswer('lot.page', { site, lotId });
  if (!reply) return null;
  if (!reply.ok) {
    return (
      <div className={layout.screen}>
        <ErrorNotice error={reply.error} />
      </div>
    );
  }
  return <LotBody page={reply.value} />;
}
