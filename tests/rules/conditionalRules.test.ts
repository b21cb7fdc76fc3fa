// Goal: what may be approved is what some row makes depend on conditions, each with its words, and nothing else.
import { expect, test } from 'vitest';
import { conditionalRules } from '../../shared/rules/conditional.ts';
import { iatg, packs } from './support.ts';

test.each(packs.map((pack) => [pack.id, pack] as const))('%s: every rule that may be approved is a conditional one', (_name, pack) => {
  const rules = conditionalRules(pack);
  const cells = [...pack.articles.values(), ...pack.substances.values()];
  const conditional = cells.filter(({ verdict }) => verdict === 'conditional').map(({ id }) => id);
  const kinds = (wanted: readonly string[]) => rules.filter(({ kind }) => wanted.includes(kind)).map(({ rule }) => rule);
  expect(conditional.length).toBeGreaterThan(0);
  expect(kinds(['articles', 'substances'])).toEqual(conditional);
  expect(kinds(['propulsive'])).toEqual([pack.propulsive.id]);
  expect(new Set(rules.map(({ rule, kind }) => `${kind} ${rule}`)).size).toBe(rules.length);
});

test('a distance cell that takes conditions is there with the words of each, one condition or several', () => {
  const cells = conditionalRules(iatg).filter(({ kind }) => kind === 'distances');
  const counts = new Set(cells.map(({ conditions }) => conditions.length));
  expect(counts.has(0)).toBe(false);
  expect(counts.has(1)).toBe(true);
  for (const { conditions } of cells)
    for (const { id, words } of conditions) expect([id, words.length > id.length / 2 && words !== id]).toEqual([id, true]);
});
