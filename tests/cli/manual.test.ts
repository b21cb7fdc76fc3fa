// Goal: the files that the manual shows are taken as they stand there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SECRETS } from '../../electron/cli/io.ts';
import { CLIMATE_COLUMNS, CLIMATE_REQUIRED } from '../../electron/data/import/climateRows.ts';
import { COLUMNS, REQUIRED } from '../../electron/data/import/rows.ts';
import { SITE_COLUMNS, SITE_REQUIRED } from '../../electron/data/import/siteRows.ts';
import { storehouseBook } from '../../electron/data/rules/books.ts';
import { root } from '../../scripts/modules.mjs';
import { checklist, whatIf } from '../../shared/contract/inputs.ts';
import { itemTraits } from '../../shared/domain/model.ts';
import { constructions, exposedKinds, rockKinds, routeKinds } from '../../shared/domain/site.ts';

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

/** Of each table of the page its heading, its columns and those that it says are needed. */
const tablesIn = (text: string) =>
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const rows = [...section.matchAll(/^\| `([^`]+)` \| (yes)? ?\|/gm)];
      return [
        section.slice(0, section.indexOf('\n')),
        rows.map(([, name]) => name),
        rows.flatMap(([, name, needed]) => (needed ? [name] : [])),
      ];
    });

test('the columns of each CSV file, and which of them are needed, are those that are read', () => {
  const read = { ...COLUMNS, ...SITE_COLUMNS, loggers: CLIMATE_COLUMNS };
  const needed: Record<string, readonly string[]> = { ...REQUIRED, ...SITE_REQUIRED, loggers: CLIMATE_REQUIRED };
  expect(tablesIn(page('columns.md'))).toEqual(Object.entries(read).map(([kind, columns]) => [kind, columns, needed[kind]]));
});

test('the words that a cell may hold stand there', () => {
  const text = page('columns.md');
  const words = [...itemTraits, ...constructions, ...exposedKinds, ...rockKinds, ...routeKinds];
  expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
});

test('the names of the environment from which secrets are read', () => {
  const named = [...page('terminal.md').matchAll(/^\| `(DEPOT_\w+)`/gm)].map(([, name]) => name);
  expect(named).toEqual([...SECRETS]);
});
