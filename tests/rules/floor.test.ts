// Goal: the load of a floor counts what lies there, to the gram and to the single piece, and says what it could not count.
import { describe, expect, test } from 'vitest';
import type { StoreFacts, StoreLine } from '../../shared/rules/facts.ts';
import { checkFloor, floorLoadOf } from '../../shared/rules/storehouse/floor.ts';
import { aLine, aStore, iatg } from './support.ts';

const heap = (item: string, quantity: number, massG: number | null): StoreLine => aLine({ item, massG }, 'S1', quantity);
const gone = (item: string, massG: number | null): StoreLine => heap(item, 0, massG);
const floor = { floorLoadMaxKgPerM2: 100, floorAreaDm2: 100 };
const found = (lines: readonly StoreLine[], by: StoreFacts['floor'] = floor) => checkFloor({ ...aStore(lines), floor: by }, iatg);

describe('what lies on a floor', () => {
  test('counts from the first piece, and no longer when the last is gone', () => {
    expect(floorLoadOf([heap('A', 1, 1_500), gone('B', 9_000)], floor)).toEqual({ massG: 1_500, unknownMass: [], massMaxKg: 100 });
    expect(floorLoadOf([heap('A', 3, 1_500), heap('B', 2, 1)], floor).massG).toBe(4_502);
  });
  test('of unknown mass is named once, sorted, and weighs nothing', () => {
    expect(floorLoadOf([heap('C', 1, null), heap('B', 2, null), heap('C', 5, null), gone('A', null)], floor)).toEqual({
      massG: 0,
      unknownMass: ['B', 'C'],
      massMaxKg: 100,
    });
  });
  test.each([
    [100, 100, 100],
    [100, 99, 99],
    [1, 199, 1],
    [3, 33, 0],
    [null, 100, null],
    [100, null, null],
    [0, 100, 0],
  ])('%s kg on a square metre and %s square decimetres bear %s kg', (floorLoadMaxKgPerM2, floorAreaDm2, massMaxKg) => {
    expect(floorLoadOf([], { floorLoadMaxKgPerM2, floorAreaDm2 }).massMaxKg).toBe(massMaxKg);
  });
  test('without a building nothing is known of what it bears', () => {
    expect(floorLoadOf([], null)).toEqual({ massG: 0, unknownMass: [], massMaxKg: null });
  });
});

describe('the check of a floor', () => {
  test('lets a hundred kilograms be, and stops at a gram more', () => {
    expect(found([heap('A', 1, 100_000)])).toEqual([]);
    expect(found([heap('A', 1, 100_001), gone('B', 1)])).toMatchObject([
      {
        rule: 'store.floorLoad',
        severity: 'stop',
        place: 'S1',
        subjects: ['A'],
        numbers: { massKg: 100.001, limitKg: 100, floorLoadMaxKgPerM2: 100 },
      },
    ]);
  });
  test('rounds a part of a gram up', () => {
    expect(found([heap('A', 1, 100_000.5)])[0]?.numbers.massKg).toBe(100.001);
    expect(found([heap('A', 1, 0.5), heap('B', 1, null)])[0]?.numbers).toEqual({ massKg: 0.001 });
  });
  test('names what weighs nobody knows what, beside what is too much', () => {
    const findings = found([heap('A', 1, 100_001), heap('B', 1, null)]);
    expect(findings.map(({ rule, severity, subjects }) => [rule, severity, subjects])).toEqual([
      ['store.floorLoad', 'stop', ['A', 'B']],
      ['store.floorUnknown', 'warn', ['B']],
    ]);
  });
  test('names everything where nobody knows how large the floor is', () => {
    expect(found([heap('A', 1, 1), heap('B', 1, null), gone('C', 1)], { ...floor, floorAreaDm2: null })).toMatchObject([
      { rule: 'store.floorUnknown', severity: 'warn', place: 'S1', subjects: ['A', 'B'], numbers: { massKg: 0.001 } },
    ]);
  });
  test('says nothing of an empty store, nor where no limit was entered', () => {
    expect([found([gone('A', 1)], { ...floor, floorAreaDm2: null }), found([], { ...floor, floorAreaDm2: null })]).toEqual([[], []]);
    expect([found([heap('A', 1, null)], { floorLoadMaxKgPerM2: null, floorAreaDm2: null }), found([heap('A', 1, null)], null)]).toEqual([
      [],
      [],
    ]);
    expect(found([gone('A', 1), heap('B', 1, 100_001)]).length).toBe(1);
  });
});
