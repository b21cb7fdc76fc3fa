import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { PaperSize, PrintReply } from '../../../shared/contract/procedures.ts';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import { err } from '../../../shared/lib/result.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { localeFor } from '../../format/format.ts';
import { useAppStore } from '../../stores/appStore.ts';
import classes from './printForm.module.css';

/** A document that can be asked for. `paper` gets what is written above every page, and when it is printed. */
export type PrintKind = Readonly<{ id: string; label: string; paper: (marking: string, printedAtMs: number) => ReactNode }>;
type Job = Readonly<{ atMs: number }>;

const LETTER_REGIONS = ['US', 'CA', 'MX', 'PH', 'CO', 'CL', 'VE', 'GT', 'CR', 'DO', 'SV', 'NI', 'PA', 'HN'];
/** What printers of this region hold. */
export const usualPaper = (locale: string): PaperSize => (LETTER_REGIONS.includes(locale.split('-').at(-1) ?? '') ? 'Letter' : 'A4');

/** Two frames: in the first the document is laid out, in the second its drawings are painted. */
const drawn = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Which document, on what paper, with what marking; then to the printer or into a PDF. */
export function PrintForm({ kinds, onDone }: { kinds: readonly PrintKind[]; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const report = useAppStore((s) => s.report);
  const [chosen, setChosen] = useState(kinds[0]?.id ?? '');
  const [size, setSize] = useState<PaperSize>(() => usualPaper(localeFor(i18n.language, navigator.languages)));
  const [marking, setMarking] = useState('');
  const [job, setJob] = useState<Job | null>(null);
  const [reply, setReply] = useState<PrintReply | null>(null);
  const kind = kinds.find(({ id }) => id === chosen);
  const print = async (file: ChosenFile | null) => {
    flushSync(() => setJob({ atMs: Date.now() }));
    await drawn();
    const answer = await globalThis.depot
      .printPage({ size, file: file?.token ?? null })
      .catch((): PrintReply => err({ code: 'internal', id: 'no-reply' }));
    setJob(null);
    setReply(answer);
    if (!answer.ok || answer.value === 'cancelled') return;
    report({ outcome: 'done', says: file === null ? 'action.printed' : 'action.pdfSaved', values: { file: file?.name ?? '' }, link: null });
    onDone();
  };
  const toPdf = async () => {
    const file = await globalThis.depot.chooseFile('savePdf');
    if (file !== null) await print(file);
  };
  return (
    <section className={classes.form} aria-label={t('print.title')}>
      <NativeSelect
        label={t('print.kind')}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={kinds.map(({ id, label }) => ({ value: id, label }))}
      />
      <NativeSelect
        label={t('print.size')}
        value={size}
        onChange={(event) => setSize(event.currentTarget.value as PaperSize)}
        data={(['A4', 'Letter'] as const).map((value) => ({ value, label: t(`print.${value}`) }))}
      />
      <TextInput
        label={t('print.marking')}
        placeholder={t('print.markingHint')}
        maxLength={80}
        value={marking}
        onChange={(event) => setMarking(event.currentTarget.value)}
      />
      <Button disabled={job !== null} onClick={() => void toPdf()}>
        {t('print.toPdf')} …
      </Button>
      <Button variant="default" disabled={job !== null} onClick={() => void print(null)}>
        {t('print.toPaper')} …
      </Button>
      {reply && !reply.ok && <ErrorNotice error={reply.error} />}
      {job !== null && kind?.paper(marking, job.atMs)}
    </section>
  );
}
