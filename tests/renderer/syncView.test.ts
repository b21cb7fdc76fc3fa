import { expect, test } from 'vitest';
import { agoOf, isWhole, mayBeCleared, partOf, partsFor, typedInto, unsentOf } from '../../renderer/screens/sync/syncView.ts';

// Goal: what the sync screens show follows from what is told, and words typed as they are heard land in their boxes.

const EMPTY = Array.from({ length: 8 }, () => '');

test('a word fills its box, several fill the boxes after it, and none is lost or moved', () => {
  expect(typedInto(EMPTY, 2, 'gate ')).toEqual(EMPTY.with(2, 'gate'));
  expect(typedInto(EMPTY.with(0, 'fat'), 1, 'Eager  process')).toEqual(['fat', 'eager', 'process', '', '', '', '', '']);
  expect(typedInto(EMPTY, 6, 'easily upon beyond')).toEqual(['', '', '', '', '', '', 'easily', 'upon']);
  expect([isWhole(EMPTY), isWhole('fat eager process replace wing census easily upon'.split(' '))]).toEqual([false, true]);
  expect(isWhole('fat eager process replace wing census easily'.split(' '))).toBe(false);
});

test('an unknown part is the partners; depots are the authority’s, the older copy’s page only where the file is one', () => {
  expect(partOf({ part: 'elsewhere' })).toBe('partners');
  expect(partsFor({ role: 'depot', readOnly: false }, 'partners')).toEqual(['partners', 'waiting', 'enrol', 'cases', 'consignments']);
  expect(partsFor({ role: 'authority', readOnly: false }, 'partners')).toContain('sites');
  expect(partsFor({ role: 'depot', readOnly: true }, 'partners')).toContain('copy');
  expect(partsFor({ role: 'depot', readOnly: false }, 'copy')).toContain('copy'); // a link to it still works
});

test('what was sent is told apart from what was not, and never below nothing', () => {
  expect(unsentOf({ onlyHere: 14, sentNotAcknowledged: 5 })).toBe(9);
  expect(unsentOf({ onlyHere: 3, sentNotAcknowledged: 5 })).toBe(0);
});

test('a file waits only for what can come', () => {
  expect((['E_GAP', 'E_UNKNOWN_DEV', 'E_FORK', 'E_VERSION'] as const).every(mayBeCleared)).toBe(true);
  expect((['E_SIG', 'E_FORMAT', 'E_NOT_FOR_US', 'E_CHAIN', 'E_SIZE', 'E_LIMIT'] as const).some(mayBeCleared)).toBe(false);
});

test('an age is told in the unit that says something, and a clock that is behind makes none of it negative', () => {
  const now = 10 * 86_400_000;
  expect(agoOf(now - 59 * 60_000, now)).toEqual({ unit: 'minutes', count: 59 });
  expect(agoOf(now - 47 * 3_600_000, now)).toEqual({ unit: 'hours', count: 47 });
  expect(agoOf(now - 3 * 86_400_000, now)).toEqual({ unit: 'days', count: 3 });
  expect(agoOf(now + 5_000, now)).toEqual({ unit: 'minutes', count: 0 });
});
