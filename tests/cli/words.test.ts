// Goal: no sentence that a person reads holds a name from inside the program.
// Method: walk every sentence; then read the sources for each value that a service refuses, and write its refusal.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonIn, optionOf, wrongFile, wrongOptions } from '../../electron/cli/options.ts';
import { describeError } from '../../electron/cli/wording.ts';
import english from '../../resources/locales/en.json' with { type: 'json' };
import { root } from '../../scripts/modules.mjs';
import { inspection, whatIf } from '../../shared/contract/inputs.ts';
import type { DomainError, ListFault } from '../../shared/domain/errors.ts';
import { surveyMeasures } from '../../shared/domain/surveillance.ts';

/** A small letter and then a capital one inside a word; placeholders and units of measure are none. */
const insideNames = (sentence: string): readonly string[] =>
  sentence.replaceAll(/\{\{[^}]*\}\}|\bkPa\b/g, '').match(/\b[a-z]+[A-Z]\w*/g) ?? [];

type Texts = Readonly<{ [key: string]: string | Texts }>;
const faultsIn = (texts: Texts, path = ''): readonly string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? insideNames(text).map((name) => `${path}${key}: ${name}`) : faultsIn(text, `${path}${key}.`),
  );

test('no sentence of the locale file holds one, and a planted one is found', () => {
  expect(faultsIn(english as Texts)).toEqual([]);
  expect(faultsIn({ error: { x: 'The value of stackMm is wrong; {{stackMm}} kPa.' } })).toEqual(['error.x: stackMm']);
});

describe('a value that does not fit', () => {
  const sources = readdirSync(join(root, 'electron/data'), { recursive: true, encoding: 'utf8' })
    // Errors of an imported file name its columns.
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('import'))
    .map((name) => readFileSync(join(root, 'electron/data', name), 'utf8'));
  const named = /(?:code: 'badValue',\s*field: |badValue\(|refuse\()'(\w+)'/g;
  const fields = new Set([
    ...sources.flatMap((source) => [...source.matchAll(named)].map((match) => match[1] as string)),
    // Those that a variable names.
    ...surveyMeasures,
    ...['family', 'kind', 'mode', 'distanceM', 'scaled', 'incidentKPa'],
  ]);
  test('is looked for in the sources', () => {
    expect(fields.size).toBeGreaterThan(25);
    expect(fields).toContain('stabiliserPpm');
  });
  test.each([...fields])('%s has a word, and its refusal no name from inside', (field) => {
    expect(english.inputField).toHaveProperty(field);
    expect(insideNames(describeError({ code: 'badValue', field, value: '7', expected: '8' }))).toEqual([]);
  });
});

const FAULTS: Readonly<Record<ListFault['fault'], ListFault>> = {
  newerProgram: { fault: 'newerProgram' },
  noList: { fault: 'noList' },
  tooLarge: { fault: 'tooLarge' },
  nothingWaits: { fault: 'nothingWaits' },
  doesNotFollow: { fault: 'doesNotFollow' },
  deviceMissing: { fault: 'deviceMissing' },
  revocationTakenBack: { fault: 'revocationTakenBack' },
  inForce: { fault: 'inForce', version: 7 },
  otherInForce: { fault: 'otherInForce', version: 7 },
  tooFarAhead: { fault: 'tooFarAhead', version: 9_007, held: 7 },
  unsignedByRootsInForce: { fault: 'unsignedByRootsInForce', threshold: 2 },
  unsignedByOwnRoots: { fault: 'unsignedByOwnRoots', threshold: 2 },
};
test.each(Object.values(FAULTS))('a trust list refused for %j has a sentence with its numbers', (fault) => {
  const sentence = describeError({ code: 'listRefused', ...fault });
  expect(sentence).toMatch(/^The trust list is not accepted: [a-z].*[^.}]\. Nothing was changed/);
  expect(sentence).not.toMatch(/\{\{|\$t|listwhy/);
  for (const number of Object.values(fault).filter((value) => typeof value === 'number')) expect(sentence).toContain(String(number));
});

test('the terminal names the option that was typed', () => {
  expect(['onDate', 'stabiliserPpm', 'coverAirMm', 'lotId', 'reviewOn', 'role'].map(optionOf)).toEqual([
    '--on',
    '--stabiliser-ppm',
    '--cover-air-mm',
    '--lot-id',
    '--review-on',
    '--roles',
  ]);
  expect(describeError({ code: 'badValue', field: 'onDate', value: '2030-01-01', expected: 'YYYY-MM-DD ≤ 2026-06-01' })).toBe(
    '“2030-01-01” does not fit in the day (--on). Expected: YYYY-MM-DD ≤ 2026-06-01.',
  );
  const wrong = inspection.safeParse({ lotId: crypto.randomUUID(), kind: 'visual', onDate: 'June', result: 'passed', remark: '' });
  expect(wrongOptions(wrong.error?.issues ?? []).message).toMatch(/--on: .*; --stabiliser-ppm: /);
});

test('a file of JSON is named with the place in it, or with the form that it takes', () => {
  const wrong = whatIf.safeParse({ stock: [{ place: 'S1', item: 'HE', quantity: 0 }] });
  expect(wrongFile('changes', wrong.error?.issues ?? []).message).toMatch(/^--changes, stock\[0\]\.quantity: /);
  expect(wrongFile('changes', whatIf.safeParse([]).error?.issues ?? []).message).toMatch(/^--changes, the whole file: /);
  const path = join(mkdtempSync(join(tmpdir(), 'json-')), 'a.json');
  writeFileSync(path, '\uFEFF{"a": 1}');
  expect(jsonIn(path, 'changes', '{…}')).toEqual({ a: 1 });
  expect(() => jsonIn(`${path}.gone`, 'changes', '{…}')).toThrow('--changes: ');
});

test('instants, candidates and remarks are told in words', () => {
  const candidates = [{ condition: 'A1', owner: 'ARMY', holder: 'DEPOT', quantity: 90 }];
  const errors: readonly DomainError[] = [
    { code: 'inTheFuture', happenedAtMs: Date.parse('2030-01-01T00:00:00Z') },
    { code: 'ambiguousHolding', candidates },
    { code: 'remarkRequired' },
  ];
  const [future, ambiguous, remark] = errors.map(describeError);
  expect(future).toContain('2030-01-01T00:00:00.000Z');
  expect(ambiguous).toContain('(A1 ARMY DEPOT 90)');
  expect(remark).toMatch(/^Write a remark/);
});
