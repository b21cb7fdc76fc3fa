import type { Ledger } from '../data/ledger.ts';
import { listNotUnderstood } from '../data/repositories/notUnderstood.ts';
import type { Answer } from './io.ts';
import { words } from './wording.ts';

/** The answer, and beside it whose accounts are not whole here: figures and checks of those sites may say less than there is. */
export function tellingAccounts(ledger: Ledger, answer: Answer): Answer {
  const notUnderstood = listNotUnderstood(ledger);
  if (notUnderstood.length === 0) return answer;
  const notes = notUnderstood.map(({ device, entries, ...whose }) =>
    words('terminal.notUnderstood', { ...whose, count: entries, short: device.slice(0, 8) }),
  );
  return { ...answer, json: { ...(answer.json as object), notUnderstood }, notes: [...(answer.notes ?? []), ...notes] };
}
