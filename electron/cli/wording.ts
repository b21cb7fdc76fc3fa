import i18next from 'i18next';
import english from '../../resources/locales/en.json' with { type: 'json' };
import type { DomainError } from '../../shared/domain/errors.ts';
import { functionWords } from '../../shared/rules/distance/functionWords.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { factsInWords } from '../../shared/rules/ruleFinding.ts';
import type { StabiliserVerdict } from '../../shared/rules/surveillance/stabiliser.ts';
import { optionOf } from './options.ts';

const i18n = i18next.createInstance();
void i18n.init({ lng: 'en', resources: { en: { translation: english } }, initAsync: false, interpolation: { escapeValue: false } });

/** A sentence of the locale file; its key where there is none. */
export const words = (key: string, values: Readonly<Record<string, unknown>> = {}): string => i18n.t(key, { ...values, defaultValue: key });
/** Codes in a refusal that have a word of their own. Roles and rules stay as they are typed at the terminal. */
const WORDS_OF: Readonly<Record<string, string>> = { action: 'actionName', why: 'secondWhy', cause: 'secondCause' };

/** A member of a list in a refusal: a candidate by what tells it from the others, an error of a file by its message. */
const memberWords = (member: unknown): string =>
  typeof member !== 'object' || member === null
    ? String(member)
    : Object.values(member)
        .map((value) => String(value ?? '?'))
        .join(' ');

/** Where a value did not fit: the word for it, and the option under which it was typed. */
function fieldWords(field: string): string {
  const word = i18n.t(`inputField.${field}`, { defaultValue: field });
  return NO_OPTION.includes(field) ? word : `${word} (${optionOf(field)})`;
}
/** Fields that are no option of a command: a whole file, or several options at once. */
const NO_OPTION: readonly string[] = ['packFile', 'planFile', 'measures'];

function wordOf(field: string, value: unknown): unknown {
  if (field === 'field') return fieldWords(String(value));
  if (typeof value === 'number' && /at(?:Ms)$/i.test(field)) return new Date(value).toISOString();
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(memberWords).join(', ');
  const group = WORDS_OF[field];
  return group === undefined || typeof value !== 'string' ? value : i18n.t(`${group}.${value}`, { defaultValue: value });
}

/** The sentence of a refusal; its code where the locale file has none. */
export function describeError(error: DomainError): string {
  const values = Object.fromEntries(Object.entries(error).map(([field, value]) => [field, wordOf(field, value)]));
  const sentence = i18n.t(`error.${error.code}`, { ...values, defaultValue: error.code });
  const isUnsigned = error.code === 'secondPersonRequired' && (error.cause === 'nobody' || error.cause === 'noPassphrase');
  return isUnsigned ? `${sentence} ${i18n.t('secondTerminal')}` : sentence;
}

/** What set a distance: the name of the function, or the word for what reaches out of a chamber. */
export const describeFunction = (id: string | null): string => functionWords(id, (hazard) => i18n.t(`reach.${hazard}`));

/** What the stabiliser left says: the sentence of the lot's page. */
export const describeVerdict = (verdict: StabiliserVerdict): string => i18n.t(`stabiliser.${verdict}`);

/** The lot's id as people compare it where nothing is marked on the lot. */
const ID_SHORT = 8;
/** Natures, and the lot where the finding is about one. `lot`: its marking, null where the finding is about none. */
function subjectsOf({ subjects, lotId }: Pick<Finding, 'subjects' | 'lotId'>, lot: string | null): string {
  const natures = subjects.join(', ');
  if (lot === null) return natures;
  return lot === ''
    ? i18n.t('findingLot.unmarked', { natures, id: lotId?.slice(0, ID_SHORT) })
    : i18n.t('findingLot.marked', { natures, lot });
}

/** The sentence of a finding, with its numbers, and one more for each fact or number that needs saying wherever it stands. */
export function describeFinding(finding: Finding, lot: string | null = null): string {
  const facts = factsInWords(finding.facts, (row) => (i18n.exists(`exclusionName.${row}`) ? i18n.t(`exclusionName.${row}`) : null));
  const said = { ...facts, ...finding.numbers };
  const notes = Object.keys(said)
    .filter((name) => i18n.exists(`findingNote.${name}`))
    .map((name) => i18n.t(`findingNote.${name}`, said));
  const sentence = i18n.t(`finding.${finding.says}`, {
    ...facts,
    ...(facts.function === undefined ? {} : { function: describeFunction(facts.function) }),
    ...finding.numbers,
    place: finding.place,
    subjects: subjectsOf(finding, lot),
    defaultValue: finding.rule,
  });
  return [sentence, ...notes].join(' ');
}

export const describeReason = (reason: string, facts: Readonly<Record<string, string>>): string =>
  i18n.t(`surplus.reason.${reason}`, { ...facts, defaultValue: reason });

/** What was assumed of a place of which nothing, or no known word, was said. */
export const describeAssumed = (side: 'pes' | 'es', said: string | null, known: readonly string[]): string =>
  i18n.t(said === null ? 'assumedPlace.unsaid' : 'assumedPlace.unknown', { option: `--${side}`, said, known: known.join(', ') });
