// Goal: what a survey measured is held against every row of practice and against the structure's own limit; what nobody
// measured is listed; unknown construction takes the stricter row; the order of bays changes nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import storehouseJson from '../../resources/storehouse/rules.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { findingKey, sortFindings } from '../../shared/rules/ruleFinding.ts';
import {
  checkMeasures,
  foundBy,
  judgeMeasures,
  type MeasuredPlace,
  type MeasuredStore,
  notMeasured,
  type OneSurvey,
  surveyDueOn,
} from '../../shared/rules/storehouse/measures.ts';
import { readStorehouse } from '../../shared/rules/storehouse/readStorehouse.ts';
import { counts } from './counting.ts';
import { aMeasure, aPlace, aSurvey, book, check, said, sound, surveyed, TODAY } from './measureSupport.ts';

test('a sound storehouse has no finding, under a roof and in the open', () => {
  expect(check(aPlace())).toEqual([]);
  expect(check(aPlace({ construction: 'open' }))).toEqual([]);
  expect(check(aPlace({ construction: null }))).toEqual([]);
});

describe('each row passes at its bound and fails beyond it', () => {
  test.each<[string, Partial<MeasuredPlace>, Partial<OneSurvey>, Partial<OneSurvey>]>([
    ['dunnage', {}, { dunnageMm: 50 }, { dunnageMm: 49 }],
    ['dunnageOutdoors', { construction: 'open' }, { dunnageMm: 75 }, { dunnageMm: 74 }],
    ['coverAir', { construction: 'open' }, { coverAirMm: 450 }, { coverAirMm: 449 }],
    ['modularBombs', { conditionsMet: ['modularBombs'] }, { stackMm: 1_000 }, { stackMm: 1_001 }],
    ['stackHeight', {}, { stackMm: 4_000 }, { stackMm: 4_001 }],
    ['wallGap', {}, { wallGapMm: 150 }, { wallGapMm: 149 }],
    ['roofGap', {}, { roofGapMm: 450 }, { roofGapMm: 449 }],
    ['aisle', {}, { aisleMm: 1_000 }, { aisleMm: 999 }],
    ['aisle', { construction: 'open' }, { aisleMm: 1_000 }, { aisleMm: 999 }],
  ])('%s %j', (name, place, kept, broken) => {
    const row = book.practice.find(({ id }) => id === `store.practice.${name}`);
    invariant(row !== undefined, `no row for ${name}`);
    expect(check(surveyed(kept, place))).toEqual([]);
    counts('passes', row);
    expect(said(check(surveyed(broken, place)))).toEqual([`warn store.measure.${name}`]);
    counts('stops', row);
  });

  test('every row that measures something is among them', () => {
    const rows = book.practice.filter(({ measure }) => measure !== null).map(({ id }) => id.replace('store.practice.', ''));
    expect(rows.sort()).toEqual(
      ['aisle', 'coverAir', 'dunnage', 'dunnageOutdoors', 'modularBombs', 'roofGap', 'stackHeight', 'wallGap'].sort(),
    );
  });

  test('a finding names its numbers in mm, its row, the edition and whether it was read', () => {
    expect(check(surveyed({ dunnageMm: 30 }))).toMatchObject([
      {
        says: 'store.measure.tooLittle',
        pack: 'storehouse',
        edition: '1',
        source: 'MM0148 stacks',
        status: 'verified',
        place: 'S1',
        numbers: { measuredMm: 30, leastMm: 50 },
        facts: { onDate: '2026-05-01', what: 'dunnage under every stack in a storehouse' },
      },
    ]);
    expect(check(surveyed({ wallGapMm: 1 }))[0]?.status).toBe('unverified');
  });
});

