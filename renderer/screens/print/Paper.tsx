import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { useFormat } from '../../format/format.ts';
import classes from './paper.module.css';

type PaperProps = Readonly<{
  title: string;
  /** What it is about, as it stands in the head of every page. */
  subject: string;
  facts: readonly Fact[];
  /** How the paper is to be handled; written above and below on every page. Empty: nothing is written. */
  marking: string;
  printedAtMs: number;
  children: ReactNode;
}>;

/**
 * A document as it comes out of a printer: black on white, with depot, person, time and the head of the journal. It is
 * not shown on the screen. The head and foot of its table come again on every page.
 */
export function Paper({ title, subject, facts, marking, printedAtMs, children }: PaperProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const depot = `${session?.name ?? ''} (${session?.site ?? ''})`;
  const head = session?.head ? t('paper.headCode', { seq: format.number(session.head.seq), code: session.head.code }) : '';
  const notWhole = format.list([...new Set(session?.notUnderstood.map(({ site }) => site))]);
  const mark = marking.trim() === '' ? null : <p className={classes.marking}>{marking}</p>;
  const origin: readonly Fact[] = [
    { label: t('paper.depot'), value: <bdi>{depot}</bdi> },
    { label: t('paper.person'), value: <bdi>{session?.person ?? ''}</bdi> },
    { label: t('paper.printedAt'), value: format.time(printedAtMs) },
    { label: t('paper.journal'), value: head },
    ...(notWhole !== '' ? [{ label: t('paper.account'), value: t('paper.notWhole', { sites: notWhole }) }] : []),
    ...(session?.isControlWeakened ? [{ label: t('paper.control'), value: t('top.weakened') }] : []),
  ];
  return createPortal(
    <article className={classes.paper} data-paper>
      <table className={classes.pages} role="presentation">
        <thead>
          <tr>
            <td>
              {mark}
              <p className={classes.running}>
                <bdi>{depot}</bdi>
                <bdi>{subject}</bdi>
                <span>{head}</span>
              </p>
            </td>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <header className={classes.head}>
                <h1>{title}</h1>
                <div className={classes.headFacts}>
                  <Facts facts={facts} />
                  <Facts facts={origin} />
                </div>
              </header>
              {children}
            </td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <td>{mark}</td>
          </tr>
        </tfoot>
      </table>
    </article>,
    document.body,
  );
}

/** A part of a document that stays with its heading; a long table may go on over the page, its rows do not. */
export function PaperPart({
  title,
  note,
  isWhole = false,
  children,
}: {
  title: string;
  note?: string;
  isWhole?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={isWhole ? classes.whole : classes.part}>
      <h2>{title}</h2>
      {note !== undefined && <p className={classes.note}>{note}</p>}
      {children}
    </section>
  );
}

/** One line each for name, date and hand. */
export function Signatures({ roles }: { roles: readonly Readonly<{ role: string; name: string }>[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.signatures}>
      {roles.map(({ role, name }) => (
        <div key={role}>
          <p className={classes.line} />
          <p>
            {role}
            {name !== '' && (
              <>
                : <bdi>{name}</bdi>
              </>
            )}
          </p>
          <p className={classes.note}>{t('paper.signHere')}</p>
        </div>
      ))}
    </div>
  );
}
