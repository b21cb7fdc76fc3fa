import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LicenceBasis, LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import { useAnswer } from '../../api/answers.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { FindingCard } from '../../components/FindingCard.tsx';
import { Link } from '../../components/Link.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Severity } from '../../components/Severity.tsx';
import { TextOrUnknown } from '../../components/Value.tsx';
import { useFormat } from '../../format/format.ts';
import { useWaivedQuantity } from '../rules/useWaivedQuantity.ts';
import { EffectTable } from './EffectTable.tsx';
import { IssueLicence } from './IssueLicence.tsx';
import { LapsedLimits } from './LapsedLimits.tsx';
import { LimitTable } from './LimitTable.tsx';
import { PrintPlace } from './PrintPlace.tsx';
import classes from './places.module.css';
import { ScaledPanel } from './ScaledPanel.tsx';
import { SiteDrawing } from './SiteDrawing.tsx';
import { StorehousePanel } from './StorehousePanel.tsx';
import { WhatIf } from './WhatIf.tsx';

function useSheetFacts({ structure, pack, edition, neqKg, documents }: LicenceView): readonly Fact[] {
  const { t } = useTranslation();
  const format = useFormat();
  const yesNo = (value: boolean | null | undefined) => (
    <TextOrUnknown text={value == null ? null : t(value ? 'places.yes' : 'places.no')} />
  );
  const [newest] = documents;
  return [
    { label: t('stock.neq'), value: `${format.number(neqKg)} kg` },
    {
      label: t('places.construction'),
      value: <TextOrUnknown text={structure?.construction ? t(`construction.${structure.construction}`) : null} />,
    },
    { label: t('places.barricaded'), value: yesNo(structure?.isBarricaded) },
    {
      label: t('places.front'),
      value: (
        <TextOrUnknown
          text={structure?.frontMdeg == null ? null : t('places.degrees', { degrees: format.number(structure.frontMdeg / 1000) })}
        />
      ),
    },
    { label: t('places.document'), value: newest ? `${newest.number} · ${newest.authority}` : t('places.noDocument') },
    { label: t('places.reviewOn'), value: newest ? format.date(newest.reviewOn) : t('places.noDocument') },
    { label: t('checks.pack'), value: `${pack} · ${edition}` },
  ];
}

/** More are for the list of checks, which goes through thousands. */
const FINDINGS_MAX = 20;

function Findings({ view }: { view: LicenceView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (view.findings.length === 0) {
    return (
      <p>
        <Severity mark="done" /> {t('places.noFindings')}
      </p>
    );
  }
  return (
    <>
      {view.findings.slice(0, FINDINGS_MAX).map((finding) => (
        <FindingCard key={`${finding.rule} ${finding.facts.exposed}`} finding={{ ...finding, blocked: false }} isBrief />
      ))}
      {view.findings.length > FINDINGS_MAX && (
        <p>
          <Link address={to.checks({ family: 'qd', place: view.place })}>
            {t('places.allFindings', { shown: format.number(view.findings.length) })}
          </Link>
        </p>
      )}
    </>
  );
}

/** What somebody entered with the building and relies on, though it counts no more. */
function Uncounted({ uncounted }: Pick<LicenceBasis, 'uncounted'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (uncounted.length === 0) return null;
  return (
    <Notice mark="warn" title={t('places.uncounted')}>
      {uncounted.map(({ id, words, until }) => (
        <p key={id}>
          {until === null ? t('places.uncountedNoEnd', { id, words }) : t('places.uncountedOver', { id, words, until: format.date(until) })}
        </p>
      ))}
    </Notice>
  );
}

/** Beside the limits, since whoever reads those must know what passes here all the same. */
function Waivers({ waivers }: Pick<LicenceBasis, 'waivers'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const quantity = useWaivedQuantity();
  if (waivers.length === 0) return null;
  return (
    <Panel title={t('places.waivers')} aside={<span className="soft">{t('places.waiversNote')}</span>}>
      <ul>
        {waivers.map((waiver) => {
          const { id, rule, until, reason } = waiver;
          return <li key={id}>{t('places.waivedUntil', { rule, quantity: quantity(waiver), until: format.date(until), reason })}</li>;
        })}
      </ul>
    </Panel>
  );
}

type SheetProps = Readonly<{ view: LicenceView; register: readonly RegisterRow[]; onClose: () => void }>;
function Sheet({ view, register, onClose }: SheetProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'issue' | 'print' | null>(null);
  const toggle = (what: 'issue' | 'print') => setAsked(asked === what ? null : what);
  const facts = useSheetFacts(view);
  return (
    <article className={classes.sheet} aria-label={t('places.sheet', { place: view.place })}>
      <header className={classes.sheetHead}>
        <h2>
          <bdi>{view.place}</bdi> <bdi className="soft">{view.name}</bdi>
        </h2>
        <div className={classes.sheetActions}>
          <Button variant="default" size="compact-sm" aria-expanded={asked === 'issue'} onClick={() => toggle('issue')}>
            {t('places.issue')}
          </Button>
          <Button variant="default" size="compact-sm" aria-expanded={asked === 'print'} onClick={() => toggle('print')}>
            {t('places.print')} …
          </Button>
          <CloseButton aria-label={t('beside.close')} onClick={onClose} />
        </div>
      </header>
      {asked === 'issue' && <IssueLicence place={view.place} onDone={() => setAsked(null)} />}
      {asked === 'print' && <PrintPlace view={view} register={register} onDone={() => setAsked(null)} />}
      <div className={classes.upper}>
        <Panel title={t('places.facts')}>
          <Facts facts={facts} />
        </Panel>
        <SiteDrawing view={view} register={register} />
      </div>
      <Panel title={t('places.limits')} aside={<span className="soft">{t('places.limitsNote')}</span>}>
        <LapsedLimits lapsed={view.lapsed} />
        {view.limits === null ? (
          <Notice mark="warn">
            <p>{t('places.noPosition')}</p>
          </Notice>
        ) : (
          <LimitTable limits={view.limits} set={view.set} />
        )}
      </Panel>
      <Uncounted uncounted={view.basis.uncounted} />
      <Waivers waivers={view.basis.waivers} />
      <Panel title={t('places.findings')}>
        <Findings view={view} />
      </Panel>
      <StorehousePanel place={view.place} />
      <WhatIf view={view} register={register} />
      <Panel title={t('places.effects')} aside={<span className="soft">{t('places.effectsNote')}</span>}>
        <EffectTable view={view} />
      </Panel>
      <ScaledPanel key={`scaled of ${view.place}`} neqKg={view.neqKg} />
    </article>
  );
}

export function LicenceSheet({ place, register, onClose }: { place: string; register: readonly RegisterRow[]; onClose: () => void }) {
  const { reply } = useAnswer('licence.sheet', { place });
  if (reply === null) return null;
  if (!reply.ok) return <ErrorNotice error={reply.error} />;
  return <Sheet view={reply.value} register={register} onClose={onClose} />;
}
