// Goal: each rule that is one row is met by a case that it finds and by one that it does not, and the finding is that row's.
// Method: two cases beside each other that differ in the one fact that the rule is about.
import { describe, expect, test } from 'vitest';
import { checkAccount } from '../../../shared/rules/account.ts';
import type { Finding } from '../../../shared/rules/finding.ts';
import { checkLimits } from '../../../shared/rules/limits.ts';
import { checkIssue, checkLot } from '../../../shared/rules/lots.ts';
import { checkMixing } from '../../../shared/rules/mixing.ts';
import { type RulePack, type SingleRuleId, singleRuleIds } from '../../../shared/rules/pack.ts';
import { checkSite } from '../../../shared/rules/site/checkSite.ts';
import { makePlan } from '../../../shared/rules/site/plan.ts';
import { checkStore } from '../../../shared/rules/store.ts';
import { checkFloor } from '../../../shared/rules/storehouse/floor.ts';
import { checkItem } from '../../../shared/rules/unknowns.ts';
import { counts } from '../counting.ts';
import { aHouse, aPotential, kilograms, loads } from '../siteSupport.ts';
import { aastp, aLine, aLot, anItem, aStore, iatg, iatgTable, rulesOf } from '../support.ts';

const TODAY = '2030-06-15';
type Findings = (pack: RulePack) => readonly Finding[];
/** What the rule finds, what it lets be, how bad it is, and the rule under which it is found where that is another. */
type Case = Readonly<{ found: Findings; clear: Findings; severity: Finding['severity'] }>;

const item =
  (facts: Parameters<typeof anItem>[0]): Findings =>
  (pack) =>
    checkItem(anItem(facts), 'S1', pack);
const lying =
  (facts: Parameters<typeof aLot>[0]): Findings =>
  (pack) =>
    checkLot(aLot(facts), anItem(), pack, TODAY, iatgTable);
const issued =
  (facts: Parameters<typeof aLot>[0]): Findings =>
  (pack) =>
    checkIssue(aLot(facts), pack, TODAY, iatgTable);
const site =
  (potentials: Parameters<typeof makePlan>[1], exposed: Parameters<typeof makePlan>[2], stock: Parameters<typeof loads>[0]): Findings =>
  (pack) =>
    checkSite(makePlan(pack.distances, potentials, exposed), loads(stock, pack), pack);
const floor =
  (floorAreaDm2: number | null): Findings =>
  (pack) =>
    checkFloor({ ...aStore([aLine({ massG: 100_000 })]), floor: { floorLoadMaxKgPerM2: 100, floorAreaDm2 } }, pack);
const bare = { place: 'S1', type: 'light', structure: null, shape: null };

