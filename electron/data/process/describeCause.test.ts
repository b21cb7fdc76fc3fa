import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeCause } from './describeCause.ts';

const SECRET = 'correct horse battery staple';

test('says kind, code and place, never the message', () => {
  const cause = Object.assign(new TypeError(`bad passphrase ${SECRET}`), { code: 'SQLITE_BUSY' });
  const text = describeCause(cause);
  expect(text).toMatch(/^TypeError SQLITE_BUSY\n\s+at /);
  expect(text).not.toContain(SECRET);
});

test('goes on to what it was caused by', () => {
  const text = describeCause(new Error(SECRET, { cause: new RangeError(SECRET) }));
  expect(text).toContain('caused by RangeError');
  expect(text).not.toContain(SECRET);
});

test('names the fields that did not decode, not what stood in them', () => {
  const { error } = z.strictObject({ passphrase: z.string().max(3) }).safeParse({ passphrase: SECRET });
  const text = describeCause(error);
  expect(text).toContain('too_big at passphrase');
  expect(text).not.toContain(SECRET);
});

test.each([[SECRET], [{ message: SECRET }], [null], [undefined]])('what is no error is not quoted: %j', (cause) => {
  expect(describeCause(cause)).toBe(`thrown ${typeof cause}`);
});
