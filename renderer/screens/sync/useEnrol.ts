import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { useAppStore } from '../../stores/appStore.ts';
import { type EnrolState, emptyEnrol } from './enrolState.ts';
import { isWhole } from './syncView.ts';

export type Enrol = Readonly<{
  saveOwn: () => Promise<void>;
  choose: () => Promise<void>;
  /** Says whether the words fit; where nobody else has to sign, trusts at once. */
  compare: () => Promise<void>;
  sign: () => Promise<void>;
}>;

/** What the steps do. Each error stays in its step with what was typed. */
export function useEnrol(state: EnrolState, set: (part: Partial<EnrolState>) => void): Enrol {
  const report = useAppStore((s) => s.report);
  const saveOwn = async () => {
    const file = await globalThis.depot.chooseFile('saveIdentity');
    if (!file) return;
    const reply = await call('identity.save', { file: file.token });
    set(reply.ok ? { own: { file: file.name, fingerprint: reply.value.fingerprint }, error: null } : { error: reply.error });
  };
  const choose = async () => {
    const file = await globalThis.depot.chooseFile('openIdentity');
    if (file) set({ file, words: emptyEnrol.words, error: null, step: 'compare' });
  };
  const ask = async (isSigned: boolean) => {
    if (!state.file || !isWhole(state.words)) return;
    set({ isBusy: true });
    const reply = await call('partner.trust', {
      file: state.file.token,
      fingerprint: state.words.join(' '),
      ...(isSigned ? { second: { user: state.user.trim(), passphrase: state.passphrase } } : {}),
    });
    set({ isBusy: false, passphrase: '' });
    if (!reply.ok) {
      // The words are compared before anything else, so what asks for a signature says that they fit.
      const isSignature = reply.error.code === 'secondPersonRequired';
      return set({ error: isSignature && !isSigned ? null : reply.error, step: isSignature ? 'sign' : 'compare' });
    }
    set({ error: null, trusted: reply.value.trusted, step: 'done' });
    report({ outcome: 'done', says: 'action.trusted', values: { site: reply.value.trusted }, link: to.sync({ part: 'partners' }) });
  };
  return { saveOwn, choose, compare: () => ask(false), sign: () => ask(true) };
}
