/** Turns the data of `resources/rules/<pack>/distances.json` into a {@link DistanceBook}, noting everything that is wrong. */
import type { JsonObject, Problems } from '../jsonReader.ts';
import { listAt, objectAt, oneOfAt, refuseOthers, textAt, wholeNumberAt, wordsAt } from '../jsonReader.ts';
import type { RuleRow } from '../pack.ts';
import { type Context, type RowReader, readId, readRows } from '../readRow.ts';
import type {
  Branch,
  Cell,
  DensityRow,
  DistanceBook,
  DistanceCondition,
  Formula,
  FunctionRow,
  FunctionTable,
  Matrix,
  MatrixDivision,
  Misprint,
  Orientation,
  PotentialColumn,
  SectorRow,
  StandInRow,
  TypeRow,
} from './book.ts';
import { matrixDivisions, potentialColumns, tableDivisions } from './book.ts';
import { readCell } from './cell.ts';
import { readPorts, readUnderground, readYards } from './readSurroundings.ts';

const bookKeys = [
  'conditions',
  'tables',
  'misprints',
  'standIns',
  'sectors',
  'densities',
  'potentialTypes',
  'exposedTypes',
  'yards',
  'ports',
  'underground',
  'inferredColumns',
  'matrix',
];
const AT = 'distances';

export function readDistances(value: unknown, context: Context): DistanceBook {
  const { problems } = context;
  const from = objectAt(value, AT, problems);
  refuseOthers(from, bookKeys, AT, problems);
  const rows = <T>(key: string, otherKeys: readonly string[], read: RowReader<T>) => readRows(from, key, otherKeys, read, context, AT);
  const conditions = new Map(
    listAt(from, 'conditions', AT, problems).map((each, i) => readCondition(each, `${AT}.conditions[${i}]`, context)),
  );
  const matrices = readMatrices(from, conditions, context);
  const everyRow = [...(matrices.get('1.1')?.keys() ?? [])];
  const tables = readTables(from, context);
  const book: DistanceBook = {
    pack: context.pack,
    edition: context.edition,
    conditions,
    tables,
    misprints: rows('misprints', ['division', 'function', 'neqKg', 'printedM', 'computedM', 'words'], readMisprint),
    standIns: new Map(rows('standIns', ['division', 'as'], readStandIn).map((row) => [row.division, row])),
    sectors: new Map(
      rows('sectors', ['divisions', 'frontMdeg', 'rearMdeg'], readSector).flatMap((row) =>
        row.divisions.map((each) => [each, row] as const),
      ),
    ),
    densities: new Map(rows('densities', ['route', 'highFromPerDay', 'mediumFromPerDay'], readDensity).map((row) => [row.route, row])),
    potentialTypes: readTypes(from, 'potentialTypes', potentialColumns, problems),
    exposedTypes: readTypes(from, 'exposedTypes', everyRow, problems),
    yards: readYards(from, everyRow, context),
    ports: readPorts(from, tables.get('port'), conditions, context),
    underground: readUnderground(from, tables.get('underground'), conditions, context),
    matrices,
  };
  refuseUnknownFunctions(book, problems);
  return book;
}

function readCondition(value: unknown, at: string, { ids, problems }: Context): readonly [string, DistanceCondition] {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['id', 'words', 'neqMaxKg'], at, problems);
  const id = readId(from, at, ids, problems);
  return [id, { id, words: textAt(from, 'words', at, problems), neqMaxKg: numberOrNull(from, 'neqMaxKg', at, problems) }];
}

const numberOrNull = (from: JsonObject, key: string, at: string, problems: Problems): number | null =>
  from[key] === null ? null : wholeNumberAt(from, key, at, problems);

const tableKeys = ['division', 'rounding', 'startsAtKg', 'extrapolatedBelowKg', 'ladderKg', 'functions'];
const functionKeys = ['function', 'branches', 'logSquare', 'share', 'minimumM', 'aboveKg', 'upToKg'];

