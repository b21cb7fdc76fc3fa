// Goal: each row of what is shown and kept at a storehouse, of the transport table and of the effects of blast is met by
// a case that it speaks of and by one beside it.
// Method: the figures stand here a second time, as AASTP-1 Tables T.1 and T.2, 49 CFR 177.848 and IATG 02.20 print them.
import { describe, expect, test } from 'vitest';
import kingeryBulmash from '../../../resources/blast/kingery-bulmash.json' with { type: 'json' };
import storehouseJson from '../../../resources/storehouse/rules.json' with { type: 'json' };
import transportJson from '../../../resources/transport/49cfr-177-848.json' with { type: 'json' };
import { invariant, type Result } from '../../../shared/lib/result.ts';
import { blastAt, distanceOfScaled, effectsOf, scaledDistance } from '../../../shared/rules/blast/blast.ts';
import { readBlast } from '../../../shared/rules/blast/readBlast.ts';
import { readStorehouse } from '../../../shared/rules/storehouse/readStorehouse.ts';
import { storehouseSheet, symbolsFor, withdrawalFor } from '../../../shared/rules/storehouse/sheet.ts';
import { readTransport } from '../../../shared/rules/transport/readTransport.ts';
import { checkLoad } from '../../../shared/rules/transport/transport.ts';
import { counts } from '../counting.ts';
import { aastp, aLine, anItem, aStore } from '../support.ts';

function contentOf<T>(read: Result<T, readonly string[]>): T {
  invariant(read.ok, read.ok ? '' : read.error.join('\n'));
  return read.value;
}
const book = contentOf(readStorehouse(storehouseJson));
const transport = contentOf(readTransport(transportJson));
const blast = contentOf(readBlast(kingeryBulmash));

describe('fire symbols', () => {
  const CODES: Readonly<Record<string, string>> = {
    '1.1': '1.1D',
    '1.2': '1.2D',
    '1.3': '1.3C',
    '1.4': '1.4S',
    '1.5': '1.5D',
    '1.6': '1.6N',
  };
  const SIGNS: Readonly<Record<string, string>> = {
    '1.1': '1 octagon',
    '1.2': '2 cross',
    '1.3': '3 invertedTriangle',
    '1.4': '4 diamond',
    '1.5': '1 octagon',
    '1.6': '2 cross',
  };
  test.each(book.fire)('$id', (row) => {
    const fireOf = (...divisions: string[]) =>
      symbolsFor(
        divisions.map((division) => aLine({ item: division, hazardCode: CODES[division] ?? '' })),
        aastp,
        book,
      ).fire;
    expect(fireOf(row.division)).toBe(row);
    expect(`${row.fireDivision} ${row.shape}`).toBe(SIGNS[row.division]);
    counts('passes', row);
    // With the worst beside it, it is the worst that is shown.
    expect(fireOf('1.1', row.division)?.fireDivision).toBe(1);
    expect(fireOf('1.4', row.division)?.fireDivision).toBe(row.fireDivision);
    counts('stops', row);
  });
});

