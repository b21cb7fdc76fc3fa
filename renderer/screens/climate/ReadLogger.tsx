import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/contract/procedures.ts';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './climate.module.css';

const COLUMNS = ['at', 'temperature_c', 'humidity_percent'] as const;

/** What the machine calls now, as the zone of a logger that names none: `+03:00`. */
function zoneHere(): string {
  const minutes = -new Date().getTimezoneOffset();
  const two = (value: number): string => String(value).padStart(2, '0');
  return minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** The file of a logger: looked at first, then taken in whole or not at all. */
export function ReadLogger({ place, onDone }: { place: string; onDone: () => void }) {
  const { t } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [content, setContent] = useState<Readonly<Record<string, string>>>({ logger: '', zone: zoneHere() });
  const [reply, setReply] = useState<Reply<'climate.import'> | null>(null);
  const ask = async (chosen: ChosenFile, isDryRun: boolean) => {
    const mapping = Object.fromEntries(COLUMNS.flatMap((name) => (content[name] ? [[name, content[name]]] : [])));
    const input = { place, file: chosen.token, logger: content.logger ?? '', zone: content.zone ?? 'Z', mapping, isDryRun };
    const answer = await call('climate.import', input);
    setReply(answer);
    if (isDryRun || !answer.ok || answer.value.added === null) return;
    report({ outcome: 'done', says: 'action.loggerRead', values: { place, readings: answer.value.added }, link: to.climate(place) });
    onDone();
  };
  const choose = async () => {
    const chosen = await globalThis.depot.chooseFile('importCsv');
    if (chosen === null) return;
    setFile(chosen);
    await ask(chosen, true);
  };
  const field = (name: string, label: string, placeholder = '') => (
    <TextInput
      key={name}
      label={label}
      placeholder={placeholder}
      value={content[name] ?? ''}
      onChange={(event) => {
        setContent({ ...content, [name]: event.currentTarget.value });
        setReply(null);
      }}
    />
  );
  const errors = reply?.ok ? reply.value.errors : [];
  return (
    <section className={classes.read} aria-label={t('climate.read')}>
      <Button variant="default" onClick={() => void choose()}>
        {file === null ? t('import.choose') : file.name}
      </Button>
      {field('logger', t('climate.logger'))}
      {field('zone', t('climate.zone'))}
      {COLUMNS.map((name) => field(name, t('climate.header', { column: name }), name))}
      {file !== null && reply === null && (
        <Button variant="default" onClick={() => void ask(file, true)}>
          {t('climate.look')}
        </Button>
      )}
      {file !== null && reply?.ok && errors.length === 0 && (
        <>
          <span>{t('climate.found', { added: reply.value.added ?? 0, known: reply.value.known })}</span>
          <Button onClick={() => void ask(file, false)}>{t('climate.take')}</Button>
        </>
      )}
      {errors.length > 0 && (
        <Notice mark="stop" title={t('climate.refused', { count: errors.length })} isAlert>
          <ul className={`${layout.plainList} ${classes.errors}`}>
            {errors.slice(0, 50).map((error) => (
              <li key={`${error.row} ${error.column}`}>
                {t('climate.error', { row: error.row, column: error.column })} <bdi>{error.value}</bdi>: {error.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
    </section>
  );
}
