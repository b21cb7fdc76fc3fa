import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { post } from '../../electron/data/host/operations.ts';
import { addPerson, changePerson } from '../../electron/data/host/people.ts';
import { sessionView } from '../../electron/data/host/session.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger, type Second } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { choosePack, grantWaiver, setLicence, setPolicy, setRestriction } from '../../electron/data/services/administer.ts';
import { importFiles } from '../../electron/data/services/importFiles.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import { aDepot, addColleague, aRequest, START_MS, stockUp, type TestDepot } from '../support/depot.ts';

// Goal: the hard conflicts of life-cycle 7.2 hold for every operation that exists today.
// Method: one depot, sessions with each set of roles; what is refused leaves the journal as it was.

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

/** The same open depot with somebody else signed in. */
const as = (roles: readonly string[], { person, sign }: Second): Ledger => ({ ...depot.ledger, session: { person, roles, sign } });
const signedIn = (): Second => ({ person: 'admin', sign: depot.ledger.session.sign as NonNullable<Second['sign']> });
const refusal = async (work: () => unknown) => {
  const before = depot.ledger.journal.last.seq;
  try {
    await work();
  } catch (cause) {
    expect(depot.ledger.journal.last.seq).toBe(before);
    return refusalOf(cause);
  }
  return null;
};
const issue = { kind: 'issue', item: 'BALL', lot: 'LC-19A001', from: 'S1', to: 'RANGE', quantity: '1' } as const;
const inspect = {
  kind: 'condition',
  item: 'HE',
  lot: 'АБВ-12-83',
  from: 'S1',
  quantity: '1',
  fromCondition: 'A1',
  condition: 'C1',
} as const;
const unsafe = { kind: 'move', item: 'DET', lot: 'D 0007', from: 'S2', to: 'S1', quantity: '1', override: 'no other store' } as const;
const request = (more: Partial<MovementRequest> & Pick<MovementRequest, 'kind'>) => aRequest(depot.deps, more);

describe('who may not, by role', () => {
  const table: readonly (readonly [string, readonly string[], (ledger: Ledger) => unknown])[] = [
    ['a technical officer posts no movement', ['ato'], (ledger) => post(ledger, request(issue), undefined)],
    ['a commander posts no movement', ['commander'], (ledger) => post(ledger, request(issue), undefined)],
    ['a stocktaker posts no movement', ['stocktaker'], (ledger) => post(ledger, request(issue), undefined)],
    ['an auditor posts no movement', ['auditor'], (ledger) => post(ledger, request(issue), undefined)],
    ['an administrator posts no movement', ['administrator'], (ledger) => post(ledger, request(issue), undefined)],
    ['a storekeeper changes no condition', ['storekeeper'], (ledger) => post(ledger, request(inspect), undefined)],
    ['an accountant bans nothing', ['accountant'], (ledger) => setRestriction(ledger, { kind: 'ban', item: 'HE', reason: 'x' })],
    ['a commander sets no licence', ['commander'], (ledger) => setLicence(ledger, { place: 'S1', division: '1.1', limitG: 1 })],
    ['a technical officer chooses no pack', ['ato'], (ledger) => choosePack(ledger, { pack: 'strictest' })],
    ['an administrator sets no policy', ['administrator'], (ledger) => setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'off' })],
    ['a storekeeper imports nothing', ['storekeeper'], (ledger) => importFiles(ledger, { files: {}, isDryRun: true })],
    ['a storekeeper trusts nobody', ['storekeeper'], (ledger) => trustPartner(ledger, '', undefined)],
    ['an accountant adds nobody', ['accountant'], (ledger) => addPerson(ledger, 'eve', ['auditor'], 'long enough', undefined)],
    [
      'an authority brings in no stock',
      ['authority'],
      (ledger) => importFiles(ledger, { files: { stock: { name: 's', content: '' } }, isDryRun: true }),
    ],
  ];
  test.each(table)('%s', async (_what, roles, work) => {
    expect(await refusal(() => work(as(roles, signedIn())))).toMatchObject({ code: 'notAllowed' });
  });
});

test('the undoing of a condition change is a condition change', async () => {
  const posted = await post(depot.ledger, request(inspect), undefined);
  const undo = request({ kind: 'reverse', reverses: posted.posted ? posted.id : '', reason: 'wrong lot' });
  expect(await refusal(() => post(as(['storekeeper'], signedIn()), undo, undefined))).toMatchObject({ code: 'notAllowed' });
  expect(await post(as(['ato'], signedIn()), undo, undefined)).toMatchObject({ posted: true });
});

