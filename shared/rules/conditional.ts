/** What an authority may find to be met at a place: rules that let something be, or ask for less, under recorded conditions. */
import { conditionsByCell } from './distance/conditionCells.ts';
import type { MixTable, RulePack } from './pack.ts';

export type ConditionalRule = Readonly<{
  /** The row that an approval names. */
  rule: string;
  kind: 'articles' | 'substances' | 'propulsive' | 'distances';
  /** Of a mixing cell; none of the others. */
  groups: readonly string[];
  /** All of them together let two groups of a mixing cell lie together; of the other kinds one alone counts. */
  conditions: readonly Readonly<{ id: string; words: string }>[];
}>;

const mixingCells = (table: MixTable, kind: 'articles' | 'substances'): readonly ConditionalRule[] =>
  [...table.values()]
    .filter(({ verdict }) => verdict === 'conditional')
    .map(({ id, groups, notes }) => ({ rule: id, kind, groups, conditions: notes.map((note) => ({ id: note.id, words: note.words })) }));

/** Every rule of a pack whose conditions may be approved; a rule that is not among them has none. */
export function conditionalRules({ articles, substances, propulsive, distances }: RulePack): readonly ConditionalRule[] {
  const wordsOf = new Map(distances.flatMap((book) => [...book.conditions.values()].map(({ id, words }) => [id, words] as const)));
  const cells = [...conditionsByCell(distances)].flatMap(([rule, ids]): readonly ConditionalRule[] =>
    ids.length === 0 ? [] : [{ rule, kind: 'distances', groups: [], conditions: ids.map((id) => ({ id, words: wordsOf.get(id) ?? id })) }],
  );
  const flying = propulsive.notes.map(({ id, words }) => ({ id, words }));
  return [
    ...mixingCells(articles, 'articles'),
    ...mixingCells(substances, 'substances'),
    { rule: propulsive.id, kind: 'propulsive', groups: [], conditions: flying },
    ...cells,
  ];
}