describe('the height that the structure bears', () => {
  test('counts where it is lower, and stops', () => {
    const low = { stackHeightMaxMm: 2_500 };
    expect(check(surveyed({ stackMm: 2_500 }, low))).toEqual([]);
    counts('passes', book.rules['store.measure.stackLimit']);
    expect(check(surveyed({ stackMm: 2_501 }, low))).toMatchObject([
      { rule: 'store.measure.stackLimit', severity: 'stop', numbers: { measuredMm: 2_501, mostMm: 2_500 } },
    ]);
    counts('stops', book.rules['store.measure.stackLimit']);
  });
  test('does not raise the row where it is higher', () => {
    const high = { stackHeightMaxMm: 5_000 };
    expect(said(check(surveyed({ stackMm: 4_500 }, high)))).toEqual(['warn store.measure.stackHeight']);
    expect(check(surveyed({ stackMm: 5_001 }, high))).toMatchObject([{ severity: 'stop', numbers: { mostMm: 5_000 } }]);
  });
  test('of the storehouse holds in its bays, and the lower of the two counts', () => {
    const bay = surveyed({ stackMm: 2_400 }, { place: 'S1-A', stackHeightMaxMm: 3_000 });
    expect(said(check(aPlace({ stackHeightMaxMm: 2_300 }), [bay]))).toEqual(['stop store.measure.stackLimit']);
    expect(check(aPlace({ stackHeightMaxMm: 2_400 }), [bay])).toEqual([]);
  });
  test('modular bombs stand at most a metre high whatever the structure bears, and only where they stand', () => {
    const met = { conditionsMet: ['modularBombs'], stackHeightMaxMm: 4_000 };
    expect(said(check(surveyed({ stackMm: 1_500 }, met)))).toEqual(['warn store.measure.modularBombs']);
    expect(check(surveyed({ stackMm: 1_500 }))).toEqual([]);
    const bay = surveyed({ stackMm: 1_500 }, { place: 'S1-A' });
    expect(said(check(surveyed({ stackMm: 900 }, { conditionsMet: ['modularBombs'] }), [bay]))).toEqual([
      'warn store.measure.modularBombs',
    ]);
  });
});

describe('construction', () => {
  test('unknown takes the stricter of two rows, once', () => {
    expect(said(check(surveyed({ dunnageMm: 60 }, { construction: null })))).toEqual(['warn store.measure.dunnageOutdoors']);
    expect(said(check(surveyed({ dunnageMm: 10 }, { construction: null })))).toEqual(['warn store.measure.dunnageOutdoors']);
    expect(said(check(surveyed({ wallGapMm: 10, coverAirMm: 10 }, { construction: null })))).toEqual([
      'warn store.measure.coverAir',
      'warn store.measure.wallGap',
    ]);
  });
  test('rows of the open do not hold under a roof, nor the other way round', () => {
    expect(check(surveyed({ dunnageMm: 60, coverAirMm: 1 }))).toEqual([]);
    expect(check(surveyed({ wallGapMm: 0, roofGapMm: 0 }, { construction: 'open' }))).toEqual([]);
  });
  test('a berth is in the open', () => {
    const berth = { construction: 'berth' } as const;
    expect(said(check(surveyed({ dunnageMm: 60, coverAirMm: 1 }, berth)))).toEqual([
      'warn store.measure.dunnageOutdoors',
      'warn store.measure.coverAir',
    ]);
    expect(check(surveyed({ wallGapMm: 0, roofGapMm: 0 }, berth))).toEqual([]);
  });
  test('of a bay is that of its storehouse where nobody entered its own', () => {
    const bay = surveyed({ dunnageMm: 60 }, { place: 'S1-A', construction: null });
    expect(check(aPlace(), [bay])).toEqual([]);
    expect(said(check(aPlace({ construction: 'open' }), [bay]))).toEqual(['warn store.measure.dunnageOutdoors']);
  });
});

