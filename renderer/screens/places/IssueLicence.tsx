import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { SecondPersonFields } from '../../components/SecondPersonFields.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './places.module.css';

const fields = ['number', 'authority', 'issuedOn', 'reviewOn', 'capacityKg'] as const;
type Content = Readonly<Record<(typeof fields)[number] | 'second', string>>;
const empty: Content = { number: '', authority: '', issuedOn: '', reviewOn: '', capacityKg: '', second: '' };
const typeOf = { number: 'text', authority: 'text', issuedOn: 'date', reviewOn: 'date', capacityKg: 'number' } as const;

/** The licence as the surroundings allow it today; a second person signs with the own passphrase. */
export function IssueLicence({ place, onDone }: { place: string; onDone: () => void }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [content, setContent] = useState(empty);
  const [passphrase, setPassphrase] = useState('');
  const [reply, setReply] = useState<Reply<'licence.issue'> | null>(null);
  const isComplete = fields.every((field) => field === 'capacityKg' || content[field] !== '') && content.second !== '' && passphrase !== '';
  const issue = async () => {
    const { second, capacityKg, ...licence } = content;
    const answer = await call('licence.issue', {
      licence: { place, ...licence, capacityKg: capacityKg === '' ? null : Number(capacityKg) },
      second: { user: second, passphrase },
    });
    setPassphrase('');
    setReply(answer);
    if (!answer.ok) return;
    report({ outcome: 'done', says: 'action.licenceIssued', values: { place }, link: to.licence(place) });
    onDone();
  };
  return (
    <form
      className={classes.issue}
      onSubmit={(event) => {
        event.preventDefault();
        void issue();
      }}
    >
      {fields.map((field) => (
        <TextInput
          key={field}
          type={typeOf[field]}
          label={t(`issueLicence.${field}`)}
          value={content[field]}
          onChange={(event) => setContent({ ...content, [field]: event.currentTarget.value })}
        />
      ))}
      <SecondPersonFields
        user={content.second}
        passphrase={passphrase}
        onUser={(second) => setContent({ ...content, second })}
        onPassphrase={setPassphrase}
      />
      <Button type="submit" disabled={!isComplete}>
        {t('issueLicence.sign')}
      </Button>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </form>
  );
}
