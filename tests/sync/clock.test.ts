// Goal: stamps of a device only grow though its clock jumps and other devices' stamps come in (D4), and the order of
// entries is the same for whoever sorts them. Method: properties of the pure functions.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aheadMs, HYBRID_TIME, laterOf, nextHybridTime } from '../../electron/data/journal/hybridClock.ts';
import { compareEntries, type EntryKey, runInOrder } from '../../electron/data/journal/order.ts';

const NOW_MS = 1_780_000_000_000;
const wall = fc.integer({ min: NOW_MS - 1000, max: NOW_MS + 1000 });
const stamp = fc.tuple(wall, fc.constantFrom('0000', '0001', 'fffe', 'ffff')).map(([ms, counter]) => `${ms}-${counter}`);

test('stamps grow whatever the clock does, and pass every stamp of another device that came in', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(wall, stamp), { maxLength: 60 }), (steps) => {
      let last: string | null = null;
      for (const step of steps) {
        if (typeof step === 'string') last = laterOf(last, step);
        else {
          const next = nextHybridTime(last, step);
          expect([next > (last ?? ''), HYBRID_TIME.test(next)]).toEqual([true, true]);
          last = next;
        }
      }
    }),
  );
});

test('a stamp with no room after it is none', () => {
  expect(['8999999999999-ffff', '9000000000000-0000', '1780000000000-FFFF'].map((text) => HYBRID_TIME.test(text))).toEqual([
    true,
    false,
    false,
  ]);
});

test('a clock is told of from more than a day ahead', () => {
  const dayMs = 86_400_000;
  expect([0, dayMs, dayMs + 1, -dayMs].map((ahead) => aheadMs(`${NOW_MS + ahead}-0000`, NOW_MS))).toEqual([null, null, dayMs + 1, null]);
});

const key: fc.Arbitrary<EntryKey> = fc.record({
  hlc: fc.constantFrom('1780000000000-0000', '1780000000000-0001', '1780000000001-0000'),
  dev: fc.constantFrom('0a', '0b', 'f0'),
  inc: fc.constantFrom(1, 2, 10),
  seq: fc.constantFrom(1, 2, 9, 10),
});
const textOf = ({ hlc, dev, inc, seq }: EntryKey) => [hlc, dev, String(inc).padStart(4, '0'), String(seq).padStart(9, '0')].join(' ');

test('entries are ordered by stamp, device, incarnation and number, and only the same entry is level', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      const expected = textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;
      expect([Math.sign(compareEntries(a, b)), Math.sign(compareEntries(b, a)) + 0]).toEqual([expected, 0 - expected]);
    }),
  );
});

test('readers of several journals run side by side in that order, and all of them end when one finds a fault', () => {
  const open = new Set<number>();
  const seen: EntryKey[] = [];
  function* reader(keys: readonly EntryKey[], fault: string | null, at: number): Generator<EntryKey, string | null> {
    open.add(at);
    try {
      for (const one of keys) {
        yield one;
        seen.push(one);
      }
      return fault;
    } finally {
      open.delete(at);
    }
  }
  const sorted = fc.uniqueArray(key, { selector: textOf, maxLength: 12 }).map((keys) => keys.sort(compareEntries));
  fc.assert(
    fc.property(fc.array(sorted, { maxLength: 4 }), fc.constantFrom(null, 'bad'), (lists, fault) => {
      seen.length = 0;
      const result = runInOrder(lists.map((keys, at) => reader(keys, at === 0 ? fault : null, at)));
      expect(result).toBe(lists.length === 0 ? null : fault);
      expect(seen).toEqual([...seen].sort(compareEntries));
      if (result === null) expect(seen.length).toBe(lists.flat().length);
      expect(open.size).toBe(0);
    }),
  );
});
