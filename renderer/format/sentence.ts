import type { i18n as I18n } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../shared/domain/errors.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { type Format, useFormat } from './format.ts';

type Values = Readonly<Record<string, string | number>>;
type AnyError = DomainError | Fault;

/** Sentences whose key arrives from the data process. A key without a sentence still says something useful. */
export type Sentences = Readonly<{
  error: (error: AnyError) => string;
  finding: (finding: Finding) => string;
  /** `surplus.reason.*` and the like. */
  at: (key: string, values: Values, otherwise: string) => string;
}>;

const ruleLists: ReadonlySet<string> = new Set(['rules', 'roles']);

/** Fields of an error as a person reads them: numbers and times in the user's way, lists as one text. */
function wordsOf(error: AnyError, format: Format): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [field, value] of Object.entries(error)) {
    if (typeof value === 'number') words[field] = field.endsWith('AtMs') || field === 'atMs' ? format.time(value) : format.number(value);
    else if (typeof value === 'string') words[field] = value;
    else if (Array.isArray(value)) words[field] = ruleLists.has(field) ? format.list(value.map(String)) : format.number(value.length);
  }
  return words;
}

const numbersOf = (finding: Finding, format: Format): Record<string, string> =>
  Object.fromEntries(Object.entries(finding.numbers).map(([name, value]) => [name, format.number(value)]));

export function makeSentences(i18n: I18n, format: Format): Sentences {
  // The keys are not known when compiling, so the typed `t` is set aside here and nowhere else.
  const lookUp = (key: string, values: Values): string | null => (i18n.exists(key) ? String(i18n.t(key as never, values as never)) : null);
  return {
    error: (error) => lookUp(`error.${error.code}`, wordsOf(error, format)) ?? error.code,
    finding: (finding) =>
      lookUp(`finding.${finding.says}`, {
        place: finding.place,
        subjects: format.list(finding.subjects),
        ...finding.facts,
        ...numbersOf(finding, format),
      }) ?? `${finding.rule}: ${finding.place} ${format.list(finding.subjects)}`,
    at: (key, values, otherwise) => lookUp(key, values) ?? otherwise,
  };
}

export function useSentences(): Sentences {
  const { i18n } = useTranslation();
  const format = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sentences change with the language, not with the object.
  return useMemo(() => makeSentences(i18n, format), [i18n.language, format]);
}
