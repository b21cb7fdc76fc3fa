// Goal: the sheet of a storehouse shows the worst of what may lie there, and a floor never bears more than was entered.
import { describe, expect, test } from 'vitest';
import storehouseJson from '../../resources/storehouse/rules.json' with { type: 'json' };
import { invariant } from '../../shared/lib/result.ts';
import { causedBy } from '../../shared/rules/compare.ts';
import type { ItemFacts, StoreFacts } from '../../shared/rules/facts.ts';
import { checkFloor } from '../../shared/rules/storehouse/floor.ts';
import { readStorehouse } from '../../shared/rules/storehouse/readStorehouse.ts';
import { storehouseSheet, symbolsFor, withdrawalFor } from '../../shared/rules/storehouse/sheet.ts';
import { aastp, aLine, aStore, packs } from './support.ts';

const read = readStorehouse(storehouseJson);
invariant(read.ok, read.ok ? '' : read.error.join('\n'));
const book = read.value;

describe('symbols', () => {
  test.each<[string | null, number, string]>([
    ['1.1D', 1, 'octagon'],
    ['1.2E', 2, 'cross'],
    ['1.3C', 3, 'invertedTriangle'],
    ['1.4S', 4, 'diamond'],
    ['1.5D', 1, 'octagon'],
    ['1.6N', 2, 'cross'],
    [null, 1, 'octagon'],
  ])('%s is fire division %i', (hazardCode, fireDivision, shape) => {
    expect(symbolsFor([aLine({ hazardCode })], aastp, book).fire).toMatchObject({ fireDivision, shape });
  });

  test('the most dangerous division counts, and nothing where nothing lies', () => {
    const lines = [aLine({ hazardCode: '1.4S' }), aLine({ hazardCode: '1.3G', item: 'FLARE' }), { ...aLine(), quantity: 0 }];
    expect(symbolsFor(lines, aastp, book).fire?.fireDivision).toBe(3);
    expect(symbolsFor([], aastp, book)).toEqual({ fire: null, supplementary: [], assumed: [] });
  });

  test.each<[Partial<ItemFacts>, string | undefined]>([
    [{ hazardCode: '1.2K', un: '0020' }, 'toxic'],
    [{ hazardCode: '1.2H', un: '0245' }, 'whitePhosphorus'],
    [{ hazardCode: '1.2G', un: '0018' }, 'tear'],
    [{ hazardCode: '1.3G', un: '0016' }, 'smoke'],
    [{ hazardCode: '1.4G', un: '0197' }, 'signalSmoke'],
    [{ hazardCode: '1.2G', un: '0009' }, 'incendiary'],
    [{ hazardCode: '1.3G', un: '0254' }, 'illuminating'],
    [{ hazardCode: '1.3G', un: null }, 'otherG'],
    [{ hazardCode: '1.3J', un: '0247' }, 'incendiaryLiquid'],
    [{ hazardCode: '1.2J', un: '0395' }, 'otherJ'],
    [{ hazardCode: '1.2L', un: '0248' }, 'phosphide'],
    [{ hazardCode: '1.3L', un: '0250' }, 'otherL'],
    [{ hazardCode: '1.1D', un: '0168' }, undefined],
    [{ hazardCode: null, un: '0245' }, undefined],
  ])('%j asks for %s', (facts, symbol) => {
    const { supplementary } = symbolsFor([aLine(facts)], aastp, book);
    expect(supplementary.map(({ id }) => id)).toEqual(symbol === undefined ? [] : [`store.symbol.${symbol}`]);
  });

  test('a filling that is not known asks for all that its group may', () => {
    for (const group of ['G', 'J', 'L'] as const) {
      const rows = book.symbols.filter(({ groups }) => groups.includes(group));
      const other = rows.find(({ uns }) => uns.length === 0);
      for (const row of rows) {
        expect([row.id, row.needsBreathing && !other?.needsBreathing]).toEqual([row.id, false]);
        expect([row.id, row.isWaterForbidden && !other?.isWaterForbidden]).toEqual([row.id, false]);
      }
    }
  });

  test('a nature of unknown code is named', () => {
    expect(symbolsFor([aLine({ item: 'X', hazardCode: null }), aLine()], aastp, book).assumed).toEqual(['X']);
  });
});

describe('withdrawal', () => {
  test.each<[Parameters<typeof withdrawalFor>[0], number]>([
    [[{ division: '1.1', neqG: 1 }], 850],
    [[{ division: '1.1', neqG: 7_000_000 }], 850],
    [[{ division: '1.1', neqG: 7_000_001 }], 1300],
    [[{ division: '1.1', neqG: 25_000_000 }], 1300],
    [[{ division: '1.1', neqG: 25_000_001 }], 1300],
    [[{ division: '1.1', neqG: 125_000_000 }], 2220],
    [[{ division: '1.1', neqG: null }], 1300],
    [[{ division: '1.2', neqG: 90_000_000 }], 560],
    [[{ division: '1.2', neqG: null }], 560],
    [[{ division: '1.3', neqG: 1000 }], 120],
    [[{ division: '1.3', neqG: 27_000_000 }], 192],
    [[{ division: '1.3', neqG: 27_000_001 }], 193],
    [[{ division: '1.3', neqG: null }], 405],
    [[{ division: '1.4', neqG: 5 }], 100],
    [[{ division: null, neqG: null }], 1250],
    [
      [
        { division: '1.4', neqG: 5 },
        { division: '1.2', neqG: 5 },
        { division: '1.3', neqG: 1000 },
      ],
      560,
    ],
  ])('%j: %i m', (cases, distanceM) => {
    expect(withdrawalFor(cases, book)?.distanceM).toBe(distanceM);
  });

  test('nothing there, nothing to withdraw from', () => {
    expect(withdrawalFor([], book)).toBeNull();
  });

  test.each(['1.1', '1.2', '1.3', '1.4'] as const)('more NEQ of %s never shortens it', (division) => {
    let last = 0;
    for (let neqG = 1000; neqG < 1e9; neqG = Math.ceil(neqG * 1.1)) {
      const { distanceM = 0 } = withdrawalFor([{ division, neqG }], book) ?? {};
      expect(distanceM).toBeGreaterThanOrEqual(last);
      last = distanceM;
    }
  });
});

