// Goal: stock that must lie apart is found wherever it does not, for each row of each pack, and nothing else is.
import { describe, expect, test } from 'vitest';
import type { HeapState, ItemFacts, StoreLine } from '../../shared/rules/facts.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { segregationIds } from '../../shared/rules/readSegregation.ts';
import { checkSegregation } from '../../shared/rules/segregation.ts';
import { aastp, aLine, aStore, iatg, packJson, packs, strictest } from './support.ts';

const inState = (state: Partial<HeapState>, facts: Partial<ItemFacts> = {}, place = 'S1'): StoreLine => ({
  ...aLine(facts, place),
  states: [{ condition: 'serviceable', identity: 'known', ...state }],
});
const shell = (place = 'S1') => aLine({ item: 'SHELL' }, place);
const ball = (place = 'S1') => aLine({ item: 'BALL', hazardCode: '1.4S', un: '0012' }, place);
const blasting = (un: string | null, place = 'S1') => aLine({ item: 'DET', hazardCode: '1.1B', un }, place);
const phosphorus = (place = 'S1') => aLine({ item: 'WP', hazardCode: '1.2H', un: '0245' }, place);
const charge = (identity: HeapState['identity'], un: string | null = '0242') =>
  inState({ identity }, { item: 'CHARGE', hazardCode: '1.3C', un });

type Case = readonly [name: string, lines: readonly StoreLine[], rules: readonly string[]];
const CASES: readonly Case[] = [
  ['suspect alone', [inState({ condition: 'banned' })], []],
  ['suspect with another nature in another bay', [inState({ condition: 'banned' }, {}, 'S1-B1'), shell('S1-B2')], ['suspect']],
  ['two suspect natures', [inState({ condition: 'banned' }), inState({ condition: 'banned' }, { item: 'SHELL' })], ['suspect']],
  ['unknown condition alone', [inState({ condition: 'unknown' })], []],
  ['unknown condition beside another', [inState({ condition: 'unknown' }), shell()], ['unknown']],
  ['unknown condition in a bay of its own', [inState({ condition: 'unknown' }, {}, 'S1-B1'), shell('S1-B2')], []],
  ['two of unknown condition', [inState({ condition: 'unknown' }), inState({ condition: 'unknown' }, { item: 'SHELL' })], []],
  ['waiting for repair beside sound stock', [inState({ condition: 'pending' }), shell()], ['damaged']],
  ['waiting for repair in a bay of its own', [inState({ condition: 'pending' }, {}, 'S1-B1'), shell('S1-B2')], []],
  ['for disposal beside stock that stays', [inState({ condition: 'disposal' }), shell()], ['disposal']],
  ['for disposal alone', [inState({ condition: 'disposal' })], []],
  ['detonators beside small arms', [blasting('0029'), ball()], ['detonators']],
  ['detonators in a bay of their own', [blasting('0029', 'S1-B1'), ball('S1-B2')], []],
  ['fuzes beside small arms', [blasting('0107'), ball()], []],
  ['group B of unknown UN number beside small arms', [blasting(null), ball()], ['detonators']],
  ['detonators beside what the tables forbid anyway', [blasting('0029'), shell()], []],
  ['white phosphorus beside small arms', [phosphorus(), ball()], ['whitePhosphorus']],
  ['white phosphorus in a bay of its own', [phosphorus('S1-B1'), ball('S1-B2')], []],
  ['propellant of a known lot', [charge('known')], []],
  ['propellant of a lost lot, even alone', [charge('unknown')], ['lostPropellant']],
  ['propellant of mixed lots', [charge('mixed')], ['lostPropellant']],
  ['group C of a lost lot and of unknown UN number', [charge('none', null)], ['lostPropellant']],
  ['a rocket motor of a lost lot', [charge('unknown', '0186')], []],
  ['a shell of a lost lot', [inState({ identity: 'unknown' })], []],
  ['an unknown code is left to the tables', [aLine({ item: 'X', hazardCode: null, un: null }), ball()], []],
  ['sound stock', [shell(), ball()], []],
  ['an empty line', [{ ...inState({ condition: 'banned' }), quantity: 0 }, shell()], []],
];

describe.each(packs)('$id', (pack) => {
  test.each(CASES)('%s', (_name, lines, rules) => {
    const findings = checkSegregation(aStore(lines), pack);
    expect(findings.map(({ rule }) => rule)).toEqual(rules.map((rule) => `mix.segregation.${rule}`));
    for (const { rule, says, source } of findings) expect([says, source === '']).toEqual([rule, false]);
  });

  test.each(segregationIds)('%s has a case that fails', (id) => {
    const name = id.slice('mix.segregation.'.length);
    expect([CASES.some(([, , rules]) => rules.includes(name)), pack.segregation.has(id)]).toEqual([true, true]);
  });
});

test('one nature in two states is judged by both', () => {
  const line: StoreLine = {
    ...aLine(),
    states: [
      { condition: 'serviceable', identity: 'known' },
      { condition: 'banned', identity: 'known' },
    ],
  };
  expect(checkSegregation(aStore([line]), aastp)).toMatchObject([{ severity: 'stop', place: 'S1', subjects: ['HE-81'] }]);
});

test.each([[undefined], [[]]])('a line of which no state is given (%j) is of unknown condition', (states) => {
  const { states: _, ...bare } = aLine();
  const line: StoreLine = states === undefined ? bare : { ...bare, states };
  expect(checkSegregation(aStore([line, shell()]), iatg)).toMatchObject([
    { rule: 'mix.segregation.unknown', severity: 'stop', subjects: ['HE-81', 'SHELL'], facts: { apart: 'HE-81' } },
  ]);
});

test('the row that was read is the witness, and the recalled rows say that they are', () => {
  const suspect = aStore([inState({ condition: 'banned' }), shell()]);
  const said = (pack: typeof aastp) => checkSegregation(suspect, pack).map(({ status, source }) => [status, source]);
  expect(said(iatg)).toEqual([['unverified', 'IATG 01.50 cl. 7.2']]);
  expect(said(aastp)).toEqual([['verified', 'AASTP-1:2006 Part I, 1.2.3.4']]);
  expect(said(strictest)).toEqual(said(aastp));
});

const shipped: readonly Record<string, unknown>[] = packJson.aastp.segregation;
test.each<[string, readonly unknown[], string]>([
  ['a row is missing', shipped.slice(1), 'no row mix.segregation.suspect'],
  ['a row is unknown', [...shipped, { ...shipped[0], id: 'mix.segregation.odd' }], 'mix.segregation.odd is not a known rule'],
  ['a UN number has three digits', shipped.with(4, { ...shipped[4], uns: ['029'] }), 'four digits'],
  ['a group is none', shipped.with(4, { ...shipped[4], groups: ['Z'] }), 'segregation[4].groups'],
  ['a severity is none', shipped.with(0, { ...shipped[0], severity: 'info' }), 'segregation[0].severity'],
])('a pack is refused where %s', (_name, segregation, problem) => {
  const read = readPack({ ...packJson.aastp, segregation });
  expect(read.ok ? '' : read.error.join('; ')).toContain(problem);
});
