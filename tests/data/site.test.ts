// Goal: what is entered of a site is what movements are held against, at once and after a restart; licences are what
// the check allows; questions write nothing. Method: the real file; distances chosen to the metre.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger, type Second } from '../../electron/data/ledger.ts';
import { grantWaiver } from '../../electron/data/services/administer.ts';
import { grantApproval, withdrawApproval, withdrawWaiver } from '../../electron/data/services/approvals.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { issueLicence, licenceRegister, licenceSheet } from '../../electron/data/services/licences.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { rankPlaces } from '../../electron/data/services/rankPlaces.ts';
import { importSitePlan, putExposed, putStructure } from '../../electron/data/services/siteRecords.ts';
import { whatIf } from '../../electron/data/services/whatIf.ts';
import type { ExposedSite, Shape, Structure } from '../../shared/domain/site.ts';
import { aDepot, addColleague, aRequest, LOT_HE, reopen, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let ledger: Ledger;
let second: Second;
beforeAll(async () => {
  depot = await aDepot();
  ledger = depot.ledger;
  stockUp(ledger);
});
afterAll(() => closeLedger(ledger));

/** Metres north of the equator. */
const north = (metres: number): Shape => ({ kind: 'point', points: [[Math.round((metres / 110_574.2758) * 1e7), 0]] });
const aStructure = (place: string, atM: number): Omit<Structure, 'site'> => ({
  place,
  construction: 'light',
  isBarricaded: true,
  hasProtectiveRoof: null,
  frontMdeg: null,
  shape: north(atM),
  conditionsMet: [],
  people: null,
  floorLoadMaxKgPerM2: null,
  stackHeightMaxMm: null,
  floorAreaDm2: null,
  underground: null,
});
const aHouse = (exposed: string, atM: number): Omit<ExposedSite, 'site'> => ({
  exposed,
  name: `House ${exposed}`,
  kind: 'inhabited',
  route: null,
  usersPerDay: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  people: 4,
  shape: north(atM),
  isActive: true,
  isBusyYard: null,
});
const distances = () =>
  checkDepot(ledger)
    .findings.filter(({ rule }) => rule.startsWith('qd.'))
    .map(({ rule, place, facts }) => `${rule} ${place} ${facts.exposed ?? ''}`.trim());

describe('a plan of the site', () => {
  test('is missing at first, and the check says so', () => {
    expect(distances()).toEqual(['qd.noPlan']);
  });

  test('comes in from files, all of them or nothing', () => {
    const structures = {
      name: 'structures.csv',
      content: 'place,construction,barricaded,front_deg,positions\nS1,light,yes,0,0 0\nS9,tent,maybe,400,0 x\n',
    };
    const exposed = { name: 'exposed.csv', content: 'exposed,name,kind,positions\nH1,Farm,inhabited,0.0036 0\nH2,,castle,\n' };
    const before = ledger.journal.last.seq;
    const refused = importSitePlan(ledger, { structures, exposed }, false);
    expect(refused.imported).toBeNull();
    expect(refused.errors.map(({ file, row, column, value }) => [file, row, column, value])).toEqual([
      ['structures.csv', 3, 'front_deg', '400'],
      ['structures.csv', 3, 'construction', 'tent'],
      ['structures.csv', 3, 'barricaded', 'maybe'],
      ['structures.csv', 3, 'positions', '0 x'],
      ['exposed.csv', 3, 'name', ''],
      ['exposed.csv', 3, 'kind', 'castle'],
      ['exposed.csv', 3, 'positions', ''],
      ['structures.csv', 3, 'place', 'S9'],
    ]);
    expect(ledger.journal.last.seq).toBe(before);
    const good = {
      structures: {
        name: 's.csv',
        content: 'place,construction,barricaded,positions\nS1,light,yes,0 0\nS2,light,yes,0.009 0\nS3,light,yes,0.018 0\n',
      },
    };
    expect(importSitePlan(ledger, good, true)).toMatchObject({
      imported: { structures: 3, exposed: 0 },
      errors: [],
      cured: [{ rule: 'qd.noPlan' }],
    });
    expect(ledger.journal.last.seq).toBe(before);
    const { imported, cured } = importSitePlan(ledger, good, false);
    expect(imported).toEqual({ structures: 3, exposed: 0 });
    expect(cured.map(({ rule }) => rule)).toEqual(['qd.noPlan']);
    expect(distances()).toEqual([]);
  });

  test('finds the house that is too near the stock, and not the one that is gone', () => {
    const come = putExposed(ledger, aHouse('H1', -399)); // 630 kg of 1.1 ask for 400 m
    expect(come.caused.map(({ rule, place, facts }) => `${rule} ${place} ${facts.exposed}`)).toEqual(['qd.tooNear S1 H1']);
    expect(distances()).toEqual(['qd.tooNear S1 H1']);
    const gone = putExposed(ledger, { ...aHouse('H1', -399), isActive: false });
    expect([gone.caused.length, gone.cured.map(({ rule }) => rule)]).toEqual([0, ['qd.tooNear']]);
    expect(distances()).toEqual([]);
    putExposed(ledger, aHouse('H1', -401));
    expect(distances()).toEqual([]);
  });

  test('is refused for a place that is none, and by whoever may not', () => {
    expect(() => putStructure(ledger, aStructure('SUP', 0))).toThrow();
    expect(() => putStructure({ ...ledger, session: { ...ledger.session, roles: ['storekeeper'] } }, aStructure('S1', 0))).toThrow();
  });
});

describe('a movement', () => {
  const move = (to: string, quantity: string) =>
    aRequest(depot.deps, {
      kind: 'move',
      item: 'HE',
      lotId: LOT_HE,
      from: 'S1',
      to,
      quantity,
      condition: 'A1',
      owner: 'ARMY',
      holder: 'DEPOT',
    });

  test('that would bring stock too near a house is refused, and says which', () => {
    putExposed(ledger, aHouse('H3', 18 * 110.574 + 300)); // 300 m beyond S3
    const outcome = postMovement(ledger, move('S3', '10'));
    expect(outcome).toMatchObject({ posted: false, refusal: { code: 'blockedByFinding', rules: ['qd.tooNear'] } });
    expect(
      outcome.findings
        .filter(({ rule }) => rule === 'qd.tooNear')
        .map(({ place, facts, numbers }) => [place, facts.exposed, numbers.requiredM]),
    ).toEqual([['S3', 'H3', 400]]);
    expect(distances()).toEqual([]);
  });

  test('elsewhere is asked of every place, the best first, and nothing is written', () => {
    const before = ledger.journal.last.seq;
    const { to: _to, ...request } = move('S2', '10');
    const ranking = rankPlaces(ledger, request);
    expect(ranking.map(({ place, isPossible }) => [place, isPossible])).toEqual([
      ['S2', false],
      ['S3', false],
    ]);
    expect(ranking.map(({ findings }) => [...new Set(findings.filter(({ blocked }) => blocked).map(({ rule }) => rule))])).toEqual([
      ['mix.articles.B-D'],
      ['qd.tooNear'],
    ]);
    expect(ledger.journal.last.seq).toBe(before);
  });

  test('is held against what was built since, in the same session and after a restart', () => {
    putExposed(ledger, { ...aHouse('H3', 5_000) });
    expect(postMovement(ledger, move('S3', '10')).posted).toBe(true);
    putExposed(ledger, aHouse('H3', 18 * 110.574 + 300));
    expect(distances()).toEqual(['qd.tooNear S3 H3']);
    closeLedger(ledger);
    ledger = reopen(depot);
    expect(distances()).toEqual(['qd.tooNear S3 H3']);
    putExposed(ledger, aHouse('H3', 5_000));
    expect(distances()).toEqual([]);
  });
});

describe('a licence', () => {
  test('is computed from the surroundings, signed by two, and in force at once', async () => {
    const sheet = licenceSheet(ledger, 'S1');
    const of = (division: string) => sheet.limits?.find((each) => each.division === division);
    expect(of('1.1')).toMatchObject({ exposed: 'H1', functionId: 'D13', actualM: 400 });
    expect(sheet.effects[0]).toMatchObject({ target: 'H1', actualM: 400 });
    const input = {
      place: 'S1',
      number: 'L-7',
      authority: 'Inspectorate',
      issuedOn: '2026-06-01',
      reviewOn: '2027-06-01',
      capacityKg: 50_000,
    };
    expect(() => issueLicence(ledger, input, undefined)).toThrow();
    second = await addColleague(ledger, 'berta', ['ato']);
    expect(() => issueLicence(ledger, { ...input, reviewOn: '2026-06-01' }, second)).toThrow();
    const issued = issueLicence(ledger, input, second);
    expect(sheet.limits).toMatchObject(issued.limits);
    expect(of('1.1')).toMatchObject({
      rule: expect.stringMatching(/^qd\./),
      source: expect.stringContaining('IATG'),
      status: expect.anything(),
    });
    const after = licenceSheet(ledger, 'S1');
    expect(after.documents).toMatchObject([{ number: 'L-7', pack: 'iatg-2021' }]);
    expect(after.set).toEqual([
      { division: '1.1', limitKg: of('1.1')?.limitKg },
      { division: '1.2', limitKg: Math.min(50_000, of('1.2.1')?.limitKg ?? 50_000, of('1.2.2')?.limitKg ?? 50_000) },
      { division: '1.3', limitKg: Math.min(50_000, of('1.3.1')?.limitKg ?? 50_000, of('1.3.2')?.limitKg ?? 50_000) },
      { division: '1.4', limitKg: 50_000 },
    ]);
    expect(licenceRegister(ledger).find(({ place }) => place === 'S1')).toMatchObject({ number: 'L-7', isReviewDue: false });
  });

  test('names the waivers while they last, no approval that raises no limit, and what lies around, the nearest first', () => {
    const approval = {
      rule: 'mix.articles.B-D',
      place: 'S1',
      conditions: ['fuzesWithArticles'],
      authority: 'Inspectorate',
      until: '2026-07-01',
    };
    const approved = grantApproval(ledger, { ...approval, reason: 'seen' }, second);
    grantApproval(ledger, { ...approval, place: 'S3', reason: 'seen' }, second);
    const signed = { quantityMaxG: 60_000_000, until: '2026-06-30', reason: 'moved soon' };
    const waived = grantWaiver(ledger, { rule: 'limit.exceeded', place: 'S1', division: '1.4', ...signed }, second);
    const { basis, surroundings } = licenceSheet(ledger, 'S1');
    expect(basis.conditions).toEqual([]);
    expect(basis.waivers).toMatchObject([
      { rule: 'limit.exceeded', division: '1.4', quantityMaxKg: 60_000, reason: 'moved soon', person: 'admin', second: 'berta' },
    ]);
    expect(surroundings.find(({ target }) => target === 'H1')).toMatchObject({ kind: 'inhabited', isStore: false, actualM: 400 });
    expect(surroundings.map(({ actualM }) => actualM)).toEqual(surroundings.map(({ actualM }) => actualM).toSorted((a, b) => a - b));
    const later = { ...ledger, deps: { ...ledger.deps, nowMs: () => Date.parse('2026-07-02T00:00:00Z') } };
    expect(licenceSheet(later, 'S1').basis).toEqual({ conditions: [], uncounted: [], waivers: [] });
    withdrawApproval(ledger, { id: approved.id, reason: 'over' });
    withdrawWaiver(ledger, { id: waived.id, reason: 'over' });
    expect(licenceSheet(ledger, 'S1').basis).toEqual({ conditions: [], uncounted: [], waivers: [] });
  });

  test('is refused where the position is unknown', () => {
    putStructure(ledger, { ...aStructure('S2', 0), shape: null });
    expect(licenceSheet(ledger, 'S2').limits).toBeNull();
    expect(() =>
      issueLicence(
        ledger,
        { place: 'S2', number: 'L-8', authority: 'A', issuedOn: '2026-06-01', reviewOn: '2027-06-01', capacityKg: null },
        second,
      ),
    ).toThrow();
    expect(distances()).toEqual(['qd.unknownPosition S2']);
    putStructure(ledger, aStructure('S2', 995));
  });
});

describe('what if', () => {
  const none = { structures: [], exposed: [], stock: [] };
  const asked = (changes: Parameters<typeof whatIf>[1]) => {
    const before = ledger.journal.last.seq;
    const answer = whatIf(ledger, changes);
    expect(ledger.journal.last.seq).toBe(before);
    return answer;
  };
  test('nothing changes, nothing is said', () => {
    expect(asked(none)).toEqual({ caused: [], cured: [], limits: [] });
  });
  test('a house is built: new findings, and lower limits for whom it governs', () => {
    const { caused, limits } = asked({ ...none, exposed: [aHouse('NEW', -100)] });
    expect(caused.map(({ rule, place, facts }) => [rule, place, facts.exposed])).toEqual([['qd.tooNear', 'S1', 'NEW']]);
    expect(limits.find(({ place }) => place === 'S1')?.after?.find(({ division }) => division === '1.1')).toMatchObject({
      limitKg: 0,
      exposed: 'NEW',
    });
  });
  test('a house goes: the finding is cured', () => {
    putExposed(ledger, aHouse('H1', -300));
    const { cured } = asked({ ...none, exposed: [{ ...aHouse('H1', -300), isActive: false }] });
    expect(cured.map(({ rule, place }) => [rule, place])).toEqual([['qd.tooNear', 'S1']]);
    putExposed(ledger, aHouse('H1', -401));
  });
  test('stock that may not lie with what is there is said to, and a little more of what is there is not', () => {
    const more = asked({ ...none, stock: [{ place: 'S1', item: 'HE', quantity: 1 }] });
    expect(more).toEqual({ caused: [], cured: [], limits: [] });
    const { caused } = asked({ ...none, stock: [{ place: 'S1', item: 'DET', quantity: 1 }] });
    expect(caused.map(({ rule, place }) => `${rule} ${place}`)).toContain('mix.articles.B-D S1');
  });
  test('a barricade goes, or stock comes', () => {
    putExposed(ledger, { ...aHouse('R1', -250), kind: 'route', route: 'road', usersPerDay: 4_999 });
    const open = asked({ ...none, structures: [{ ...aStructure('S1', 0), isBarricaded: false }] });
    expect(open.limits.map(({ place }) => place)).toEqual(['S1']);
    expect(open.caused.map(({ rule, place, facts }) => [rule, place, facts.exposed])).toEqual([['qd.tooNear', 'S1', 'R1']]);
    const { caused } = asked({ ...none, stock: [{ place: 'S1', item: 'HE', quantity: 20_000 }] });
    expect(caused.map(({ rule, place }) => `${rule} ${place}`)).toEqual(expect.arrayContaining(['qd.tooNear S1', 'limit.exceeded S1']));
    expect(() => asked({ ...none, stock: [{ place: 'S1', item: 'NONE', quantity: 1 }] })).toThrow();
    expect(() => asked({ ...none, structures: [aStructure('NOWHERE', 0)] })).toThrow();
  });
});

test('all of it replays to the same', () => {
  expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ ok: true }));
});
