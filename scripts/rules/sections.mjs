// Every row of the rule data, put into the sections of docs/rules.md. A line stands for one row, or for the ten cells of
// a row of a matrix.

import { surroundingsWith } from './surroundings.mjs';

const line = (row, says) => ({ id: row.id, rows: [row], says, source: row.source, status: row.status });
const lines = (rows, says) => [...rows].map((row) => line(row, says(row)));
const surroundingsOf = surroundingsWith({ line, lines });

/** @returns The sections of one pack: title and lines. */
export function sectionsOf(pack) {
  const [book] = pack.distances;
  const [sums] = pack.aggregations;
  const mixing = (table) => lines(table.values(), ({ verdict, notes }) => [verdict, ...notes.map(({ words }) => words)].join('; '));
  return [
    ['Single rules', lines(Object.values(pack.rules), () => 'see the sentence of its finding')],
    ['Codes', [...pack.legalCodes].map(([code, row]) => line(row, code))],
    ['Sub-divisions', lines(Object.values(pack.subdivisions), subdivisionWords)],
    ['Divisions that count as another', lines(pack.countsAs.values(), ({ division, countsAs }) => `${division} counts as ${countsAs}`)],
    ['Mixing, articles', mixing(pack.articles)],
    ['Mixing, substances', mixing(pack.substances)],
    ['Lying apart', lines(pack.segregation.values(), ({ severity, within }) => `${severity}, within the ${within}`)],
    ['What would fly', flyingOf(pack)],
    ['Left out of the NEQ', lines(pack.exclusions, (row) => `of ${row.divisions.join(', ')}; ${placesOf(row)}`)],
    ['Adding up', addingOf(sums)],
    ['Distance functions', [...book.tables.values()].flatMap(({ functions }) => lines(functions.values(), formulaOf))],
    ['Misprints', lines(book.misprints, misprintWords)],
    ['Divisions that stand in a matrix of another', lines(book.standIns.values(), ({ division, as }) => `${division} as ${as}`)],
    ['Sides of a building', lines(new Set(book.sectors.values()), sectorWords)],
    ['Traffic', lines(book.densities.values(), densityWords)],
    ['Distance matrices', cellsOf(book)],
    ...surroundingsOf(book),
  ];
}

const flyingOf = ({ propulsive, mayBePropulsive }) => [
  line(propulsive, `stop; ${propulsive.notes.map(({ words }) => words).join(', or ')}`),
  line(mayBePropulsive, `warn; UN ${mayBePropulsive.uns.join(', ')}`),
];
const placesOf = ({ constructions, isAboveGroundOnly }) =>
  constructions === null ? 'anywhere' : `only in ${constructions.join(', ')}${isAboveGroundOnly ? ', above the ground' : ''}`;
const addingOf = ({ byPresent, alone, insensitive, reactsAsOne }) => [
  ...lines(Object.values(byPresent), ({ words }) => words),
  line(alone, alone.words),
  line(insensitive.alone, insensitive.alone.words),
  ...lines(Object.values(insensitive.joined), (row) => `beside ${row.with} it counts as ${row.subdivision ?? row.division}`),
  ...(reactsAsOne === null ? [] : [line(reactsAsOne, reactsAsOne.words)]),
];
const subdivisionWords = ({ division, worst, smaller, heNeqPerItemMaxG }) =>
  smaller === null
    ? `${division} of unknown kind is ${worst}`
    : `${division} is ${smaller} up to ${heNeqPerItemMaxG} g of high explosive in an item, else ${worst}`;
const misprintWords = ({ functionId, neqKg, printedM, computedM, words }) =>
  `${functionId} at ${neqKg} kg: printed ${printedM} m, computed ${computedM} m; a pair uses the greater. ${words}`;
const sectorWords = ({ divisions, frontMdeg, rearMdeg }) =>
  `${divisions.join(', ')}: front ${frontMdeg / 1000}°, rear ${rearMdeg / 1000}°, the side between`;
const densityWords = ({ route, highFromPerDay, mediumFromPerDay }) =>
  `${route}: dense from ${highFromPerDay} users a day, medium from ${mediumFromPerDay}`;

function cellsOf(book) {
  return [...book.matrices].flatMap(([division, matrix]) =>
    [...matrix].map(([es, columns]) => {
      const rows = Object.values(columns).map((cell) => cell.row);
      const unread = rows.filter(({ status }) => status === 'unverified').length;
      return {
        id: rows[0].id.replace(/\.P1$/, ''),
        rows,
        says: `${division}, ${es}, P1 to P10`,
        source: rows[0].source,
        status: unread === 0 ? 'verified' : `${unread} of 10 unverified`,
      };
    }),
  );
}

