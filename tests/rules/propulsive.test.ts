// Goal: what would fly is stopped until its condition is approved where it lies, and what may fly is asked about.
// Method: each fact on either side of each row, in every pack.
import { describe, expect, test } from 'vitest';
import { explain } from '../../shared/rules/explain.ts';
import type { ApprovalFacts, ItemFacts } from '../../shared/rules/facts.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { checkPropulsive } from '../../shared/rules/propulsive.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { strictestOf } from '../../shared/rules/strictest.ts';
import { counts } from './counting.ts';
import { aastp, aLine, aStore, catalogue, iatg, packJson, packs, strictest } from './support.ts';

const rocket = (facts: Partial<ItemFacts> = {}, place = 'S1-B1') =>
  aLine({ item: 'RKT', un: '0181', hazardCode: '1.1E', traits: 'propulsive', ...facts }, place);
const approval = (facts: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  rule: 'mix.segregation.propulsive',
  place: 'S1-B1',
  conditions: ['restrained'],
  authority: 'Inspectorate',
  until: '2027-01-31',
  ...facts,
});

describe.each(packs)('$id', (pack) => {
  const said = (facts: Partial<ItemFacts>, approvals: readonly ApprovalFacts[] = []) =>
    checkPropulsive({ ...aStore([rocket(facts)]), approvals }, pack).map(({ says, severity, place }) => `${says} ${severity} ${place}`);

  test('stops what would fly, once for each place, whatever its number and group', () => {
    expect(said({})).toEqual(['mix.segregation.propulsive stop S1-B1']);
    expect(said({ un: '0168', hazardCode: '1.1D' })).toEqual(['mix.segregation.propulsive stop S1-B1']);
    expect(said({ hazardCode: null })).toEqual(['mix.segregation.propulsive stop S1-B1']);
    counts('stops', pack.propulsive);
    const two = aStore([rocket(), rocket({ item: 'RKT2' }), rocket({}, 'S1')]);
    expect(checkPropulsive(two, pack).map(({ place, subjects }) => `${place} ${subjects}`)).toEqual(['S1-B1 RKT,RKT2', 'S1 RKT']);
  });

  test.each(['restrained', 'builtForIt'])('lets it lie where %s is approved', (condition) => {
    expect(said({}, [approval({ conditions: [condition] })])).toEqual(['mix.propulsiveApproved info S1-B1']);
    counts('passes', pack.propulsive);
  });

  test.each<[string, Partial<ApprovalFacts>]>([
    ['another place', { place: 'S1' }],
    ['another rule', { rule: 'mix.articles.C-D' }],
    ['another condition', { conditions: ['segregated'] }],
  ])('an approval for %s does not help', (_name, facts) => {
    expect(said({}, [approval(facts)])).toEqual(['mix.segregation.propulsive stop S1-B1']);
    counts('stops', pack.propulsive);
  });

  test('asks about what may fly, and about nothing else', () => {
    const unknown = ['mix.segregation.mayBePropulsive warn S1-B1'];
    expect(said({ traits: null })).toEqual(unknown);
    expect(said({ traits: null, un: null })).toEqual(unknown);
    counts('stops', pack.mayBePropulsive);
    expect(said({ traits: null, un: '0006' })).toEqual([]);
    expect(said({ traits: null, un: null, hazardCode: '1.1D' })).toEqual([]);
    expect(said({ traits: null, un: null, hazardCode: null })).toEqual([]);
    counts('passes', pack.mayBePropulsive);
    expect(said({ traits: '' })).toEqual([]);
    expect(said({ traits: 'shapedCharge' })).toEqual([]);
    counts('passes', pack.propulsive, pack.mayBePropulsive);
    expect(said({ traits: 'propulsive shapedCharge' })).toEqual(['mix.segregation.propulsive stop S1-B1']);
  });

  test('every number of the list is a rocket or its motor, of a listed group', () => {
    for (const un of pack.mayBePropulsive.uns) {
      const [entry] = catalogue.byNumber.get(un) ?? [];
      expect(entry?.name, un).toMatch(/rocket/i);
      expect(said({ traits: null, un, hazardCode: entry?.code ?? null }), un).toHaveLength(1);
    }
  });
});

