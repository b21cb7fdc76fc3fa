import { surveyMeasures } from '../../domain/surveillance.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { JsonObject, Problems } from '../jsonReader.ts';
import { booleanAt, listAt, objectAt, oneOfAt, refuseOthers, textAt, wholeNumberAt, wordsAt } from '../jsonReader.ts';
import { compatibilityGroups } from '../pack.ts';
import { type Context, type RowReader, readRows, readSources } from '../readRow.ts';
import type {
  ChecklistRow,
  FireRow,
  PracticeRow,
  StorehouseBook,
  StorehouseRule,
  StorehouseRuleId,
  SymbolRow,
  WithdrawalRow,
} from './book.ts';
import { fireShapes, practiceAreas, practiceUnits, storehouseRuleIds, storehouseUnits, withdrawalDivisions } from './book.ts';

const divisions = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'] as const;

/** Reads `resources/storehouse/rules.json`, or says everything that is wrong with it. */
export function readStorehouse(json: unknown): Result<StorehouseBook, readonly string[]> {
  const problems: Problems = [];
  const from = objectAt(json, 'storehouse', problems);
  const parts = ['id', 'edition', 'sources', 'fire', 'symbols', 'withdrawal', 'practice', 'rules', 'checklists'];
  refuseOthers(from, parts, 'storehouse', problems);
  const ids = new Set<string>();
  const context: Context = {
    pack: textAt(from, 'id', 'storehouse', problems),
    edition: textAt(from, 'edition', 'storehouse', problems),
    sources: readSources(from, 'storehouse', ids, problems),
    notes: new Map(),
    ids,
    problems,
  };
  const book: StorehouseBook = {
    fire: readRows(from, 'fire', ['division', 'fireDivision', 'shape'], readFire, context),
    symbols: readRows(from, 'symbols', ['uns', 'groups', 'clothingSet', 'needsBreathing', 'isWaterForbidden'], readSymbol, context),
    withdrawal: readRows(from, 'withdrawal', ['division', 'neqMaxKg', 'distanceMinM', 'scaledCm'], readWithdrawal, context),
    practice: readRows(from, 'practice', ['measure', 'where', 'unit', 'least', 'most', 'words'], readPractice, context),
    checklists: readRows(from, 'checklists', ['title', 'intervalMonths', 'questions'], readChecklist, context),
    rules: rulesOf(readRows(from, 'rules', ['amount', 'unit'], readRule, context), problems),
  };
  for (const division of divisions) if (!book.fire.some((row) => row.division === division)) problems.push(`fire: no row for ${division}`);
  for (const division of withdrawalDivisions)
    if (!book.withdrawal.some((row) => row.division === division && row.neqMaxKg === null))
      problems.push(`withdrawal: no row without end for ${division}`);
  return problems.length === 0 ? ok(book) : err(problems);
}

/** Every rule once: data that forgets one would check less than its reader believes. */
function rulesOf(rows: readonly StorehouseRule[], problems: Problems): StorehouseBook['rules'] {
  for (const id of storehouseRuleIds) if (!rows.some((row) => row.id === id)) problems.push(`rules: ${id} is missing`);
  return Object.fromEntries(rows.map((row) => [row.id, row])) as StorehouseBook['rules'];
}

const wholeOrNull = (from: JsonObject, key: string, at: string, problems: Problems): number | null =>
  from[key] === null ? null : wholeNumberAt(from, key, at, problems);

function smallNumberAt<const T extends number>(
  from: JsonObject,
  key: string,
  allowed: readonly [T, ...T[]],
  at: string,
  problems: Problems,
): T {
  const found = allowed.find((each) => each === from[key]);
  if (found === undefined) problems.push(`${at}.${key}: one of ${allowed.join(', ')} is wanted`);
  return found ?? allowed[0];
}

const readFire: RowReader<FireRow> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', divisions, at, problems),
  fireDivision: smallNumberAt(from, 'fireDivision', [1, 2, 3, 4], at, problems),
  shape: oneOfAt(from, 'shape', fireShapes, at, problems),
});

const readSymbol: RowReader<SymbolRow> = (from, row, { problems }, at) => ({
  ...row,
  uns: listAt(from, 'uns', at, problems).map(String),
  groups: wordsAt(from, 'groups', compatibilityGroups, at, problems),
  clothingSet: from.clothingSet === null ? null : smallNumberAt(from, 'clothingSet', [1, 2, 3], at, problems),
  needsBreathing: booleanAt(from, 'needsBreathing', at, problems),
  isWaterForbidden: booleanAt(from, 'isWaterForbidden', at, problems),
});

const readWithdrawal: RowReader<WithdrawalRow> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', withdrawalDivisions, at, problems),
  neqMaxKg: wholeOrNull(from, 'neqMaxKg', at, problems),
  distanceMinM: wholeNumberAt(from, 'distanceMinM', at, problems),
  scaledCm: wholeNumberAt(from, 'scaledCm', at, problems),
});

const readPractice: RowReader<PracticeRow> = (from, row, { problems }, at) => {
  const [least, most] = [wholeOrNull(from, 'least', at, problems), wholeOrNull(from, 'most', at, problems)];
  if (least === null && most === null) problems.push(`${at}: neither a least nor a most`);
  if (least !== null && most !== null && least > most) problems.push(`${at}: the least is above the most`);
  const measure = from.measure === null ? null : oneOfAt(from, 'measure', surveyMeasures, at, problems);
  const unit = oneOfAt(from, 'unit', practiceUnits, at, problems);
  if (measure !== null && unit !== 'mm') problems.push(`${at}.unit: what is measured is in mm`);
  return {
    ...row,
    measure,
    where: oneOfAt(from, 'where', practiceAreas, at, problems),
    unit,
    least,
    most,
    words: textAt(from, 'words', at, problems),
  };
};

const readRule: RowReader<StorehouseRule> = (from, row, { problems }, at) => {
  const unit = storehouseUnits[row.id as StorehouseRuleId];
  if (unit === undefined) problems.push(`${at}.id: ${row.id} is no rule of storehouses`);
  else if (from.unit !== unit) problems.push(`${at}.unit: ${unit} is wanted`);
  return { ...row, amount: wholeOrNull(from, 'amount', at, problems), unit };
};

const readChecklist: RowReader<ChecklistRow> = (from, row, { problems }, at) => {
  const questions = listAt(from, 'questions', at, problems).map((each, i) => {
    const question = objectAt(each, `${at}.questions[${i}]`, problems);
    refuseOthers(question, ['id', 'words'], `${at}.questions[${i}]`, problems);
    return { id: textAt(question, 'id', at, problems), words: textAt(question, 'words', at, problems) };
  });
  if (new Set(questions.map(({ id }) => id)).size !== questions.length || questions.length === 0)
    problems.push(`${at}.questions: some are wanted, each with an id of its own`);
  const intervalMonths = wholeOrNull(from, 'intervalMonths', at, problems);
  if (intervalMonths === 0) problems.push(`${at}.intervalMonths: one or more is wanted`);
  return { ...row, title: textAt(from, 'title', at, problems), intervalMonths, questions };
};
