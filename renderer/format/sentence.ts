import type { i18n as I18n } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DomainError, Fault } from '../../shared/domain/errors.ts';
import { functionWords } from '../../shared/rules/distance/functionWords.ts';
import { type Finding, familyOf } from '../../shared/rules/finding.ts';
import { factsInWords } from '../../shared/rules/ruleFinding.ts';
import { isDate } from './dates.ts';
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

type Word = (key: string, otherwise: string) => string;

/** Codes in an error that have a word of their own; what has none is shown as it is. */
function wordFor(field: string, value: string, word: Word): string {
  const groups: Readonly<Record<string, string>> = {
    action: 'actionName',
    why: 'secondWhy',
    cause: 'secondCause',
    field: 'inputField',
    kind: 'movementKind',
    roles: 'role',
    rules: 'family',
  };
  const group = groups[field];
  return group ? word(`${group}.${field === 'rules' ? familyOf(value) : value}`, value) : value;
}

/** Fields of an error as a person reads them: numbers and times in the user's way, codes as words, lists as one text. */
function wordsOf(error: AnyError, format: Format, word: Word): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [field, value] of Object.entries(error)) {
    if (typeof value === 'number') words[field] = /at(?:Ms)$/i.test(field) ? format.time(value) : format.number(value);
    else if (typeof value === 'string') words[field] = wordFor(field, value, word);
    else if (field === 'rules' || field === 'roles')
      words[field] = format.list([...new Set(value.map((one: unknown) => wordFor(field, String(one), word)))] as string[]);
    else if (field === 'cells') words[field] = value.length === 0 ? '–' : format.list(value as readonly string[]);
    else if (Array.isArray(value)) words[field] = format.number(value.length);
  }
  return words;
}

/** Dates in the user's way and what reaches out of a chamber as a word, the rest as it is. */
const factsOf = (finding: Finding, format: Format, word: Word): Record<string, string> => {
  const wordsOfFact = (name: string, value: string): string => {
    if (name === 'function') return functionWords(value, (hazard) => word(`reach.${hazard}`, value));
    return isDate(value) ? format.date(value) : value;
  };
  return Object.fromEntries(Object.entries(finding.facts).map(([name, value]) => [name, wordsOfFact(name, value)]));
};

const numbersOf = (finding: Finding, format: Format): Record<string, string> =>
  Object.fromEntries(Object.entries(finding.numbers).map(([name, value]) => [name, format.number(value)]));

export function makeSentences(i18n: I18n, format: Format): Sentences {
  // The keys are not known when compiling, so the typed `t` is set aside here and nowhere else.
  const lookUp = (key: string, values: Values): string | null => (i18n.exists(key) ? String(i18n.t(key as never, values as never)) : null);
  return {
    error: (error) =>
      lookUp(
        `error.${error.code}`,
        wordsOf(error, format, (key, otherwise) => lookUp(key, {}) ?? otherwise),
      ) ?? error.code,
    finding: (finding) => {
      const told = factsOf(finding, format, (key, otherwise) => lookUp(key, {}) ?? otherwise);
      const facts = factsInWords(told, (row) => lookUp(`exclusionName.${row}`, {}));
      const numbers = numbersOf(finding, format);
      const sentence = lookUp(`finding.${finding.says}`, {
        place: finding.place,
        subjects: format.list(finding.subjects),
        ...facts,
        ...numbers,
      });
      // Facts and numbers that need saying wherever they stand have a sentence of their own.
      const said = { ...facts, ...numbers };
      const notes = Object.keys(said).flatMap((name) => lookUp(`findingNote.${name}`, said) ?? []);
      return [sentence ?? `${finding.rule}: ${finding.place} ${format.list(finding.subjects)}`, ...notes].join(' ');
    },
    at: (key, values, otherwise) => lookUp(key, values) ?? otherwise,
  };
}

export function useSentences(): Sentences {
  const { i18n } = useTranslation();
  const format = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sentences change with the language, not with the object.
  return useMemo(() => makeSentences(i18n, format), [i18n.language, format]);
}