describe('the floor', () => {
  const floored = (floorLoadMaxKgPerM2: number | null, floorAreaDm2: number | null, facts: Partial<ItemFacts> = {}): StoreFacts => ({
    ...aStore([aLine({ massG: 100_000, ...facts })]),
    floor: { floorLoadMaxKgPerM2, floorAreaDm2 },
  });

  test.each<[string, StoreFacts, readonly string[]]>([
    ['borne to the kilogram', floored(100, 1000), []],
    ['a little too much', floored(100, 999), ['store.floorLoad']],
    ['an area that is not known', floored(100, null), ['store.floorUnknown']],
    ['a mass that is not known', floored(100, 1000, { massG: null }), ['store.floorUnknown']],
    ['no limit entered', floored(null, 1000), []],
    ['no building entered', aStore([aLine()]), []],
    ['an empty store', { ...floored(1, 1), lines: [{ ...aLine(), quantity: 0 }] }, []],
  ])('%s', (_name, store, rules) => {
    for (const pack of packs) expect(checkFloor(store, pack).map(({ rule }) => rule)).toEqual(rules);
  });

  test('says what lies there and what it bears, and more of the same is worse', () => {
    const before = checkFloor(floored(100, 500), aastp);
    expect(before).toMatchObject([
      { severity: 'stop', subjects: ['HE-81'], numbers: { massKg: 1000, limitKg: 500, floorLoadMaxKgPerM2: 100 } },
    ]);
    const after = checkFloor({ ...floored(100, 500), lines: [aLine({ massG: 100_000 }, 'S1', 11)] }, aastp);
    expect([causedBy(before, before).length, causedBy(before, after).length]).toEqual([0, 1]);
  });
});

describe('the sheet', () => {
  test('of a store where something is not known takes the worst, and lists what nobody entered', () => {
    const sheet = storehouseSheet(aStore([aLine({ item: 'X', hazardCode: null, neqG: null, massG: null })]), null, aastp, book);
    expect(sheet).toMatchObject({
      symbols: { fire: { fireDivision: 1 }, assumed: ['X'] },
      withdrawal: { distanceM: 1300 },
      floor: { massG: 0, unknownMass: ['X'], massMaxKg: null },
      unknown: ['floorLoadMaxKgPerM2', 'floorAreaDm2', 'stackHeightMaxMm'],
    });
  });

  test('of a known store', () => {
    const structure = { floorLoadMaxKgPerM2: 2000, floorAreaDm2: 10_050, stackHeightMaxMm: 2500 };
    const sheet = storehouseSheet(aStore([aLine({ hazardCode: '1.3C', neqG: 2_700_000 })]), structure, aastp, book);
    expect(sheet).toMatchObject({ withdrawal: { distanceM: 192 }, floor: { massG: 42_000, massMaxKg: 201_000 }, unknown: [] });
    expect([sheet.practice.length > 5, sheet.checklists.map(({ id }) => id)]).toEqual([
      true,
      ['store.checklist.monthly', 'store.checklist.opening'],
    ]);
  });
});

test.each<[string, object, string]>([
  ['a division has no fire symbol', { fire: storehouseJson.fire.slice(1) }, 'fire: no row for 1.1'],
  [
    'a distance ends',
    { withdrawal: storehouseJson.withdrawal.filter(({ id }) => !id.endsWith('large')) },
    'withdrawal: no row without end for 1.1',
  ],
  ['a practice has neither bound', { practice: [{ ...storehouseJson.practice[0], least: null }] }, 'practice[0]: neither'],
  [
    'a question is asked twice',
    {
      checklists: [
        {
          ...storehouseJson.checklists[0],
          questions: [
            { id: 'a', words: 'A?' },
            { id: 'a', words: 'B?' },
          ],
        },
      ],
    },
    'questions',
  ],
  ['a set of clothing is none', { symbols: [{ ...storehouseJson.symbols[0], clothingSet: 4 }] }, 'clothingSet'],
  ['a source is not listed', { fire: [{ ...storehouseJson.fire[0], source: 'HEARSAY' }] }, 'not in the list of sources'],
])('the data is refused where %s', (_name, spoilt, problem) => {
  const refused = readStorehouse({ ...storehouseJson, ...spoilt });
  expect(refused.ok ? '' : refused.error.join('; ')).toContain(problem);
});
