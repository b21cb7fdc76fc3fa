import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { LotPage } from '../../../shared/contract/views.ts';
import type { Inspection } from '../../../shared/domain/surveillance.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useFormat } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import classes from '../life/life.module.css';

type Props = Readonly<{ lot: LotPage['lot']; inspections: readonly Inspection[]; onDone: () => void }>;

/** A new last day of safe life: longer on the ground of an inspection that passed; a second person signs. */
export function ChangeLife({ lot, inspections, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const report = useAppStore((s) => s.report);
  const bases = inspections.filter(({ kind, result }) => result === 'passed' && (kind === 'functional' || kind === 'stabiliser'));
  const [content, setContent] = useState({ until: lot.lifeUntil ?? '', inspection: '', reason: '', user: '' });
  const [passphrase, setPassphrase] = useState('');
  const [reply, setReply] = useState<Reply<'life.change'> | null>(null);
  const isComplete = content.until !== '' && content.reason.trim() !== '' && content.user !== '' && passphrase !== '';
  const change = async () => {
    const { until, inspection, reason, user } = content;
    const answer = await call('life.change', {
      change: { lotId: lot.lotId, until, inspection: inspection === '' ? null : inspection, reason },
      second: { user, passphrase },
    });
    setPassphrase('');
    setReply(answer);
    if (!answer.ok) return;
    report({
      outcome: 'done',
      says: 'action.lifeChanged',
      values: { lot: lot.text, until: format.date(until) },
      link: to.lot(lot.site, lot.lotId),
    });
    onDone();
  };
  return (
    <form
      className={classes.form}
      aria-label={t('life.change')}
      onSubmit={(event) => {
        event.preventDefault();
        void change();
      }}
    >
      <TextInput
        type="date"
        label={t('life.until')}
        value={content.until}
        onChange={(event) => setContent({ ...content, until: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('life.basis')}
        value={content.inspection}
        onChange={(event) => setContent({ ...content, inspection: event.currentTarget.value })}
        data={[
          { value: '', label: t('life.noBasis') },
          ...bases.map(({ id, kind, onDate }) => ({ value: id, label: `${format.date(onDate)} · ${t(`inspectionKind.${kind}`)}` })),
        ]}
      />
      <TextInput
        label={t('life.reason')}
        autoComplete="off"
        value={content.reason}
        onChange={(event) => setContent({ ...content, reason: event.currentTarget.value })}
      />
      <SecondPersonFields
        user={content.user}
        passphrase={passphrase}
        onUser={(user) => setContent({ ...content, user })}
        onPassphrase={setPassphrase}
      />
      <Button type="submit" disabled={!isComplete}>
        {t('life.change')}
      </Button>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </form>
  );
}