describe('roles that check each other', () => {
  const pairs = [
    ['storekeeper', 'accountant'],
    ['storekeeper', 'stocktaker'],
    ['accountant', 'stocktaker'],
    ['administrator', 'storekeeper'],
    ['administrator', 'accountant'],
  ];
  test.each(pairs)('%s and %s go together in a small site only, and the head says so', async (one, other) => {
    const amina = await addColleague(depot.ledger, 'amina', [one, other] as string[]);
    expect(sessionView(depot.ledger, false).isControlWeakened).toBe(true);
    await addColleague(depot.ledger, 'boris', ['ato'], amina);
    expect(await refusal(() => changePerson(depot.ledger, 'boris', { roles: [one, other] as string[] }, amina))).toMatchObject({
      code: 'rolesConflict',
      person: 'boris',
    });
    expect(await refusal(() => addPerson(depot.ledger, 'chen', [one, other] as string[], 'long enough', amina))).toMatchObject({
      code: 'rolesConflict',
      person: 'chen',
    });
    const held = await refusal(() => post(as([one, other] as string[], amina), request(issue), undefined));
    expect(held).toMatchObject({ code: 'rolesConflict', person: 'amina' });
  });

  test('with the third person the first one posts no more, divides the roles, and control is whole', async () => {
    expect(await post(depot.ledger, request(issue), undefined)).toMatchObject({ posted: true });
    const amina = await addColleague(depot.ledger, 'amina', ['storekeeper']);
    await addColleague(depot.ledger, 'boris', ['commander', 'accountant'], amina);
    expect(await refusal(() => post(depot.ledger, request(issue), undefined))).toMatchObject({ code: 'rolesConflict' });
    expect(sessionView(depot.ledger, false).isControlWeakened).toBe(true);
    changePerson(depot.ledger, 'admin', { roles: ['administrator', 'authority'] }, amina);
    expect(sessionView(depot.ledger, false).isControlWeakened).toBe(false);
    expect(await post(as(['storekeeper'], amina), request(issue), undefined)).toMatchObject({ posted: true });
    expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
  });
});

describe('the second person', () => {
  const late = { ...issue, happenedAtMs: START_MS - 86_400_000 * 8, reason: 'found the slip' };
  const waiver = { rule: 'mix.articles.B-D', place: 'S1', until: '2026-12-31', reason: 'the new store is being built' };

  test('is never the one who enters it', async () => {
    expect(postMovement(depot.ledger, request(unsafe), signedIn())).toMatchObject({ refusal: { code: 'secondPersonRequired' } });
    expect(postMovement(depot.ledger, request(late), signedIn())).toMatchObject({ refusal: { code: 'secondPersonRequired' } });
    expect(await refusal(() => grantWaiver(depot.ledger, waiver, signedIn()))).toMatchObject({ code: 'secondPersonRequired' });
  });

  test('of a small site may be anybody else', async () => {
    const amina = await addColleague(depot.ledger, 'amina', ['auditor']);
    expect(postMovement(depot.ledger, request(unsafe), amina)).toMatchObject({ posted: true });
  });

  test('has a role that approves it: technical officer, commander or authority for an override', async () => {
    const amina = await addColleague(depot.ledger, 'amina', ['storekeeper']);
    const boris = await addColleague(depot.ledger, 'boris', ['commander'], amina);
    expect(postMovement(depot.ledger, request(unsafe), amina)).toMatchObject({
      refusal: { code: 'secondPersonRequired', roles: ['ato', 'commander', 'authority'] },
    });
    expect(postMovement(depot.ledger, request(late), amina)).toMatchObject({
      refusal: { code: 'secondPersonRequired', why: 'backdated', roles: ['accountant', 'commander', 'authority'] },
    });
    expect(await refusal(() => grantWaiver(depot.ledger, waiver, amina))).toMatchObject({ code: 'secondPersonRequired' });
    expect(postMovement(depot.ledger, request(unsafe), boris)).toMatchObject({ posted: true });
    expect(postMovement(depot.ledger, request(late), boris)).toMatchObject({ posted: true });
  });

  test('signs when people are added or changed, as soon as there are two', async () => {
    const amina = await addColleague(depot.ledger, 'amina', ['storekeeper']);
    const alone = () => addPerson(depot.ledger, 'boris', ['commander'], 'long enough', undefined);
    expect(await refusal(alone)).toMatchObject({ code: 'secondPersonRequired', why: 'role' });
    await addColleague(depot.ledger, 'boris', ['commander'], amina);
    expect(await refusal(() => changePerson(depot.ledger, 'boris', { isActive: false }, signedIn()))).toMatchObject({
      code: 'secondPersonRequired',
    });
    changePerson(depot.ledger, 'boris', { isActive: false }, amina);
    expect(postMovement(depot.ledger, request(unsafe), { ...amina, person: 'boris' })).toMatchObject({
      refusal: { code: 'secondPersonRequired' },
    });
  });
});