describe('supplementary symbols', () => {
  // Group and a UN number that asks for it; clothing set, breathing apparatus, no water.
  const TABLE_T1: Readonly<Record<string, readonly [code: string, un: string | null, signs: string]>> = {
    toxic: ['1.2K', '0020', '1 - -'],
    whitePhosphorus: ['1.2H', '0245', '3 - -'],
    tear: ['1.2G', '0018', '2 - -'],
    smoke: ['1.2G', '0015', '2 breathing noWater'],
    signalSmoke: ['1.4G', '0197', '- breathing -'],
    incendiary: ['1.2G', '0009', '- breathing noWater'],
    illuminating: ['1.2G', '0171', '- breathing noWater'],
    otherG: ['1.3G', null, '2 breathing noWater'],
    incendiaryLiquid: ['1.3J', '0247', '3 breathing noWater'],
    otherJ: ['1.3J', null, '3 breathing noWater'],
    phosphide: ['1.2L', '0248', '- breathing noWater'],
    otherL: ['1.2L', null, '3 breathing noWater'],
  };
  test.each(book.symbols)('$id', (row) => {
    const [hazardCode, un, signs] = TABLE_T1[row.id.slice('store.symbol.'.length)] ?? ['', null, ''];
    expect(`${row.clothingSet ?? '-'} ${row.needsBreathing ? 'breathing' : '-'} ${row.isWaterForbidden ? 'noWater' : '-'}`).toBe(signs);
    expect(symbolsFor([aLine({ hazardCode, un })], aastp, book).supplementary).toEqual([row]);
    counts('stops', row);
    expect(symbolsFor([aLine({ hazardCode: '1.1D', un })], aastp, book).supplementary).toEqual([]);
    expect(symbolsFor([{ ...aLine({ hazardCode, un }), quantity: 0 }], aastp, book).supplementary).toEqual([]);
    counts('passes', row);
  });
});

describe('withdrawal', () => {
  // A quantity that the row speaks of with its metres, and one beside it of another row.
  type Ask = Parameters<typeof withdrawalFor>[0][number];
  const TABLE_T2: Readonly<Record<string, readonly [ask: Ask, metres: number, beside: Ask, besideMetres: number]>> = {
    unknown: [{ division: null, neqG: null }, 1_250, { division: '1.4', neqG: 1 }, 100],
    '1.1.small': [{ division: '1.1', neqG: 7_000_000 }, 850, { division: '1.1', neqG: 7_000_001 }, 1_300],
    '1.1.medium': [{ division: '1.1', neqG: 25_000_000 }, 1_300, { division: '1.1', neqG: 27_000_000 }, 1_332],
    '1.1.large': [{ division: '1.1', neqG: 64_000_000 }, 1_776, { division: '1.1', neqG: 25_000_000 }, 1_300],
    '1.2': [{ division: '1.2', neqG: 1 }, 560, { division: '1.3', neqG: 1 }, 120],
    '1.3': [{ division: '1.3', neqG: 27_000_000 }, 192, { division: '1.3', neqG: 64_000_000 }, 256],
    '1.3.unknown': [{ division: '1.3', neqG: null }, 405, { division: '1.3', neqG: 0 }, 120],
    '1.4': [{ division: '1.4', neqG: null }, 100, { division: '1.2', neqG: null }, 560],
  };
  test.each(book.withdrawal)('$id', (row) => {
    const [ask, metres, beside, besideMetres] = TABLE_T2[row.id.slice('store.withdrawal.'.length)] ?? [];
    if (ask === undefined || beside === undefined) throw new Error(`no case for ${row.id}`);
    expect(withdrawalFor([ask], book)).toEqual({ distanceM: metres, row });
    counts('stops', row);
    expect(withdrawalFor([beside], book)?.distanceM).toBe(besideMetres);
    counts('passes', row);
  });
});

describe('what is shown as it stands', () => {
  // Least and most, in the unit of the row.
  const PRACTICE: Readonly<Record<string, readonly [least: number | null, most: number | null]>> = {
    dunnage: [50, null],
    dunnageOutdoors: [75, null],
    coverAir: [450, null],
    fireBreak: [15_000, null],
    temperature: [null, 38],
    heating: [null, 120],
    fireResistance: [30, null],
    modularBombs: [null, 1_000],
    stackHeight: [null, 4_000],
    wallGap: [150, null],
    roofGap: [450, null],
    aisle: [1_000, null],
    fireFighting: [25_000, null],
  };
  const sheet = storehouseSheet(aStore([aLine()]), null, aastp, book);
  test.each(book.practice)('$id', (row) => {
    expect([row.least, row.most]).toEqual(PRACTICE[row.id.slice('store.practice.'.length)]);
    expect(sheet.practice).toContain(row);
    counts('passes', row);
    const without = {
      ...storehouseJson,
      practice: storehouseJson.practice.map((each) => (each.id === row.id ? { ...each, least: null, most: null } : each)),
    };
    expect(readStorehouse(without).ok).toBe(false);
    counts('stops', row);
  });
  test.each(book.checklists)('$id', (row) => {
    expect(sheet.checklists).toContain(row);
    expect(new Set(row.questions.map(({ id }) => id)).size).toBe(row.questions.length);
    counts('passes', row);
    const without = {
      ...storehouseJson,
      checklists: storehouseJson.checklists.map((each) => (each.id === row.id ? { ...each, questions: [] } : each)),
    };
    expect(readStorehouse(without).ok).toBe(false);
    counts('stops', row);
  });
});

