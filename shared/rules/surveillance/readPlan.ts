import { err, ok, type Result } from '../../lib/result.ts';
import type { JsonObject, Problems } from '../jsonReader.ts';
import { listAt, objectAt, oneOfAt, refuseOthers, textAt, wholeNumberAt, wordsAt } from '../jsonReader.ts';
import { compatibilityGroups } from '../pack.ts';
import { type Context, type RowReader, readRows, readSources } from '../readRow.ts';
import type { AmountRow, IntervalRow, SampleRow, SurveillancePlan, SurveillanceRuleId } from './book.ts';
import { periodicKinds, surveillanceRuleIds, surveillanceUnits } from './book.ts';

const divisions = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'] as const;
const forms = ['article', 'substance'] as const;
/** Amounts are held against dates and readings: more than this was not meant. */
const AMOUNT_MAX = 1_000_000;
const INTERVAL_MONTHS_MAX = 600;

/** Reads a surveillance plan, the program's own or an authority's, or says everything that is wrong with it. */
export function readPlan(json: unknown): Result<SurveillancePlan, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'plan', problems);
  refuseOthers(from, ['id', 'title', 'edition', 'sources', 'intervals', 'rules', 'samples'], 'plan', problems);
  const text = (key: string): string => textAt(from, key, 'plan', problems);
  const [id, title, edition] = [text('id'), text('title'), text('edition')];
  const ids = new Set<string>();
  const sources = readSources(from, 'plan', ids, problems);
  const context: Context = { pack: id, edition, sources, notes: new Map(), ids, problems };
  const intervals = readRows(from, 'intervals', ['kind', 'items', 'groups', 'divisions', 'forms', 'intervalMonths'], readInterval, context);
  const amounts = readRows(from, 'rules', ['amount', 'unit'], readAmount, context);
  const samples = readRows(
    from,
    'samples',
    ['title', 'sampleSize', 'criticalAccept', 'majorAccept', 'minorAccept', 'packsMin'],
    readSample,
    context,
  );
  const rules = rulesOf(amounts, problems);
  checkOrder(rules, problems);
  return problems.length === 0 ? ok({ id, title, edition, sources: [...sources.values()], intervals, rules, samples }) : err(problems);
}

/** Every rule once: a plan that forgets one would check less than its reader believes. */
function rulesOf(amounts: readonly AmountRow[], problems: Problems): SurveillancePlan['rules'] {
  for (const id of surveillanceRuleIds) if (!amounts.some((row) => row.id === id)) problems.push(`rules: ${id} is missing`);
  return Object.fromEntries(amounts.map((row) => [row.id, row])) as SurveillancePlan['rules'];
}

function checkOrder(rules: SurveillancePlan['rules'], problems: Problems): void {
  const [low, watch] = [rules['life.stabiliserLow']?.amount, rules['life.stabiliserWatch']?.amount];
  if (low != null && watch != null && low > watch) problems.push('rules: life.stabiliserLow is above life.stabiliserWatch');
  if (rules['life.suspended']?.amount === 0) problems.push('rules: life.suspended is at least one interval');
}

const readInterval: RowReader<IntervalRow> = (from, row, { problems }, at) => {
  const intervalMonths = wholeNumberAt(from, 'intervalMonths', at, problems);
  if (intervalMonths < 1 || intervalMonths > INTERVAL_MONTHS_MAX)
    problems.push(`${at}.intervalMonths: 1 to ${INTERVAL_MONTHS_MAX} is wanted`);
  return {
    ...row,
    kind: oneOfAt(from, 'kind', periodicKinds, at, problems),
    items: listAt(from, 'items', at, problems).map(String),
    groups: wordsAt(from, 'groups', compatibilityGroups, at, problems),
    divisions: wordsAt(from, 'divisions', divisions, at, problems),
    forms: wordsAt(from, 'forms', forms, at, problems),
    intervalMonths,
  };
};

function amountAt(from: JsonObject, at: string, problems: Problems): number | null {
  if (from.amount === null) return null;
  const amount = wholeNumberAt(from, 'amount', at, problems);
  if (amount > AMOUNT_MAX) problems.push(`${at}.amount: at most ${AMOUNT_MAX}`);
  return amount;
}

const readAmount: RowReader<AmountRow> = (from, row, { problems }, at) => {
  const unit = surveillanceUnits[row.id as SurveillanceRuleId];
  if (unit === undefined) problems.push(`${at}.id: ${row.id} is no rule of surveillance`);
  else if (from.unit !== unit) problems.push(`${at}.unit: ${unit} is wanted`);
  return { ...row, amount: amountAt(from, at, problems), unit };
};

const readSample: RowReader<SampleRow> = (from, row, { problems }, at) => {
  const whole = (key: string): number => wholeNumberAt(from, key, at, problems);
  const sample = {
    ...row,
    title: textAt(from, 'title', at, problems),
    sampleSize: whole('sampleSize'),
    criticalAccept: whole('criticalAccept'),
    majorAccept: whole('majorAccept'),
    minorAccept: whole('minorAccept'),
    packsMin: whole('packsMin'),
  };
  if (Math.max(sample.criticalAccept, sample.majorAccept, sample.minorAccept) >= sample.sampleSize)
    problems.push(`${at}: as many faulty ones are accepted as are looked at`);
  return sample;
};
