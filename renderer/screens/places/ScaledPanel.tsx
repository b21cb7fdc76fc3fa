import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScaledView } from '../../../shared/contract/measureViews.ts';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './places.module.css';
import { positiveOf } from './scaledView.ts';

const kinds = ['distanceM', 'scaled', 'incidentKPa'] as const;
type Kind = (typeof kinds)[number];
const unitKeys = { distanceM: 'm', scaled: 'm/kg^⅓', incidentKPa: 'kPa' } as const;

function Answer({ view }: { view: ScaledView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: readonly Fact[] = [
    { label: t('scaled.z'), value: `${format.number(view.scaledDistance)} ${t('scaled.unitZ')}` },
    { label: t('scaled.distance'), value: `${format.number(view.distanceM)} m` },
    {
      label: t('scaled.pressure'),
      value: view.incidentKPa === null ? t('scaled.outside') : `${format.number(view.incidentKPa)} kPa`,
    },
  ];
  return (
    <>
      <Facts facts={facts} isWide />
      <p className="soft">
        {t('scaled.range', { from: format.number(view.fromZ), to: format.number(view.toZ) })}{' '}
        {`${view.source}, ${t(`ruleStatus.${view.status}`)}`}
      </p>
    </>
  );
}

/** NEQ and a distance give the scaled distance; NEQ and a wanted overpressure or scaled distance give the distance. */
export function ScaledPanel({ neqKg }: { neqKg: number }) {
  const { t } = useTranslation();
  const [neq, setNeq] = useState(neqKg > 0 ? String(neqKg) : '');
  const [kind, setKind] = useState<Kind>('distanceM');
  const [value, setValue] = useState('');
  const [reply, setReply] = useState<Reply<'blast.scaled'> | null>(null);
  const asked = { neqKg: positiveOf(neq), value: positiveOf(value) };
  const ask = async () => {
    if (asked.neqKg !== null && asked.value !== null)
      setReply(await call('blast.scaled', { neqKg: asked.neqKg, kind, value: asked.value }));
  };
  const words = { distanceM: t('scaled.distanceM'), scaled: t('scaled.scaledZ'), incidentKPa: t('scaled.incidentKPa') };
  return (
    <Panel title={t('scaled.title')} aside={<span className="soft">{t('scaled.note')}</span>}>
      <form
        className={classes.ask}
        aria-label={t('scaled.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <TextInput
          label={t('scaled.neqKg')}
          inputMode="decimal"
          value={neq}
          rightSection={<span className="soft">kg</span>}
          onChange={(event) => setNeq(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('scaled.of')}
          value={kind}
          data={kinds.map((each) => ({ value: each, label: words[each] }))}
          onChange={(event) => {
            setKind(event.currentTarget.value as Kind);
            setReply(null);
          }}
        />
        <TextInput
          label={t('scaled.value')}
          inputMode="decimal"
          value={value}
          rightSection={<span className="soft">{unitKeys[kind]}</span>}
          rightSectionWidth={64}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" disabled={asked.neqKg === null || asked.value === null}>
          {t('scaled.ask')}
        </Button>
      </form>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {reply?.ok && <Answer view={reply.value} />}
    </Panel>
  );
}