const CASES: Readonly<Record<SingleRuleId, Case>> = {
  'class.illegal': { found: item({ hazardCode: '1.1S' }), clear: item({ hazardCode: '1.1D' }), severity: 'stop' },
  'mix.unknown': {
    found: (pack) => checkMixing(aStore([aLine({ item: 'X', hazardCode: null }), aLine()]), pack),
    clear: (pack) => checkMixing(aStore([aLine({ item: 'X', hazardCode: '1.1D' }), aLine()]), pack),
    severity: 'stop',
  },
  'limit.unlicensed': {
    found: (pack) => checkLimits(aStore([aLine()], {}), pack),
    clear: (pack) => checkLimits(aStore([aLine()], { '1.1': 7_000 }), pack),
    severity: 'stop',
  },
  'limit.indeterminate': {
    found: (pack) => checkLimits(aStore([aLine({ neqG: null, massG: null })]), pack),
    clear: (pack) => checkLimits(aStore([aLine({ neqG: null, massG: 4_200 })]), pack),
    severity: 'stop',
  },
  'qd.tooNear': {
    found: site([aPotential('S1', 0)], [aHouse(608)], { S1: [kilograms(20_000)] }),
    clear: site([aPotential('S1', 0)], [aHouse(611)], { S1: [kilograms(20_000)] }),
    severity: 'stop',
  },
  'qd.oneSite': {
    found: site([aPotential('S1', 0), aPotential('S2', 60)], [aHouse(3_000)], { S1: [kilograms(20_000)], S2: [kilograms(20_000)] }),
    clear: site([aPotential('S1', 0), aPotential('S2', 70)], [aHouse(3_000)], { S1: [kilograms(20_000)], S2: [kilograms(20_000)] }),
    severity: 'warn',
  },
  'qd.unknownPosition': {
    found: site([aPotential('S1', null)], [aHouse(5_000)], { S1: [kilograms(1)] }),
    clear: site([aPotential('S1', 0)], [aHouse(5_000)], { S1: [kilograms(1)] }),
    severity: 'warn',
  },
  'qd.indeterminate': {
    found: site([aPotential('S1', 0)], [aHouse(5_000)], { S1: [kilograms(1, { neqG: null, massG: null })] }),
    clear: site([aPotential('S1', 0)], [aHouse(5_000)], { S1: [kilograms(1, { neqG: null, massG: 1_000 })] }),
    severity: 'stop',
  },
  'qd.noPlan': {
    found: site([bare], [], { S1: [kilograms(1)] }),
    clear: site([bare], [aHouse(5_000)], { S1: [kilograms(1)] }),
    severity: 'info',
  },
  'store.floorLoad': { found: floor(999), clear: floor(1_000), severity: 'stop' },
  'store.floorUnknown': { found: floor(null), clear: floor(1_000), severity: 'warn' },
  'life.expired': { found: lying({ lifeUntil: '2030-06-14' }), clear: lying({ lifeUntil: TODAY }), severity: 'stop' },
  'life.unknown': { found: lying({ lifeUntil: null }), clear: lying({}), severity: 'stop' },
  'life.restricted': {
    found: lying({ restriction: { id: 'r1', kind: 'ban', reason: 'misfire' } }),
    clear: lying({ restriction: null }),
    severity: 'warn',
  },
  'life.condition': { found: issued({ condition: 'B1' }), clear: issued({ condition: 'A1' }), severity: 'stop' },
  'unknown.account': { found: (pack) => checkAccount('DEP1', 1, pack), clear: (pack) => checkAccount('DEP1', 0, pack), severity: 'stop' },
  'unknown.lot': { found: lying({ identity: 'mixed' }), clear: lying({ identity: 'known' }), severity: 'warn' },
  'unknown.condition': { found: lying({ condition: 'unknown' }), clear: lying({ condition: 'A1' }), severity: 'warn' },
  'unknown.neq': { found: item({ neqG: null }), clear: item({ neqG: 700 }), severity: 'warn' },
  'unknown.hazardCode': { found: item({ hazardCode: null }), clear: item({ hazardCode: '1.1D' }), severity: 'warn' },
  'unknown.subdivision': {
    found: item({ hazardCode: '1.3C', subdivision: null }),
    clear: item({ hazardCode: '1.3C', subdivision: '1.3.2' }),
    severity: 'warn',
  },
};

describe.each([iatg, aastp])('$id', (pack) => {
  test.each(singleRuleIds)('%s', (id) => {
    const { found, clear, severity } = CASES[id];
    const row = pack.rules[id];
    const finding = found(pack).find(({ rule }) => rule === id);
    expect(finding).toMatchObject({ rule: id, severity, pack: pack.id });
    // A distance names the cell that asks for it, and the rule is only its heading.
    if (id !== 'qd.tooNear') expect(finding).toMatchObject({ source: row.source, status: row.status, edition: row.edition });
    counts('stops', row);
    expect(rulesOf(clear(pack))).not.toContain(id);
    counts('passes', row);
  });
});

// Goal: the whole check of a store hands on what each of its parts finds.
test('a store that breaks a rule of every part hears of each', () => {
  const lines = [
    aLine({ item: 'BAD', hazardCode: '1.1S' }),
    aLine({ item: 'DET', hazardCode: '1.1B' }),
    { ...aLine({ item: 'OLD' }), states: [{ condition: 'banned', identity: 'known' } as const] },
  ];
  const findings = checkStore({ ...aStore(lines, {}), floor: { floorLoadMaxKgPerM2: 1, floorAreaDm2: 100 } }, iatg);
  expect([...new Set(findings.map(({ rule }) => rule.split('.').slice(0, 2).join('.')))].sort()).toEqual([
    'class.illegal',
    'limit.unlicensed',
    'mix.articles',
    'mix.segregation',
    'mix.unknown',
    'store.floorLoad',
  ]);
});