describe('what nobody measured', () => {
  test('is listed where stock lies and not where none does', () => {
    expect(check(aPlace({ survey: null }))).toMatchObject([{ rule: 'store.unmeasured', severity: 'info', facts: { places: 'S1' } }]);
    counts('stops', book.rules['store.unmeasured']);
    expect(check(aPlace({ survey: null, hasStock: false }))).toEqual([]);
    counts('passes', book.rules['store.unmeasured']);
  });
  test('of a survey is listed by its rows', () => {
    const [found, ...others] = check(surveyed({ aisleMm: null, coverAirMm: null }));
    expect([found, others]).toMatchObject([
      { says: 'store.unmeasuredPart', rule: 'store.unmeasured', severity: 'info', facts: { onDate: '2026-05-01' } },
      [],
    ]);
    expect(found?.facts.missing).toContain('aisle');
    expect(found?.facts.missing).not.toContain('cover');
    expect(check(surveyed({ aisleMm: null }, { hasStock: false }))).toEqual([]);
  });
  test('a survey of the storehouse covers its bays; one of a bay covers that bay alone', () => {
    const bay = (place: string, survey: OneSurvey | null) => aPlace({ place, survey: survey && foundBy([survey]) });
    const empty = { hasStock: false, survey: null };
    expect(check(aPlace({ hasStock: false }), [bay('A', null), bay('B', null)])).toEqual([]);
    expect(check(aPlace(empty), [bay('B', null), bay('C', sound), bay('A', null)])).toMatchObject([
      { rule: 'store.unmeasured', place: 'S1', facts: { places: 'A, B' } },
    ]);
    expect(check(aPlace(empty), [bay('A', sound)])).toEqual([]);
  });
  test('a survey that is too old warns, from the day after', () => {
    expect(surveyDueOn({ onDate: '2025-06-01' }, book)).toBe(TODAY);
    expect(check(surveyed({ onDate: '2025-06-01' }))).toEqual([]);
    counts('passes', book.rules['store.measureOld']);
    expect(check(surveyed({ onDate: '2025-05-31' }))).toMatchObject([
      { rule: 'store.measureOld', severity: 'warn', facts: { onDate: '2025-05-31', dueOn: '2026-05-31' } },
    ]);
    counts('stops', book.rules['store.measureOld']);
    expect(check(surveyed({ onDate: '2020-01-01' }, { hasStock: false }))).toEqual([]);
    const endless = { ...book, rules: { ...book.rules, 'store.measureOld': { ...book.rules['store.measureOld'], amount: null } } };
    expect(checkMeasures({ store: surveyed({ onDate: '2000-01-01' }), bays: [] }, endless, TODAY)).toEqual([]);
  });
  test('an old survey of the storehouse does not count where every bay has one of its own', () => {
    const old = surveyed({ onDate: '2020-01-01' }, { hasStock: false });
    expect(check(old, [aPlace({ place: 'A' })])).toEqual([]);
    expect(check(old, [aPlace({ place: 'A' }), aPlace({ place: 'B', survey: null })])).toMatchObject([
      { rule: 'store.measureOld', place: 'S1' },
    ]);
  });
  test('what was found stands until the next survey, though the place was emptied', () => {
    expect(said(check(surveyed({ dunnageMm: 0 }, { hasStock: false })))).toEqual(['warn store.measure.dunnage']);
  });
});

test('the sheet sees every row with its number, and what is open', () => {
  const judged = judgeMeasures(surveyed({ stackMm: null }), aPlace(), book);
  expect(judged.map(({ row, broken, measuredMm }) => [row.id.slice(15), measuredMm, broken])).toEqual([
    ['dunnage', 100, null],
    ['stackHeight', null, null],
    ['wallGap', 300, null],
    ['roofGap', 600, null],
    ['aisle', 1_200, null],
  ]);
  expect(notMeasured(judged)).toEqual(['stackMm']);
  const exceeded = (stackMm: number) => {
    const place = surveyed({ stackMm }, { stackHeightMaxMm: 2_500 });
    return judgeMeasures(place, place, book).find(({ measure }) => measure === 'stackMm')?.exceededOwnMm;
  };
  expect([exceeded(2_500), exceeded(2_501)]).toEqual([null, 2_500]);
});

