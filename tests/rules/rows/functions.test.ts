// Goal: each distance function gives, in each pack, what the standards say of it, at quantities whose roots are whole.
// Method: the factors and least distances stand here a second time; at each distance the quantity is allowed, and not
// one metre nearer.
import { describe, expect, test } from 'vitest';
import { answerDistance, answerMaxNeq, type FunctionAsk } from '../../../shared/rules/distance/answers.ts';
import { matrixDivisions, type TableDivision } from '../../../shared/rules/distance/book.ts';
import { requiredDistance } from '../../../shared/rules/distance/required.ts';
import { sidesTowards } from '../../../shared/rules/geometry/geometry.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { counts } from '../counting.ts';
import printed from '../printed/iatg-2021.json' with { type: 'json' };
import { aHouse, aPotential, check, kilograms, north } from '../siteSupport.ts';
import { aastp, iatg } from '../support.ts';

const both = [iatg, aastp];
const bookOf = (pack: RulePack) => pack.distances[0] as (typeof pack.distances)[number];
const functionRow = (pack: RulePack, division: TableDivision, functionId: string) => {
  const row = bookOf(pack).tables.get(division)?.functions.get(functionId);
  if (row === undefined) throw new Error(`${pack.id} has no ${functionId} of ${division}`);
  return row;
};
const metresOf = (pack: RulePack, ask: FunctionAsk, neqKg: number): number | string => {
  const answer = answerDistance(pack, ask, neqKg * 1_000);
  return answer.ok ? answer.value.distanceM : answer.error;
};

type Row = readonly [neqKg: number, metres: Readonly<Record<string, number>>];
/** Metres after least distance and rounding by Table 7. */
const WHOLE_ROOTS: Readonly<Partial<Record<TableDivision, readonly Row[]>>> = {
  '1.1': [
    [
      1_000,
      {
        D1: 4,
        D3: 5,
        D4: 8,
        D5: 11,
        D6: 18,
        D7: 24,
        D8: 36,
        D9: 48,
        D10: 80,
        D11: 180,
        D12: 225,
        D13: 270,
        D14: 400,
        D15: 400,
        D16: 270,
        D17: 270,
      },
    ],
    [
      8_000,
      {
        D1: 7,
        D3: 10,
        D4: 16,
        D5: 22,
        D6: 36,
        D7: 48,
        D8: 72,
        D9: 96,
        D10: 160,
        D11: 300,
        D12: 445,
        D13: 445,
        D14: 400,
        D15: 400,
        D16: 270,
        D17: 270,
      },
    ],
    [
      27_000,
      {
        D1: 11,
        D3: 15,
        D4: 24,
        D5: 33,
        D6: 54,
        D7: 72,
        D8: 110,
        D9: 145,
        D10: 240,
        D11: 445,
        D12: 670,
        D13: 670,
        D14: 420,
        D15: 540,
        D16: 280,
        D17: 360,
      },
    ],
    [64_000, { D2: 18, D3: 20, D4: 32, D5: 44, D6: 72, D7: 96, D8: 145, D9: 195, D10: 320, D11: 600, D12: 890, D13: 890 }],
  ],
  '1.2': [
    [100, { D1: 51, D2: 130, D3: 20, D4: 47, D5: 35, D6: 87 }],
    [1_000, { D1: 88, D2: 260, D3: 32, D4: 93, D5: 59, D6: 175 }],
    [10_000, { D1: 145, D2: 370, D3: 51, D4: 135, D5: 95, D6: 250 }],
  ],
  '1.3': [
    [1_000, { D1: 25, D2: 60, D3: 60, D4: 64 }],
    [8_000, { D1: 25, D2: 64, D3: 86, D4: 130 }],
    [27_000, { D1: 37, D2: 96, D3: 130, D4: 195 }],
    [40_000, { D1: 44 }],
  ],
  port: [
    [1_000, { SD1: 60, SD2: 48, SD3: 135, SD4: 160, PF1: 115, PF2: 170, PF3: 225, PF4: 335 }],
    [27_000, { SD1: 96, SD2: 145, SD3: 240, SD4: 480, PF1: 335, PF2: 510, PF3: 670, PF4: 1_000 }],
  ],
  underground: [
    [1, { D1: 5, D2: 5, D3: 5, D4: 5, D5: 5 }],
    [1_000, { D1: 6, D2: 10, D3: 14, D4: 17, D5: 20 }],
    [8_000, { D1: 12, D2: 20, D3: 28, D4: 34, D5: 40 }],
  ],
};

/** AASTP-1 prints Table 2 to the metre. */
const TO_THE_METRE: readonly Row[] = [
  [100, { D1: 51, D2: 129, D3: 20, D4: 47, D5: 35, D6: 87 }],
  [1_000, { D1: 88, D2: 257, D3: 32, D4: 93, D5: 59, D6: 173 }],
  [10_000, { D1: 141, D2: 370, D3: 51, D4: 134, D5: 95, D6: 248 }],
];
const printedBy = (pack: RulePack, division: TableDivision): readonly Row[] =>
  pack === aastp && division === '1.2' ? TO_THE_METRE : (WHOLE_ROOTS[division] ?? []);

const asked = both.flatMap((pack) =>
  [...bookOf(pack).tables.keys()].flatMap((division) =>
    printedBy(pack, division).flatMap(([neqKg, metres]) =>
      Object.entries(metres).map(([id, metre]) => [pack.id, division, id, neqKg, metre, pack] as const),
    ),
  ),
);

