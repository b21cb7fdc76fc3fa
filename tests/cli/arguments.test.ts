// Goal: a value that begins with a minus is a value, and where it cannot be told the refusal shows how to write it.
import { expect, test } from 'vitest';
import { readArguments } from '../../electron/cli/arguments.ts';

const read = (...args: string[]) => readArguments(args, ['zone', 'reason', 'dry-run']);

test('a negative number or zone is the value of the option before it', () => {
  expect(read('FILE', '--zone', '-05:00').options).toMatchObject({ zone: '-05:00' });
  expect(read('--reason', '-5', '--zone=-03:30')).toMatchObject({ positionals: [], options: { reason: '-5', zone: '-03:30' } });
});

test('after a flag, an option with its value, or the end of options it stays what it was', () => {
  expect(() => read('--dry-run', '-5')).toThrow();
  expect(() => read('--zone=Z', '-5')).toThrow();
  expect(read('--', '--zone', '-5').positionals).toEqual(['--zone', '-5']);
});

test('another value that begins with a dash is refused with how to write it', () => {
  expect(() => read('--reason', '-old marking')).toThrow('--reason needs a value; one that begins with a dash is written --reason=-…');
  expect(read('--reason=-old marking').options).toMatchObject({ reason: '-old marking' });
  expect(() => read('--zne', 'Z')).toThrow("Unknown option '--zne'");
});
