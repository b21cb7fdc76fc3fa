import i18next from 'i18next';
import english from '../../resources/locales/en.json' with { type: 'json' };
import type { DomainError } from '../../shared/domain/errors.ts';
import { functionWords } from '../../shared/rules/distance/functionWords.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { factsInWords } from '../../shared/rules/ruleFinding.ts';
import type { StabiliserVerdict } from '../../shared/rules/surveillance/stabiliser.ts';

const i18n = i18next.createInstance();
void i18n.init({ lng: 'en', resources: { en: { translation: english } }, initAsync: false, interpolation: { escapeValue: false } });

/** The sentence of a refusal; its code where the locale file has none. */
export function describeError(error: DomainError): string {
  const values = Object.fromEntries(Object.entries(error).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
  return i18n.t(`error.${error.code}`, { ...values, defaultValue: error.code });
}

/** What set a distance: the name of the function, or the word for what reaches out of a chamber. */
export const describeFunction = (id: string | null): string => functionWords(id, (hazard) => i18n.t(`reach.${hazard}`));

/** What the stabiliser left says: the sentence of the lot's page. */
export const describeVerdict = (verdict: StabiliserVerdict): string => i18n.t(`stabiliser.${verdict}`);

/** The sentence of a finding, with its numbers, and one more for each fact or number that needs saying wherever it stands. */
export function describeFinding(finding: Finding): string {
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
    subjects: finding.subjects.join(', '),
    defaultValue: finding.rule,
  });
  return [sentence, ...notes].join(' ');
}

export const describeReason = (reason: string, facts: Readonly<Record<string, string>>): string =>
  i18n.t(`surplus.reason.${reason}`, { ...facts, defaultValue: reason });
