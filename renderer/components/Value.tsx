import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../shared/domain/model.ts';
import { useFormat } from '../format/format.ts';
import classes from './value.module.css';

/** Unknown is a value and is said in a word, never left as an empty cell. */
export function Unknown() {
  const { t } = useTranslation();
  return <span className="unknown">{t('value.unknown')}</span>;
}

export function TextOrUnknown({ text }: { text: string | null }) {
  return text === null || text === '' || text === UNKNOWN ? <Unknown /> : <span className="mark">{text}</span>;
}

export function Kilograms({ grams }: { grams: number | null }) {
  const format = useFormat();
  return grams === null ? <Unknown /> : format.kilograms(grams);
}

export function Quantity({ value, unit }: { value: number; unit: string }) {
  const format = useFormat();
  return (
    <>
      {format.number(value)} <span className="soft">{unit}</span>
    </>
  );
}

/** `12 Mar 2019 · 7 y` */
export function DateWithAge({ date }: { date: string | null }) {
  const format = useFormat();
  if (date === null) return <Unknown />;
  return (
    <>
      <bdi>{format.date(date)}</bdi> <span className="soft">· {format.age(date)}</span>
    </>
  );
}

/** The last day of safe life and what is left of it; what is over is said in words and weight, not by colour alone. */
export function LifeUntil({ date }: { date: string | null }) {
  const format = useFormat();
  if (date === null) return <Unknown />;
  const { isOver, text } = format.life(date);
  return (
    <>
      <bdi>{format.date(date)}</bdi> <span className={isOver ? classes.over : 'soft'}>· {text}</span>
    </>
  );
}

/** What is marked on the lot, or which of the four states of identity it has. */
export function LotText({ text, identity }: { text: string; identity: 'known' | 'none' | 'mixed' | 'unknown' }) {
  const { t } = useTranslation();
  if (identity === 'known') return <bdi className="mark">{text}</bdi>;
  return (
    <span>
      {text && <bdi className="mark">{text} </bdi>}
      <span className="unknown">{t(`identity.${identity}`)}</span>
    </span>
  );
}