test('a list of no group asks about every group, and one of one group about that one', () => {
  const asked = (groups: RulePack['mayBePropulsive']['groups'], hazardCode: string) =>
    checkPropulsive(aStore([rocket({ traits: null, hazardCode })]), { ...aastp, mayBePropulsive: { ...aastp.mayBePropulsive, groups } })
      .length;
  expect([asked([], '1.1D'), asked(['E'], '1.1E'), asked(['E'], '1.1D')]).toEqual([1, 1, 0]);
});

test('nothing lies there any more: nothing is said', () => {
  expect(checkPropulsive(aStore([{ ...rocket(), quantity: 0 }]), aastp)).toEqual([]);
});

test('the finding names what cures it and what can be approved; the approved one how long', () => {
  const [stop] = checkStore(aStore([rocket()]), aastp).filter(({ rule }) => rule === 'mix.segregation.propulsive');
  expect(stop && explain(stop, aastp)).toMatchObject({
    document: { id: 'AASTP-1-2006' },
    cures: ['approve', 'moveAway'],
    conditions: ['restrained', 'builtForIt'],
    assumed: [],
    waivedBy: ['ato', 'commander', 'authority'],
  });
  const approvals = [approval(), approval({ conditions: ['builtForIt'], until: '2028-01-31', authority: 'Other' })];
  const [lies] = checkPropulsive({ ...aStore([rocket()]), approvals }, aastp);
  expect(lies).toMatchObject({ rule: 'mix.segregation.propulsive', facts: { authority: 'Other', until: '2028-01-31' } });
  expect(lies && explain(lies, aastp)).toMatchObject({ cures: ['keepApproval'], conditions: [], passesUntil: '2028-01-31' });
  const [asked] = checkPropulsive(aStore([rocket({ traits: null })]), aastp);
  expect(asked && explain(asked, aastp)).toMatchObject({ cures: ['enterFacts'], assumed: ['mayFly', 'rowUnverified'], waivedBy: [] });
});

test('the strictest takes a condition only where both do, and suspects what either does', () => {
  expect([strictest.propulsive.status, strictest.propulsive.pack]).toEqual(['verified', 'aastp1-2006']);
  const one = { ...iatg, propulsive: { ...iatg.propulsive, notes: iatg.propulsive.notes.slice(0, 1) } };
  expect(strictestOf(one, aastp).propulsive.notes.map(({ id }) => id)).toEqual(['restrained']);
  const few = { ...iatg, mayBePropulsive: { ...iatg.mayBePropulsive, groups: ['E'] as const, uns: [] } };
  const joined = strictestOf(few, aastp).mayBePropulsive;
  expect([[...joined.groups].sort().join(''), joined.uns]).toEqual(['CEFJL', []]);
});

test.each<[string, (json: typeof packJson.aastp) => void, RegExp]>([
  ['without the row', (json) => void Object.assign(json, { propulsive: null }), /propulsive: an object is wanted/],
  ['that nothing could ever cure', (json) => void Object.assign(json.propulsive, { notes: [] }), /propulsive.notes: a condition is wanted/],
  ['with a condition nobody wrote', (json) => void Object.assign(json.propulsive, { notes: ['hope'] }), /propulsive.notes/],
  ['with half a UN number', (json) => void Object.assign(json.mayBePropulsive, { uns: ['18'] }), /mayBePropulsive.uns/],
])('a pack is refused %s', (_name, spoil, message) => {
  const copy = structuredClone(packJson.aastp);
  spoil(copy);
  const read = readPack(copy);
  expect(read.ok ? '' : read.error.join('\n')).toMatch(message);
});

test('a single rocket is one, and none is none', () => {
  const count = (quantity: number) => checkPropulsive(aStore([{ ...rocket(), quantity }]), iatg).length;
  expect([count(1), count(0)]).toEqual([1, 0]);
});

test('a row of a single UN number asks about that one alone', () => {
  const one: RulePack = { ...iatg, mayBePropulsive: { ...iatg.mayBePropulsive, groups: [], uns: ['0181'] } };
  const asked = (un: string | null) => checkPropulsive(aStore([rocket({ un, traits: null })]), one).length;
  expect([asked('0181'), asked('0182'), asked(null)]).toEqual([1, 0, 1]);
});
