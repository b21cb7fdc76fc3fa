// Goal: each cell of the storage tables is met by a pair that it stops and by one that it lets be.
// Method: a pair of natures for each cell of each pack. What a cell never does by itself is made to happen by changing
// the cell: then the finding must name it, which shows that it is this cell that was asked.
import { describe, expect, test } from 'vitest';
import type { ItemForm } from '../../../shared/domain/model.ts';
import type { ApprovalFacts, StoreLine } from '../../../shared/rules/facts.ts';
import { checkMixing } from '../../../shared/rules/mixing.ts';
import { type MixRow, pairKey, type RulePack } from '../../../shared/rules/pack.ts';
import { counts } from '../counting.ts';
import { aastp, aLine, aStore, iatg, wideLimits } from '../support.ts';

type TableName = 'articles' | 'substances';
const formOf = { articles: 'article', substances: 'substance' } as const satisfies Record<TableName, ItemForm>;
const codeOf = (group: string): string => [...iatg.legalCodes.keys()].find((code) => code.endsWith(group)) ?? '';
const lineOf = (item: string, group: string, form: ItemForm): StoreLine => aLine({ item, hazardCode: codeOf(group), form });
const withCell = (pack: RulePack, table: TableName, row: MixRow): RulePack => ({
  ...pack,
  [table]: new Map(pack[table]).set(pairKey(...row.groups), row),
});

const cells = [iatg, aastp].flatMap((pack) =>
  (['articles', 'substances'] as const).flatMap((table) =>
    [...pack[table].values()].map((row) => [pack.id, row.id, pack, table, row] as const),
  ),
);

test.each(cells)('%s %s stops a pair and lets one be', (_pack, _id, pack, table, row) => {
  const lines = row.groups.map((group, at) => lineOf(`ITEM-${at}`, group, formOf[table]));
  const found = (by: RulePack, approvals: readonly ApprovalFacts[] = []) =>
    checkMixing({ store: 'S1', limitsG: wideLimits, lines, approvals }, by).map(({ rule, says, severity }) => [rule, says, severity]);

  const stopping: RulePack = row.verdict === 'permitted' ? withCell(pack, table, { ...row, verdict: 'prohibited' }) : pack;
  expect(found(stopping)).toEqual([[row.id, row.verdict === 'conditional' ? 'mix.conditional' : 'mix.prohibited', 'stop']]);
  counts('stops', row);

  if (row.verdict === 'permitted') expect(found(pack)).toEqual([]);
  if (row.verdict === 'prohibited') {
    for (const line of lines) expect(checkMixing(aStore([line]), pack)).toEqual([]);
    expect(found(withCell(pack, table, { ...row, verdict: 'permitted' }))).toEqual([]);
  }
  if (row.verdict === 'conditional') {
    const conditions = row.notes.map(({ id }) => id);
    const approval = { rule: row.id, place: 'S1', conditions, authority: 'Inspectorate', until: '2030-12-31' };
    expect(found(pack, [approval])).toEqual([[row.id, 'mix.approved', 'info']]);
    for (const missing of conditions)
      expect(found(pack, [{ ...approval, conditions: conditions.filter((each) => each !== missing) }])).toMatchObject([
        [row.id, 'mix.conditional', 'stop'],
      ]);
  }
  counts('passes', row);
});

describe('the same pair under a code that is not known', () => {
  test.each([iatg, aastp])('$id stops by the row for unknown mixes', (pack) => {
    const unknown = [lineOf('A', 'D', 'article'), aLine({ item: 'X', hazardCode: null })];
    expect(checkMixing(aStore(unknown), pack)).toMatchObject([{ rule: 'mix.unknown', severity: 'stop' }]);
    counts('stops', pack.rules['mix.unknown']);
    expect(checkMixing(aStore(unknown.slice(1)), pack)).toEqual([]);
    counts('passes', pack.rules['mix.unknown']);
  });
});
