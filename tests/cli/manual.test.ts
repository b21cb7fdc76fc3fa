// Goal: the files that the manual shows are taken as they stand there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storehouseBook } from '../../electron/data/rules/books.ts';
import { root } from '../../scripts/modules.mjs';
import { checklist, whatIf } from '../../shared/contract/inputs.ts';

const page = (name: string): string => readFileSync(join(root, 'docs/manual', name), 'utf8');
/** Indented blocks of a page that are JSON. */
const filesIn = (text: string): readonly unknown[] =>
  [...text.matchAll(/(?:^ {4}.*\n)+/gm)]
    .map(([block]) => block)
    .filter((block) => block.trim().startsWith('{'))
    .map((block) => JSON.parse(block));

test('the changes of a what-if', () => {
  const [changes, ...more] = filesIn(page('places.md'));
  expect(more).toEqual([]);
  expect(whatIf.safeParse(changes)).toMatchObject({ success: true, data: { stock: [{ item: 'F06A' }], exposed: [{ kind: 'inhabited' }] } });
});

test('the answers of a checklist, and every id that is named', () => {
  const text = page('life.md');
  const [answers] = filesIn(text);
  const { checklists } = storehouseBook();
  const opening = checklists.find(({ id }) => id === 'store.checklist.opening');
  const input = { place: 'S031', checklist: 'store.checklist.opening', onDate: '2026-11-27', answers, remark: 'A telephone' };
  expect(checklist.safeParse(input).success).toBe(true);
  expect(Object.keys(answers as object)).toEqual(opening?.questions.map(({ id }) => id));
  const ids = checklists.flatMap(({ id, questions }) => [id, ...questions.map((question) => question.id)]);
  expect(ids.filter((id) => !text.includes(`\`${id}\``))).toEqual([]);
});