test.each(asked)('%s HD %s %s at %i kg is %i m', (_pack, division, functionId, neqKg, metre, pack) => {
  const row = functionRow(pack, division, functionId);
  expect(metresOf(pack, { division, functionId, method: 'table' }, neqKg)).toBe(metre);
  counts('passes', row);
  const byFormula = metresOf(pack, { division, functionId, method: 'formula' }, neqKg) as number;
  const allows = (distanceM: number) => answerMaxNeq(pack, { division, functionId, method: 'formula' }, distanceM);
  const [there, nearer] = [allows(byFormula), allows(byFormula - 1)];
  expect(there.ok && there.value >= neqKg).toBe(true);
  expect(nearer.ok && nearer.value < neqKg).toBe(true);
  counts('stops', row);
});

describe('functions that hold for some quantities only', () => {
  test.each([
    ['D1', 30_000, 30_001, iatg],
    ['D1', 30_000, 30_001, aastp],
    ['D2', 120_000, 120_001, iatg],
    ['D2', 30_001, 30_000, aastp],
    ['D14', 45_000, 45_001, aastp],
    ['D15', 45_000, 45_001, aastp],
    ['D16', 45_000, 45_001, aastp],
    ['D17', 45_000, 45_001, aastp],
  ] as const)('%s at %i kg, and not at %i kg', (functionId, holdsKg, endsKg, pack) => {
    const at = (neqKg: number) => metresOf(pack, { division: '1.1', functionId, method: 'table' }, neqKg);
    expect([typeof at(holdsKg), at(endsKg)]).toEqual(['number', 'notTabulated']);
    counts('passes', functionRow(pack, '1.1', functionId));
    counts('stops', functionRow(pack, '1.1', functionId));
  });
});

describe.each(both)('misprints of $id', (pack) => {
  test.each(bookOf(pack).misprints)('$functionId at $neqKg kg is printed as $printedM m', (row) => {
    const ask = { division: row.division, functionId: row.functionId, method: 'table' } as const;
    expect(answerDistance(pack, ask, row.neqKg * 1_000)).toMatchObject({
      value: { distanceM: row.computedM, misprint: { printedM: row.printedM, words: row.words } },
    });
    counts('passes', row);
    const beside = answerDistance(pack, ask, row.neqKg * 1_000 + 1);
    expect(beside.ok && beside.value.misprint).toBe(undefined);
    counts('stops', row);
  });
});

test('the misprints of IATG stand in its printed rows', () => {
  const rows = printed as unknown as Record<string, { columns: readonly string[]; rows: readonly (readonly (number | null)[])[] }>;
  for (const { division, functionId, neqKg, printedM } of bookOf(iatg).misprints) {
    const table = rows[division];
    const values = table?.rows.find(([kilograms]) => kilograms === neqKg);
    const value = values?.[(table?.columns.indexOf(functionId) ?? -1) + 1];
    // Three in five of the printed rows are at hand.
    if (value !== undefined) expect([functionId, neqKg, value]).toEqual([functionId, neqKg, printedM]);
  }
});

describe.each(both)('what stands beside the tables of $id', (pack) => {
  const book = bookOf(pack);

  test.each([
    ['1.2.3', '1.2.1', '1.2.2'],
    ['1.5', '1.1', '1.4'],
    ['1.6', '1.1', '1.4'],
  ] as const)('%s stands in the matrix of %s, not in that of %s', (division, as, not) => {
    const at = (each: typeof division | typeof as | typeof not) =>
      requiredDistance([book], { division: each, columns: ['P10'], rows: ['IBD'], method: 'table' }, 7_000_000).distanceM;
    const row = book.standIns.get(division);
    if (row === undefined) throw new Error(`no row for ${division}`);
    expect(at(division)).toBe(at(as));
    counts('passes', row);
    expect(at(division)).not.toBe(at(not));
    counts('stops', row);
  });

  test.each([
    ['road', 5_000, 1_000],
    ['rail', 5_000, 1_000],
    ['waterway', 1_800, 400],
    ['path', 900, 200],
  ] as const)('a %s is dense from %i users a day, and of some traffic from %i', (route, high, medium) => {
    const asks = (usersPerDay: number) =>
      check([aPotential('S1', 0)], [aHouse(5, { kind: 'route', route, usersPerDay })], { S1: [kilograms(20_000)] }, pack)[0]?.facts.cell;
    const row = book.densities.get(route);
    if (row === undefined) throw new Error(`no row for ${route}`);
    const cells = ['qd.cell.1.1.PTR_HIGH.P9', 'qd.cell.1.1.PTR_MEDIUM.P9', 'qd.cell.1.1.PTR_MEDIUM.P9', 'qd.cell.1.1.PTR_LOW.P9'];
    expect([asks(high), asks(high - 1), asks(medium), asks(medium - 1)]).toEqual(cells);
    counts('stops', row);
    counts('passes', row);
  });

  test.each([
    [['1.1', '1.3.1', '1.3.2'], 75, 112.5],
    [['1.2.1', '1.2.2'], 50, 112.5],
  ] as const)('HD %j: front within %f degrees of it, rear from %f on', (divisions, frontDeg, rearDeg) => {
    for (const division of divisions) {
      const row = book.sectors.get(division);
      if (row === undefined) throw new Error(`no row for ${division}`);
      const sides = (degrees: number) => [...sidesTowards(north(0), Math.round(degrees * 1_000), north(100), row)];
      expect([sides(frontDeg - 1), sides(frontDeg + 1), sides(rearDeg - 1), sides(rearDeg + 1)]).toEqual([
        ['front'],
        ['side'],
        ['side'],
        ['rear'],
      ]);
      counts('passes', row);
      counts('stops', row);
    }
  });

  test('1.4 asks for no quantity', () => {
    expect(matrixDivisions.filter((division) => !book.matrices.has(division))).toEqual([]);
    expect(metresOf(pack, { division: '1.4', functionId: 'D1', method: 'table' }, 1)).toBe('unknownFunction');
  });
});
