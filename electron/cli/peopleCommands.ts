import { resolve } from 'node:path';
import { openLedger } from '../data/host/openLedger.ts';
import { secondPerson } from '../data/host/operations.ts';
import { addPerson, changePassphrase, changePerson, recoverPerson, slotsOfWords } from '../data/host/people.ts';
import { defaultUserDataDir } from '../data/host/userData.ts';
import { closeLedger } from '../data/ledger.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, secret, UsageError } from './io.ts';
import { deps, withLedger } from './openFile.ts';
import { secondOf } from './second.ts';

const rolesOf = (parsed: Parsed): string[] =>
  needed(parsed, 'roles')
    .split(',')
    .map((role) => role.trim());
const done = (name: string, what: string): Answer => ({ json: { user: name, done: what }, lines: [`${name}: ${what}`] });

export function user(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, 'add, role, retire or passphrase');
  return withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    if (verb === 'passphrase') {
      await changePassphrase(ledger, await secret('DEPOT_NEW_PASSPHRASE', 'New passphrase'));
      return done(ledger.session.person, 'passphrase changed');
    }
    const name = needed(parsed, 'user');
    if (verb !== 'add' && verb !== 'role' && verb !== 'retire') throw new UsageError('user takes add, role, retire or passphrase');
    const second = await secondPerson(ledger, await secondOf(parsed));
    if (verb === 'add') {
      await addPerson(ledger, name, rolesOf(parsed), await secret('DEPOT_NEW_PASSPHRASE', `Passphrase of ${name}`), second);
      return done(name, 'added');
    }
    changePerson(ledger, name, verb === 'retire' ? { isActive: false } : { roles: rolesOf(parsed) }, second);
    return done(name, verb === 'retire' ? 'retired' : 'roles changed');
  });
}

/** Opens with the 24 words and gives a person a new passphrase. */
export async function recover(parsed: Parsed): Promise<Answer> {
  const file = resolve(positional(parsed, 0, 'FILE'));
  const name = optional(parsed, 'user') ?? 'admin';
  const candidates = slotsOfWords(file, await secret('DEPOT_RECOVERY_WORDS', 'The 24 words'));
  const ledger = openLedger({ file, candidates, recovering: name, userDataDir: defaultUserDataDir(), deps });
  try {
    await recoverPerson(ledger, name, await secret('DEPOT_PASSPHRASE', 'New passphrase'));
    return done(name, 'new passphrase set');
  } finally {
    closeLedger(ledger);
  }
}
