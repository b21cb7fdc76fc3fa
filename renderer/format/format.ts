import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { lifeLeft, type Span, spanBetween } from './dates.ts';

export type Format = Readonly<{
  number: (value: number) => string;
  /** A change, with its sign also where it grew. */
  signed: (value: number) => string;
  quantity: (value: number, unit: string) => string;
  /** Grams in, kilograms out with three decimals at most. */
  kilograms: (grams: number) => string;
  bytes: (value: number) => string;
  date: (iso: string) => string;
  time: (ms: number) => string;
  span: (span: Span) => string;
  age: (iso: string) => string;
  life: (iso: string) => Readonly<{ isOver: boolean; text: string }>;
  list: (parts: readonly string[]) => string;
}>;

/** The region's own way of writing where the desktop speaks the chosen language, else the language's. */
export const localeFor = (language: string, wanted: readonly string[]): string =>
  wanted.find((locale) => locale === language || locale.startsWith(`${language}-`)) ?? language;

const spanWords = { years: 'span.years', months: 'span.months', days: 'span.days' } as const;

export function makeFormat(locale: string, t: TFunction, now = () => new Date()): Format {
  const plain = new Intl.NumberFormat(locale);
  const change = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const mass = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  // Calendar dates have no zone; read and written in the same one they never shift by a day.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const parts = new Intl.ListFormat(locale, { type: 'conjunction' });
  const span: Format['span'] = ({ unit, count }) => t(spanWords[unit], { count, shown: plain.format(count) });
  return {
    number: (value) => plain.format(value),
    signed: (value) => change.format(value),
    quantity: (value, unit) => `${plain.format(value)} ${unit}`.trim(),
    kilograms: (grams) => `${mass.format(grams / 1000)} kg`,
    bytes: (value) => (value < 1_000_000 ? `${size.format(value / 1000)} kB` : `${size.format(value / 1_000_000)} MB`),
    date: (iso) => day.format(new Date(`${iso}T00:00:00Z`)),
    time: (ms) => moment.format(ms),
    span,
    age: (iso) => span(spanBetween(new Date(`${iso}T00:00:00`), now())),
    life: (iso) => {
      const left = lifeLeft(iso, now());
      return { isOver: left.state === 'over', text: t(left.state === 'over' ? 'span.over' : 'span.left', { span: span(left.span) }) };
    },
    list: (texts) => parts.format(texts),
  };
}

export function useFormat(): Format {
  const { t, i18n } = useTranslation();
  return useMemo(() => makeFormat(localeFor(i18n.language, navigator.languages), t), [t, i18n.language]);
}
