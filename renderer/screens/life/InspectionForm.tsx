import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { type InspectionKind, type InspectionResult, inspectionKinds, inspectionResults } from '../../../shared/domain/surveillance.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { todayIso } from '../../format/dates.ts';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './life.module.css';
import { ppmOfPercent } from './lifeView.ts';

type Props = Readonly<{
  lot: Readonly<{ site: string; lotId: string; text: string }>;
  kind: InspectionKind;
  onDone: () => void;
}>;

/** What an inspection found. The stabiliser is written in percent, as laboratories write it. */
export function InspectionForm({ lot, kind: startKind, onDone }: Props) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [content, setContent] = useState({
    kind: startKind,
    onDate: todayIso(),
    result: 'passed' as InspectionResult,
    percent: '',
    remark: '',
  });
  const [reply, setReply] = useState<Reply<'life.inspect'> | null>(null);
  const ppm = ppmOfPercent(content.percent);
  const isMeasured = content.kind === 'stabiliser';
  const isComplete =
    content.onDate !== '' && (!isMeasured || ppm !== null) && (content.result === 'passed' || content.remark.trim() !== '');
  const record = async () => {
    const { percent: _, ...rest } = content;
    const answer = await call('life.inspect', { ...rest, lotId: lot.lotId, stabiliserPpm: isMeasured ? ppm : null });
    setReply(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.inspected', values: { lot: lot.text }, link: to.lot(lot.site, lot.lotId) });
    onDone();
  };
  return (
    <form
      className={classes.form}
      aria-label={t('life.record')}
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <NativeSelect
        label={t('life.kind')}
        value={content.kind}
        onChange={(event) => setContent({ ...content, kind: event.currentTarget.value as InspectionKind })}
        data={inspectionKinds.map((value) => ({ value, label: t(`inspectionKind.${value}`) }))}
      />
      <TextInput
        type="date"
        label={t('life.onDate')}
        value={content.onDate}
        max={todayIso()}
        onChange={(event) => setContent({ ...content, onDate: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('life.result')}
        value={content.result}
        onChange={(event) => setContent({ ...content, result: event.currentTarget.value as InspectionResult })}
        data={inspectionResults.map((value) => ({ value, label: t(`inspectionResult.${value}`) }))}
      />
      {isMeasured && (
        <TextInput
          label={t('life.percent')}
          inputMode="decimal"
          value={content.percent}
          error={content.percent !== '' && ppm === null ? t('life.percentWrong') : null}
          onChange={(event) => setContent({ ...content, percent: event.currentTarget.value })}
        />
      )}
      <TextInput
        className={classes.wide ?? ''}
        label={t('life.remark')}
        description={content.result === 'passed' ? null : t('life.remarkNeeded')}
        value={content.remark}
        onChange={(event) => setContent({ ...content, remark: event.currentTarget.value })}
      />
      <Button type="submit" disabled={!isComplete}>
        {t('life.record')}
      </Button>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </form>
  );
}