/** What holds beside the packs: inspections, storehouses, transport, and what a blast does. */
export function otherSections(plan, storehouse, transport, blast) {
  const amount = ({ amount, unit }) => (amount === null ? 'no amount' : `${amount} ${unit}`);
  const between = ({ least, most, unit, words }) =>
    `${words}${least === null ? '' : `; at least ${least} ${unit}`}${most === null ? '' : `; at most ${most} ${unit}`}`;
  const checked = ({ measure, where }) => (measure === null ? 'shown, not measured' : `checked against a survey, ${where}`);
  const rounds = ({ intervalMonths }) => (intervalMonths === null ? 'no interval' : `every ${intervalMonths} months`);
  return [
    ['Inspection intervals', lines(plan.intervals, ({ kind, intervalMonths }) => `${kind}, every ${intervalMonths} months`)],
    ['Surveillance', lines(Object.values(plan.rules), amount)],
    ['Samples', lines(plan.samples, ({ title, sampleSize, packsMin }) => `${title}: ${sampleSize} of at least ${packsMin} packs`)],
    ['Fire symbols', lines(storehouse.fire, ({ division, fireDivision, shape }) => `${division}: fire division ${fireDivision}, ${shape}`)],
    ['Supplementary symbols', lines(storehouse.symbols, symbolWords)],
    [
      'Withdrawal',
      lines(
        storehouse.withdrawal,
        ({ division, distanceMinM, scaledCm }) => `${division}: at least ${distanceMinM} m, ${scaledCm / 100} Q^(1/3)`,
      ),
    ],
    ['Practice', lines(storehouse.practice, (row) => `${between(row)}; ${checked(row)}`)],
    ['Storehouse checks', lines(Object.values(storehouse.rules), amount)],
    ['Checklists', lines(storehouse.checklists, (row) => `${row.title}, ${row.questions.length} questions, ${rounds(row)}`)],
    ['Transport', lines(transport.values(), ({ verdict, notes }) => [verdict, ...notes.map(({ words }) => words)].join('; '))],
    ['Figures of a blast', lines(Object.values(blast.figures), ({ figure, ranges }) => `${figure}, ${ranges.length} ranges of its fit`)],
    ['Effects of a blast', lines(blast.bands, ({ target, fromPa, words }) => `${target}, from ${fromPa / 1000} kPa: ${words}`)],
  ];
}

const symbolWords = ({ groups, uns, clothingSet, needsBreathing, isWaterForbidden }) =>
  [
    `${groups.join(', ')}${uns.length === 0 ? '' : `, UN ${uns.join(', ')}`}`,
    ...(clothingSet === null ? [] : [`clothing set ${clothingSet}`]),
    ...(needsBreathing ? ['breathing apparatus'] : []),
    ...(isWaterForbidden ? ['no water'] : []),
  ].join('; ');

function formulaOf({ functionId, formula, minimumM, aboveKg, upToKg }) {
  const limits = [
    minimumM === null ? '' : `at least ${minimumM} m`,
    aboveKg === null ? '' : `above ${aboveKg} kg`,
    upToKg === null ? '' : `up to ${upToKg} kg`,
  ].filter((each) => each !== '');
  const words =
    formula.kind === 'share'
      ? `${formula.milli / 1000} × ${formula.of}`
      : formula.kind === 'logSquare'
        ? `${formula.constantMilli / 1000} + ${formula.linearMilli / 1000} ln Q + ${formula.squareMilli / 1000} (ln Q)²`
        : formula.branches
            .map(({ numerator, denominator, power, belowKg }) => {
              const factor = denominator === 1 ? `${numerator}` : `${numerator}/${denominator}`;
              return `${factor} Q^(${power})${belowKg === null ? '' : ` below ${belowKg} kg`}`;
            })
            .join(', then ');
  return [`${functionId} = ${words}`, ...limits].join('; ');
}

/** Every row in a piece of rule data, wherever it stands: what a section forgot is found by it. */
export function rowsIn(value) {
  if (value === null || typeof value !== 'object') return [];
  if (value instanceof Map) return [...value.values()].flatMap(rowsIn);
  const inside = Object.values(value).flatMap(rowsIn);
  const isRow = ['id', 'pack', 'edition', 'source', 'status'].every((key) => typeof value[key] === 'string');
  return isRow ? [value, ...inside] : inside;
}