describe('transport', () => {
  const codeOf = (group: string): string => [...aastp.legalCodes.keys()].find((code) => code.endsWith(group)) ?? '';
  test.each([...transport.values()])('$id', (row) => {
    const items = row.groups.map((group, at) => anItem({ item: `ITEM-${at}`, hazardCode: codeOf(group) }));
    const verdictBy = (verdict: typeof row.verdict) =>
      checkLoad(items, new Map(transport).set(row.groups.join('-'), { ...row, notes: [], verdict }), aastp).verdict;
    const asked = checkLoad(items, transport, aastp);
    // Two natures are not identical, and identical is all that L may travel with.
    const isIdenticalOnly = row.notes.some(({ id }) => id === 'identicalOnly');
    expect(asked.pairs).toEqual([{ a: 'ITEM-0', b: 'ITEM-1', verdict: isIdenticalOnly ? 'prohibited' : row.verdict, row }]);
    expect(verdictBy('permitted')).toBe('permitted');
    expect(checkLoad(items.slice(1), transport, aastp).verdict).toBe('permitted');
    counts('passes', row);
    expect(verdictBy('prohibited')).toBe('prohibited');
    counts('stops', row);
  });
});

describe('blast', () => {
  // Side-on pressures, IATG 02.20:2021 Table 8 and clause 6; the rest recalled.
  const FROM_KPA: Readonly<Record<string, readonly number[]>> = {
    window: [0.7, 2, 5],
    structure: [5, 9, 21, 35, 70, 180],
    people: [2, 16, 35, 105],
  };
  const at = (incidentKPa: number | null, scaled = 10) =>
    effectsOf(blast, { ...blastAt(blast, 1, 10), incidentKPa, scaledDistance: scaled });
  test.each(blast.bands)('$id', (row) => {
    const fromKPa = FROM_KPA[row.target]?.find((each) => Math.round(each * 1_000) === row.fromPa);
    expect(fromKPa).toBe(row.fromPa / 1_000);
    expect(at(row.fromPa / 1_000)).toContain(row);
    counts('stops', row);
    expect(at((row.fromPa - 1) / 1_000)).not.toContain(row);
    counts('passes', row);
  });
  test('nearer than the fit reaches it is the worst there is, further away it is nothing', () => {
    expect(at(null, 0.19).map(({ id }) => id)).toEqual(['blast.band.window.5.0', 'blast.band.structure.180.0', 'blast.band.people.105.0']);
    expect(at(null, 0.2)).toEqual([]);
    expect(at(null, 199)).toEqual([]);
  });
  test.each(Object.values(blast.figures))('$id ends where its fit ends', (row) => {
    const [first, last] = [row.ranges[0]?.fromZ ?? 0, row.ranges.at(-1)?.toZ ?? 0];
    const value = (scaled: number) => blastAt(blast, 1, distanceOfScaled(1, scaled))[row.figure];
    expect([typeof value(first), typeof value(last)]).toEqual(['number', 'number']);
    counts('passes', row);
    expect([value(first - 0.001), value(last + 0.001)]).toEqual([null, null]);
    counts('stops', row);
    expect(scaledDistance(1_000, distanceOfScaled(1_000, first))).toBeCloseTo(first, 12);
  });
});