const anyPlace = (place: string) =>
  fc
    .record({
      construction: fc.constantFrom(null, 'open', 'berth', 'light') as fc.Arbitrary<MeasuredPlace['construction']>,
      conditionsMet: fc.constantFrom([], ['modularBombs']),
      stackHeightMaxMm: aMeasure,
      hasStock: fc.boolean(),
      survey: fc.array(aSurvey, { maxLength: 3 }).map((surveys) => foundBy(surveys)),
    })
    .map((facts): MeasuredPlace => ({ place, ...facts }));
const aMeasuredStore: fc.Arbitrary<MeasuredStore> = fc.record({
  store: anyPlace('S1'),
  bays: fc.tuple(anyPlace('A'), anyPlace('B'), anyPlace('C')),
});
const listed = (measured: MeasuredStore) =>
  sortFindings(checkMeasures(measured, book, TODAY)).map((finding) => [findingKey(finding), finding.numbers, finding.facts]);

test('the order of the bays changes nothing, and no two findings are one', () => {
  fc.assert(
    fc.property(aMeasuredStore, (measured) => {
      expect(listed({ ...measured, bays: measured.bays.toReversed() })).toEqual(listed(measured));
      expect(checkMeasures(measured, book, TODAY)).toHaveLength(listed(measured).length);
    }),
  );
});

test('not knowing the construction never finds less than either answer, but for which of two rows it names', () => {
  const bad = (measured: MeasuredStore) =>
    new Set(
      checkMeasures(measured, book, TODAY)
        .filter(({ severity }) => severity !== 'info')
        .map(({ place, rule }) => `${place} ${rule.replace('Outdoors', '')}`),
    );
  fc.assert(
    fc.property(anyPlace('S1'), fc.constantFrom('open' as const, 'berth' as const, 'light' as const), (place, construction) => {
      const unknown = bad({ store: { ...place, construction: null }, bays: [] });
      for (const found of bad({ store: { ...place, construction }, bays: [] })) expect([...unknown]).toContain(found);
    }),
  );
});

test.each<[string, object, string]>([
  ['measures what nobody knows', { practice: [{ ...storehouseJson.practice[0], measure: 'heightMm' }] }, 'practice[0].measure: one of'],
  ['says no measure', { practice: [{ ...storehouseJson.practice[0], measure: undefined }] }, 'practice[0].measure: one of'],
  ['holds nowhere that is known', { practice: [{ ...storehouseJson.practice[0], where: 'upstairs' }] }, 'practice[0].where: one of'],
  ['measures in another unit', { practice: [{ ...storehouseJson.practice[0], unit: 'celsius' }] }, 'what is measured is in mm'],
  ['asks for more than it allows', { practice: [{ ...storehouseJson.practice[0], most: 49 }] }, 'the least is above the most'],
  ['lacks a rule', { rules: storehouseJson.rules.slice(1) }, 'rules: store.unmeasured is missing'],
  [
    'has a rule of its own',
    { rules: [...storehouseJson.rules, { ...storehouseJson.rules[0], id: 'store.other' }] },
    'no rule of storehouses',
  ],
  ['has another unit', { rules: storehouseJson.rules.map((row) => ({ ...row, unit: 'days' })) }, 'rules[1].unit: months is wanted'],
  ['comes round at once', { checklists: [{ ...storehouseJson.checklists[0], intervalMonths: 0 }] }, 'intervalMonths: one or more'],
])('the data is refused where it %s', (_name, spoilt, problem) => {
  const refused = readStorehouse({ ...storehouseJson, ...spoilt });
  expect(refused.ok ? '' : refused.error.join('; ')).toContain(problem);
});
test('the data may ask for one size and no other', () => {
  expect(readStorehouse({ ...storehouseJson, practice: [{ ...storehouseJson.practice[0], least: 50, most: 50 }] }).ok).toBe(true);
});
