// Goal: the refusal of a second person says the cause, and no more of a secret than the one who asks knows already.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../../electron/cli/arguments.ts';
import { secondOf } from '../../electron/cli/second.ts';
import { describeError } from '../../electron/cli/wording.ts';
import { type SaidSecond, secondPerson } from '../../electron/data/host/operations.ts';
import { closeLedger, inWriteTransaction, record, type Second } from '../../electron/data/ledger.ts';
import { approvalRefusal } from '../../electron/data/services/authority.ts';
import { aDepot, addColleague, PASSPHRASE, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeAll(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
  const amina = await addColleague(depot.ledger, 'amina', ['storekeeper']);
  await addColleague(depot.ledger, 'boris', ['commander'], amina);
});
afterAll(() => closeLedger(depot.ledger));

const refusalOf = async (said: SaidSecond | undefined) => approvalRefusal(depot.ledger, 'override', await secondPerson(depot.ledger, said));

test.each<[string, SaidSecond | undefined, string, string]>([
  ['nobody', undefined, 'nobody', 'Nobody was named.'],
  ['a name without a passphrase', { user: 'boris', passphrase: null }, 'noPassphrase', 'was not given'],
  ['the one signed in', { user: 'admin', passphrase: PASSPHRASE }, 'self', 'is the one who enters it'],
  ['a wrong passphrase', { user: 'boris', passphrase: 'not his' }, 'notRecognised', 'do not belong to one active person'],
  ['the passphrase of another person', { user: 'boris', passphrase: 'amina of the depot' }, 'notRecognised', 'do not belong'],
  ['a name that nobody has', { user: 'chen', passphrase: 'amina of the depot' }, 'notRecognised', 'do not belong'],
  ['a person whose roles do not approve it', { user: 'amina', passphrase: 'amina of the depot' }, 'role', 'none of the roles'],
])('%s: the cause is said', async (_name, said, cause, words) => {
  const refusal = await refusalOf(said);
  expect(refusal).toMatchObject({ code: 'secondPersonRequired', cause, roles: ['ato', 'commander', 'authority'] });
  expect(describeError(refusal as NonNullable<typeof refusal>)).toContain(words);
});

test('who approves it by role and passphrase counts', async () => {
  depot.deps.advance(3_600_000); // the wrong tries above make the next one wait
  expect(await refusalOf({ user: 'boris', passphrase: 'boris of the depot' })).toBeNull();
});

test('where nothing was given the terminal says where the passphrase is looked for', async () => {
  const parsed = readArguments(['--second', 'boris'], ['second']);
  const said = await secondOf(parsed);
  expect(said).toEqual({ user: 'boris', passphrase: null });
  const sentence = describeError((await refusalOf(said)) as NonNullable<Awaited<ReturnType<typeof refusalOf>>>);
  expect(sentence).toContain('--second');
  expect(sentence).toContain('DEPOT_SECOND_PASSPHRASE_FILE');
  const wrong = await refusalOf({ user: 'boris', passphrase: 'not his' });
  expect(describeError(wrong as NonNullable<typeof wrong>)).not.toContain('DEPOT_SECOND_PASSPHRASE');
});

test('a person who does not count signs nothing', () => {
  const unsigned: Second = { person: 'boris', sign: null, cause: 'notRecognised' };
  const entry = { type: 'conditions.chosen', data: { table: 'us', edition: '1' } } as const;
  const recorded = inWriteTransaction(depot.ledger, (tx) => record(tx, entry, { second: unsigned }));
  expect(JSON.stringify(recorded)).not.toContain('boris');
});
