import { describe, expect, test } from 'vitest';
import { FileTokens } from './files.ts';

const HEX = /^[0-9a-f]{32}$/;

describe('a token', () => {
  test('hides the folder and is the same for the same choice', () => {
    const tokens = new FileTokens();
    const chosen = tokens.issue('/secret/place/a.depot', 'openDepot');
    expect(chosen).toEqual({ token: expect.stringMatching(HEX), name: 'a.depot' });
    expect(tokens.issue('/secret/place/a.depot', 'openDepot')).toEqual(chosen);
    expect(tokens.issue('/secret/place/a.depot', 'newDepot').token).not.toBe(chosen.token);
  });

  test('becomes its path in `file` and in each of `files`', () => {
    const tokens = new FileTokens();
    const { token } = tokens.issue('/a.depot', 'openDepot');
    expect(tokens.resolve('depot.unlock', { file: token, passphrase: 'x' })).toEqual({ input: { file: '/a.depot', passphrase: 'x' } });
    const items = tokens.issue('/items.csv', 'importCsv').token;
    expect(tokens.resolve('import.run', { files: { items }, isDryRun: true })).toEqual({
      input: { files: { items: '/items.csv' }, isDryRun: true },
    });
    expect(tokens.resolve('import.run', { files: {} })).toEqual({ input: { files: {} } });
  });

  test.each([
    ['depot.create', 'newDepot', 'openDepot'],
    ['depot.unlock', 'openDepot', 'saveBundle'],
    ['identity.save', 'saveIdentity', 'openIdentity'],
    ['partner.trust', 'openIdentity', 'openBundle'],
    ['bundle.create', 'saveBundle', 'openBundle'],
    ['bundle.apply', 'openBundle', 'openDepot'],
    ['tail.set', 'tailFolder', 'openBundle'],
  ] as const)('%s takes a file chosen for %s, not one for %s', (procedure, right, wrong) => {
    const tokens = new FileTokens();
    expect(tokens.resolve(procedure, { file: tokens.issue('/a', right).token })).toEqual({ input: { file: '/a' } });
    expect(tokens.resolve(procedure, { file: tokens.issue('/a', wrong).token })).toBeNull();
  });
});

test('a file to print into is given for that purpose, once, and to no procedure', () => {
  const tokens = new FileTokens();
  const { token } = tokens.issue('/a.pdf', 'savePdf');
  const bundle = tokens.issue('/a.pdf', 'saveBundle').token;
  for (const none of [bundle, '/a.pdf', '__proto__', undefined, null, 1, [token]]) expect(tokens.takePath(none, 'savePdf')).toBeNull();
  expect(tokens.resolve('bundle.create', { file: token })).toBeNull();
  expect(tokens.takePath(token, 'savePdf')).toBe('/a.pdf');
  expect(tokens.takePath(token, 'savePdf')).toBeNull();
  const again = tokens.issue('/a.pdf', 'savePdf').token;
  expect(again).not.toBe(token);
  expect([tokens.takePath(again, 'savePdf'), tokens.resolve('bundle.create', { file: bundle })]).toEqual([
    '/a.pdf',
    { input: { file: '/a.pdf' } },
  ]);
});

describe('refused', () => {
  const tokens = new FileTokens();
  const { token } = tokens.issue('/a.depot', 'openDepot');
  test.each([
    ['a path', 'depot.unlock', { file: '/a.depot' }],
    ['nothing', 'depot.unlock', { file: undefined }],
    ['a number', 'depot.unlock', { file: 1 }],
    ['a list around it', 'depot.unlock', { file: [token] }],
    ['a name from the prototype', 'depot.unlock', { file: '__proto__' }],
    ['a procedure that takes no file', 'stock.list', { file: token }],
    ['a procedure that is none', 'constructor', { file: token }],
    ['a name that is no text', 1, { file: token }],
    ['files that are a list', 'import.run', { files: [token] }],
    ['files that are text', 'import.run', { files: '/items.csv' }],
    ['a path among files', 'import.run', { files: { items: '/items.csv' } }],
    ['a token for another purpose among files', 'import.run', { files: { items: token } }],
  ])('%s', (_name, procedure, input) => {
    expect(tokens.resolve(procedure, input)).toBeNull();
  });

  test('but what holds no file goes on untouched, to be decoded in the data process', () => {
    for (const input of [undefined, null, 'x', 1, [], [{ file: 'x' }], { search: 'x' }, { nested: { file: 'x' } }]) {
      expect(tokens.resolve('stock.list', input)).toEqual({ input });
    }
  });
});