function readTables(from: JsonObject, context: Context): DistanceBook['tables'] {
  const { problems } = context;
  const tables = listAt(from, 'tables', AT, problems).map((value, i): FunctionTable => {
    const at = `${AT}.tables[${i}]`;
    const table = objectAt(value, at, problems);
    refuseOthers(table, tableKeys, at, problems);
    const functions = readRows(table, 'functions', functionKeys, readFunction, context, at);
    return {
      division: oneOfAt(table, 'division', tableDivisions, at, problems),
      rounding: oneOfAt(table, 'rounding', ['table7', 'metre'], at, problems),
      startsAtKg: numberOrNull(table, 'startsAtKg', at, problems),
      extrapolatedBelowKg: numberOrNull(table, 'extrapolatedBelowKg', at, problems),
      ladderKg: readLadder(table, at, problems),
      functions: new Map(functions.map((row) => [row.functionId, row])),
    };
  });
  const byDivision = new Map(tables.map((table) => [table.division, table]));
  for (const division of ['1.1', '1.2', '1.3'] as const)
    if (!byDivision.has(division)) problems.push(`${AT}.tables: no table for ${division}`);
  return byDivision;
}

function readLadder(from: JsonObject, at: string, problems: Problems): readonly number[] {
  const ladder = listAt(from, 'ladderKg', at, problems).filter((each): each is number => Number.isSafeInteger(each));
  const isRising = ladder.every((each, i) => i === 0 || each > (ladder[i - 1] as number));
  if (!isRising || ladder.length === 0) problems.push(`${at}.ladderKg: rising whole numbers are wanted`);
  return ladder;
}

const readFunction: RowReader<FunctionRow> = (from, row, { problems }, at) => ({
  ...row,
  functionId: textAt(from, 'function', at, problems),
  formula: readFormula(from, at, problems),
  minimumM: numberOrNull(from, 'minimumM', at, problems),
  aboveKg: numberOrNull(from, 'aboveKg', at, problems),
  upToKg: numberOrNull(from, 'upToKg', at, problems),
});

function readFormula(from: JsonObject, at: string, problems: Problems): Formula {
  if (from.share !== undefined) {
    const share = objectAt(from.share, `${at}.share`, problems);
    return { kind: 'share', of: textAt(share, 'of', at, problems), milli: wholeNumberAt(share, 'milli', at, problems) };
  }
  if (from.logSquare !== undefined) {
    const log = objectAt(from.logSquare, `${at}.logSquare`, problems);
    const milli = (key: string): number => {
      if (Number.isSafeInteger(log[key])) return log[key] as number;
      problems.push(`${at}.logSquare.${key}: a whole number is missing`);
      return 0;
    };
    return {
      kind: 'logSquare',
      constantMilli: milli('constantMilli'),
      linearMilli: milli('linearMilli'),
      squareMilli: milli('squareMilli'),
    };
  }
  const branches = listAt(from, 'branches', at, problems).map((each, i) => readBranch(each, `${at}.branches[${i}]`, problems));
  if (branches.at(-1)?.belowKg !== null) problems.push(`${at}.branches: the last has no bound`);
  return { kind: 'branches', branches };
}

function readBranch(value: unknown, at: string, problems: Problems): Branch {
  const from = objectAt(value, at, problems);
  refuseOthers(from, ['belowKg', 'numerator', 'denominator', 'power'], at, problems);
  const denominator = wholeNumberAt(from, 'denominator', at, problems);
  if (denominator === 0) problems.push(`${at}.denominator: not zero`);
  return {
    belowKg: numberOrNull(from, 'belowKg', at, problems),
    numerator: wholeNumberAt(from, 'numerator', at, problems),
    denominator,
    power: oneOfAt(from, 'power', ['1/3', '1/2', '2/3'], at, problems),
  };
}

const readMisprint: RowReader<Misprint> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', tableDivisions, at, problems),
  functionId: textAt(from, 'function', at, problems),
  neqKg: wholeNumberAt(from, 'neqKg', at, problems),
  printedM: wholeNumberAt(from, 'printedM', at, problems),
  computedM: wholeNumberAt(from, 'computedM', at, problems),
  words: textAt(from, 'words', at, problems),
});

const readStandIn: RowReader<StandInRow> = (from, row, { problems }, at) => ({
  ...row,
  division: oneOfAt(from, 'division', ['1.2.3', '1.5', '1.6'], at, problems),
  as: oneOfAt(from, 'as', matrixDivisions, at, problems),
});

const readSector: RowReader<SectorRow> = (from, row, { problems }, at) => ({
  ...row,
  divisions: wordsAt(from, 'divisions', matrixDivisions, at, problems),
  frontMdeg: wholeNumberAt(from, 'frontMdeg', at, problems),
  rearMdeg: wholeNumberAt(from, 'rearMdeg', at, problems),
});

