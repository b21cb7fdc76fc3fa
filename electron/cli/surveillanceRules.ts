import { conditionAnswer } from '../../shared/rules/conditionBook.ts';
import { verdictOf } from '../../shared/rules/surveillance/stabiliser.ts';
import { conditionBook, shippedPlan } from '../data/rules/books.ts';
import { needed, type Parsed } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';

/** What codes of condition mean, and what they are called in other tables; without a code the tables themselves. */
export function conditions(_parsed: Parsed, codes: readonly string[]): Answer {
  const book = conditionBook();
  if (codes.length === 0) {
    const tables = book.tables.map((table) => ({ ...table, codes: [...table.codes.values()] }));
    const lines = tables.flatMap(({ title, codes: listed }) => [
      title,
      ...listed.map((each) => `  ${each.code}\t${each.group}\t${each.title}`),
    ]);
    return { json: { tables }, lines };
  }
  const results = codes.map((code) => {
    const { table, condition, same } = conditionAnswer(code, book);
    const elsewhere = same.map(({ code: other, row }) => ({ code: other, source: row.source, status: row.status }));
    return { code, table, group: condition?.group ?? 'unknown', title: condition?.title ?? '', same: elsewhere };
  });
  const lines = results.map(({ code, group, title, same }) => `${code}\t${group}\t${title}\t${same.map((each) => each.code).join(', ')}`);
  return { json: { results }, lines };
}

/** The surveillance plan of the program: intervals, amounts and samples with their sources. */
export function surveillance(): Answer {
  const { id, edition, intervals, rules, samples } = shippedPlan();
  const cite = ({ source, status }: { source: string; status: string }): string => `[${source}, ${status}]`;
  return {
    json: { plan: id, edition, intervals, rules: Object.values(rules), samples },
    lines: [
      ...intervals.map((row) => `${row.id}: ${row.kind} every ${row.intervalMonths} months ${cite(row)}`),
      ...Object.values(rules).map((row) => `${row.id}: ${row.amount ?? '-'} ${row.unit} ${cite(row)}`),
      ...samples.map(
        (row) => `${row.id}: ${row.sampleSize}, accepted ${row.criticalAccept}/${row.majorAccept}/${row.minorAccept} ${cite(row)}`,
      ),
    ],
  };
}

const wholeOf = (parsed: Parsed, name: string): number => {
  const value = Number(needed(parsed, name));
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError(`--${name} takes a whole number`);
  return value;
};

/** What one stabiliser result says by the program's plan. */
export function stabiliser(parsed: Parsed): Answer {
  const ppm = wholeOf(parsed, 'ppm');
  const plan = shippedPlan();
  const verdict = verdictOf([{ onDate: '2000-01-01', ppm }], plan);
  const { source, status } = plan.rules[verdict === 'low' ? 'life.stabiliserLow' : 'life.stabiliserWatch'];
  return { json: { ppm, verdict, source, status }, lines: [`${ppm} ppm: ${verdict} [${source}, ${status}]`] };
}

/** Whether a sample is accepted with the faulty ones that were found in it. */
export function sample(parsed: Parsed): Answer {
  const category = needed(parsed, 'category');
  const row = shippedPlan().samples.find(({ id }) => id === `life.sample.${category}`);
  if (row === undefined)
    throw new UsageError(
      `--category takes ${shippedPlan()
        .samples.map(({ id }) => id.replace('life.sample.', ''))
        .join(', ')}`,
    );
  const [critical, major, minor] = [wholeOf(parsed, 'critical'), wholeOf(parsed, 'major'), wholeOf(parsed, 'minor')];
  const accepted = critical <= row.criticalAccept && major <= row.majorAccept && minor <= row.minorAccept;
  return {
    json: { category, sampleSize: row.sampleSize, packsMin: row.packsMin, accepted, source: row.source, status: row.status },
    lines: [`${accepted ? 'accepted' : 'rejected'}: sample of ${row.sampleSize} from at least ${row.packsMin} packs [${row.source}]`],
  };
}
