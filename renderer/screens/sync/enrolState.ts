import type { ChosenFile } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { FINGERPRINT_WORDS } from './syncView.ts';

export const enrolSteps = ['own', 'file', 'compare', 'sign', 'done'] as const;
export type EnrolStep = (typeof enrolSteps)[number];

export type EnrolState = Readonly<{
  step: EnrolStep;
  /** Our own words, once our file was saved in this round. */
  own: Readonly<{ file: string; fingerprint: string }> | null;
  file: ChosenFile | null;
  words: readonly string[];
  user: string;
  passphrase: string;
  error: DomainError | Fault | null;
  trusted: string | null;
  isBusy: boolean;
}>;

export const emptyEnrol: EnrolState = {
  step: 'own',
  own: null,
  file: null,
  words: Array.from({ length: FINGERPRINT_WORDS }, () => ''),
  user: '',
  passphrase: '',
  error: null,
  trusted: null,
  isBusy: false,
};