const readDensity: RowReader<DensityRow> = (from, row, { problems }, at) => ({
  ...row,
  route: oneOfAt(from, 'route', ['road', 'rail', 'waterway', 'path'], at, problems),
  highFromPerDay: wholeNumberAt(from, 'highFromPerDay', at, problems),
  mediumFromPerDay: wholeNumberAt(from, 'mediumFromPerDay', at, problems),
});

function readTypes<Id extends string>(
  from: JsonObject,
  key: string,
  allowed: readonly Id[],
  problems: Problems,
): ReadonlyMap<string, TypeRow<Id>> {
  return new Map(
    listAt(from, key, AT, problems).map((value, i) => {
      const at = `${AT}.${key}[${i}]`;
      const type = objectAt(value, at, problems);
      refuseOthers(type, ['type', 'front', 'side', 'rear', 'berth'], at, problems);
      const ids = (orientation: Orientation) => {
        const found = wordsAt(type, orientation, allowed, at, problems);
        if (found.length === 0) problems.push(`${at}.${orientation}: none named`);
        return found;
      };
      const turned = { front: ids('front'), side: ids('side'), rear: ids('rear') };
      const berth = type.berth === undefined ? {} : { berth: listAt(type, 'berth', at, problems).map(String) };
      return [textAt(type, 'type', at, problems), { ...turned, ...berth }];
    }),
  );
}

/** A missing cell would be a distance that nobody looked up, so every matrix must be whole and have the same rows. */
function readMatrices(
  from: JsonObject,
  conditions: ReadonlyMap<string, DistanceCondition>,
  context: Context,
): ReadonlyMap<MatrixDivision, Matrix> {
  const { problems } = context;
  const inferred = wordsAt(from, 'inferredColumns', potentialColumns, AT, problems);
  const read: RowReader<readonly [MatrixDivision, string, Record<PotentialColumn, Cell>]> = (fields, row, _context, at) => [
    oneOfAt(fields, 'division', matrixDivisions, at, problems),
    textAt(fields, 'es', at, problems),
    readCells(fields, row, { conditions, inferred, problems }, at),
  ];
  const matrices = new Map<MatrixDivision, Map<string, Record<PotentialColumn, Cell>>>(matrixDivisions.map((each) => [each, new Map()]));
  for (const [division, es, cells] of readRows(from, 'matrix', ['division', 'es', 'cells'], read, context, AT)) {
    matrices.get(division)?.set(es, cells);
  }
  const every = new Set([...matrices.values()].flatMap((matrix) => [...matrix.keys()]));
  for (const [division, matrix] of matrices)
    for (const es of every) if (!matrix.has(es)) problems.push(`${AT}.matrix: no row ${es} for ${division}`);
  return matrices;
}

type CellContext = Readonly<{
  conditions: ReadonlyMap<string, DistanceCondition>;
  inferred: readonly PotentialColumn[];
  problems: Problems;
}>;

function readCells(
  from: JsonObject,
  row: RuleRow,
  { conditions, inferred, problems }: CellContext,
  at: string,
): Record<PotentialColumn, Cell> {
  const texts = listAt(from, 'cells', at, problems);
  if (texts.length !== potentialColumns.length) problems.push(`${at}.cells: ${potentialColumns.length} are wanted`);
  const cells = potentialColumns.map((column, i): readonly [PotentialColumn, Cell] => {
    const read = readCell(String(texts[i]), conditions);
    if (!read.ok) problems.push(`${at}.cells[${i}]: ${read.error}`);
    const status = inferred.includes(column) ? 'unverified' : row.status;
    return [column, { row: { ...row, id: `${row.id}.${column}`, status }, options: read.ok ? read.value : [] }];
  });
  return Object.fromEntries(cells) as Record<PotentialColumn, Cell>;
}

/** A function that nobody defined would be no distance at all. */
function refuseUnknownFunctions(book: DistanceBook, problems: Problems): void {
  for (const [division, matrix] of book.matrices) {
    const known = book.tables.get(division.slice(0, 3) as '1.1')?.functions;
    const used = [...matrix.values()].flatMap((row) => Object.values(row).flatMap((cell) => cell.options));
    for (const { functionId } of used) {
      if (functionId !== null && known?.has(functionId) !== true) problems.push(`${AT}.matrix: ${division} has no function ${functionId}`);
    }
  }
}
