import { expect, test } from 'vitest';
import { systemRefusalOf } from './systemErrors.ts';

test.each(['any', 'write'] as const)('the disk and its rights are said by name, whatever is done: %s', (work) => {
  expect(systemRefusalOf('ENOSPC', work)).toEqual({ code: 'diskFull' });
  for (const code of ['EROFS', 'EACCES', 'EPERM']) expect(systemRefusalOf(code, work)).toEqual({ code: 'notWritable', detail: code });
  for (const code of ['', 'EMFILE', 'constructor', 'SQLITE_FULL']) expect(systemRefusalOf(code, work)).toBeNull();
});

test('a folder that is away is refused where a file is made, and is nothing about writing where one is read', () => {
  for (const code of ['ENOENT', 'EISDIR', 'EIO', 'ENODEV']) {
    expect(systemRefusalOf(code, 'write')).toEqual({ code: 'notWritable', detail: code });
    expect(systemRefusalOf(code, 'any')).toBeNull();
  }
});
