// Goal: the answers of the terminal say what governed, what would allow less, and never round to the unsafe side.
import { describe, expect, test } from 'vitest';
import { answerDistance, answerMaxNeq, answerMaxNeqOfPair, answerRequired, type RequiredAsk } from '../../shared/rules/distance/answers.ts';
import { requiredDistance } from '../../shared/rules/distance/required.ts';
import { iatg, strictest } from './support.ts';

describe('answers at the terminal', () => {
  const pair: RequiredAsk = { division: '1.1', pes: 'P2', es: 'VBD', orientation: null, exposedOrientation: null, method: 'table' };
  test('a factor holds for the value and for the least distance', () => {
    const found = requiredDistance(
      iatg.distances,
      { division: '1.1', columns: ['P2'], rows: ['VBD'], method: 'table', met: [{ condition: 'standardEcm', cell: null, until: null }] },
      1_000_000,
    );
    expect(answerRequired(iatg, pair, 1_000_000)).toMatchObject({ distanceM: 450, exactM: 444, function: '2 × D12' });
    expect([found.distanceM, found.functionId]).toEqual([450, '2 × D12']); // 2 × 400 m of the reduced distance would be more
    expect(answerRequired(iatg, { ...pair, es: 'PTR_LOW' }, 8_000_000)).toMatchObject({
      distanceM: 223,
      exactM: 222,
      function: '0.5 × D12',
    });
  });
  test('a smaller distance is offered only where it is smaller', () => {
    expect(answerRequired(iatg, { ...pair, es: 'IBD' }, 1_000_000).alternatives).toEqual([]);
    expect(answerRequired(iatg, { ...pair, es: 'IBD' }, 40_000_000).alternatives).toHaveLength(1);
  });
  test('bombs in modular stacks: each function where it holds', () => {
    const options = (neqKg: number) =>
      answerRequired(iatg, { ...pair, pes: 'P9', es: 'ES14' }, neqKg * 1000).alternatives.map((each) => each.function);
    expect([options(30_000), options(30_001), options(120_000), options(120_001)]).toEqual([
      ['D4', 'D1'],
      ['D4', 'D2'],
      ['D4', 'D2'],
      ['D4'],
    ]);
  });
  test('extrapolation is said', () => {
    expect(answerRequired(iatg, { ...pair, es: 'ES14' }, 499_000)).toMatchObject({ extrapolated: true });
    expect(answerRequired(iatg, { ...pair, es: 'ES14' }, 500_000)).not.toHaveProperty('extrapolated');
  });
  test('a distance with a fraction of a millimetre is not rounded up', () => {
    const ask = { ...pair, pes: 'P9', es: 'IBD' };
    expect([answerMaxNeqOfPair(iatg, ask, 610), answerMaxNeqOfPair(iatg, ask, 609.9999)]).toEqual([20_745, 19_742]);
    expect(answerMaxNeqOfPair(iatg, { ...ask, es: 'PTR_VERY_LOW' }, 0)).toBeNull();
  });
  test('the ladder of a restricted function begins where it holds', () => {
    expect(answerMaxNeq(iatg, { division: '1.1', functionId: 'D2', method: 'table' }, 14)).toEqual({ ok: true, value: 0 });
    expect(answerMaxNeq(iatg, { division: '1.1', functionId: 'D2', method: 'table' }, 15)).toEqual({ ok: true, value: 35_000 });
    expect(answerMaxNeq(iatg, { division: '1.1', functionId: 'D1', method: 'table' }, 500)).toEqual({ ok: true, value: 30_000 });
  });
  test('of two standards that ask for the same the first is named', () => {
    const ask = { division: '1.1', functionId: 'D4', method: 'table' } as const;
    const [only, both] = [iatg, strictest].map((pack) => answerDistance(pack, ask, 1_000_000));
    expect(both).toEqual(only);
  });
  test('a berth or a chamber that lies beside is asked for as a store, not as whatever is worst', () => {
    const to = (es: string) => answerRequired(iatg, { ...pair, es }, 1_000_000).distanceM;
    expect([to('berth'), to('underground'), to('IBD')]).toEqual([24, 24, 400]);
  });
});
