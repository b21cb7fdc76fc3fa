// `npm run rules`: writes docs/rules.md from the packs, so that it never says anything that they do not.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueOnNode24, root } from './modules.mjs';

/** Assertions that the tests make from each row, by the loops that they are made in (see the head of the document). */
function casesOf() {
  const printed = JSON.parse(readFileSync(join(root, 'tests', 'rules', 'printed', 'iatg-2021.json'), 'utf8'));
  const ofFunction = new Map();
  for (const [division, { columns, rows }] of Object.entries(printed))
    columns.forEach((name, at) => {
      ofFunction.set(`qd.function.${division}.${name}`, rows.filter((row) => row[at + 1] !== null).length);
    });
  return ofFunction;
}

function documentOf(packs, plan, storehouse) {
  const ofFunction = casesOf();
  const head = `# Rules

Made by \`npm run rules\` from the packs in \`resources/rules\`; do not edit by hand. Each row: what it is, where it says so,
whether it was read there, and how many assertions the tests make from it.

The count is that of the loops in \`tests/rules\`: each mixing cell is met by a passing and a failing pair in each pack, each
distance function by every printed row at hand and by three properties, each cell of a matrix at its own distance, one
millimetre nearer, along a ladder of quantities, in the strictest pack, and with nothing stored.

`;
  return `${head}${[...packs.map((pack) => sectionOf(pack, ofFunction)), othersOf(plan, storehouse)].join('\n')}`;
}

const table = (rows) => ['| rule | says | source | status | tests |', '|---|---|---|---|---|', ...rows].join('\n');
const line = (row, says, tests) => `| \`${row.id}\` | ${says} | ${row.source} | ${row.status} | ${tests} |`;

function sectionOf(pack, ofFunction) {
  const [book] = pack.distances;
  const mixing = (rows) =>
    [...rows.values()].map((row) => line(row, `${row.verdict}${row.notes.map(({ words }) => `; ${words}`).join('')}`, 2));
  const functions = [...book.tables.values()].flatMap((each) =>
    [...each.functions.values()].map((row) => line(row, formulaOf(row), (pack.id === 'iatg-2021' ? (ofFunction.get(row.id) ?? 0) : 0) + 3)),
  );
  const cells = [...book.matrices].flatMap(([division, matrix]) =>
    [...matrix].map(([es, columns]) => {
      const { row } = columns.P1;
      const unread = Object.values(columns).filter((cell) => cell.row.status === 'unverified').length;
      const status = unread === 0 ? 'verified' : `${unread} of 10 unverified`;
      return `| \`${row.id.replace(/\.P1$/, '')}\` | ${division}, ${es}, P1 to P10 | ${row.source} | ${status} | 50 |`;
    }),
  );
  const misprints = book.misprints.map((row) =>
    line(
      row,
      `${row.functionId} at ${row.neqKg} kg: printed ${row.printedM} m, computed ${row.computedM} m; a pair uses the greater. ${row.words}`,
      1,
    ),
  );
  const parts = [
    ['Single rules', Object.values(pack.rules).map((row) => line(row, 'see the sentence of its finding', 'several'))],
    ['Codes', [...pack.legalCodes].map(([code, row]) => line(row, code, 2))],
    ['Mixing, articles', mixing(pack.articles)],
    ['Mixing, substances', mixing(pack.substances)],
    ['Lying apart', [...pack.segregation.values()].map((row) => line(row, `${row.severity}, within the ${row.within}`, 2))],
    ['Adding up', pack.aggregations.flatMap(({ byPresent }) => Object.values(byPresent).map((row) => line(row, row.words, 2)))],
    ['Distance functions', functions],
    ['Misprints', misprints],
    ['Distance matrices', cells],
    ...surroundingsOf(book),
  ];
  const counted = parts.map(([title, rows]) => `### ${title}\n\n${table(rows)}\n`);
  return `## ${pack.title} (\`${pack.id}\`, edition ${pack.edition})\n\n${pack.remark}\n\n${counted.join('\n')}`;
}

/** Yards, berths and chambers; a part without rows is left out. */
function surroundingsOf({ yards, ports, underground }) {
  const metres = (millimetres) => millimetres / 1000;
  const cellText = ({ options }) =>
    options
      .map(({ functionId, factorMilli, fixedM, minimumM, needs }) => {
        const distance = functionId === null ? `${fixedM} m` : `${factorMilli === 1000 ? '' : `${factorMilli / 1000} × `}${functionId}`;
        const least = minimumM === null ? '' : `, at least ${minimumM} m`;
        return `${distance}${least}${needs.length === 0 ? '' : ` if ${needs.map(({ words }) => words).join(' and ')}`}`;
      })
      .join('; ');
  const parts = [
    ['Marshalling yards', yards.map((row) => line(row, `${row.isBusy ? 'busy or unknown' : 'quiet'}: as ${row.es}`, 2))],
    ['Berths', [...ports].map(([key, cell]) => line(cell.row, `${key}: ${cellText(cell)}`, 4))],
  ];
  if (underground !== null) {
    const { divisions, craters, shocks, assumed, mouth, debris, shares, intervals } = underground;
    parts.push([
      'Chambers underground',
      [
        ...[...divisions].map(([division, row]) => line(row, `${division} counts as ${row.countsAs}`, 1)),
        ...craters.map((row) =>
          line(
            row,
            `crater: ${metres(row.scaledMm)} Q^(1/3)${row.scaledCoverMaxMm === null ? '' : ` under up to ${metres(row.scaledCoverMaxMm)} Q^(1/3) of cover`}`,
            2,
          ),
        ),
        ...shocks.map((row) => line(row, `ground shock, ${row.rock}: ${metres(row.scaledMm)} Q^(4/9)`, 2)),
        line(
          assumed,
          `unknown: decoupling ${assumed.decouplingMilli / 1000}, chamber ${assumed.chamberVolumeM3} m³, mouth ${metres(assumed.hydraulicDiameterMm)} m wide`,
          2,
        ),
        line(mouth, `tunnel mouth: ${mouth.factorMilli / 1000} × diameter × density^(1/3), less off its axis`, 2),
        line(debris, `debris: ${debris.distanceM} m within ${debris.arcMdeg / 1000}° of the axis`, 2),
        ...shares.map((row) => line(row, `${row.hazards.join(', ')} to ${row.es.join(', ')}: × ${row.numerator}/${row.denominator}`, 1)),
        ...intervals.map((row) =>
          line(
            row,
            `chamber to chamber, ${row.rock}${row.loadingDensityBelowKgPerM3 === null ? '' : `, below ${row.loadingDensityBelowKgPerM3} kg/m³`}: ${cellText(row.cell)}; with protective construction ${cellText(row.protectedCell)}`,
            2,
          ),
        ),
      ],
    ]);
  }
  return parts.filter(([, rows]) => rows.length > 0);
}

/** What holds beside the packs: inspections, storehouses, and what may travel together. */
function othersOf(plan, storehouse) {
  const amount = ({ amount, unit }) => (amount === null ? 'no amount' : `${amount} ${unit}`);
  const between = ({ least, most, unit, words }) =>
    `${words}${least === null ? '' : `; at least ${least} ${unit}`}${most === null ? '' : `; at most ${most} ${unit}`}`;
  const parts = [
    ['Inspection intervals', plan.intervals.map((row) => line(row, `${row.kind}, every ${row.intervalMonths} months`, 'several'))],
    ['Surveillance', Object.values(plan.rules).map((row) => line(row, amount(row), 'several'))],
    ['Samples', plan.samples.map((row) => line(row, `${row.title}: ${row.sampleSize} of at least ${row.packsMin} packs`, 1))],
    ['Fire symbols', storehouse.fire.map((row) => line(row, `${row.division}: fire division ${row.fireDivision}, ${row.shape}`, 1))],
    [
      'Withdrawal',
      storehouse.withdrawal.map((row) => line(row, `${row.division}: at least ${row.distanceMinM} m, ${row.scaledCm / 100} Q^(1/3)`, 2)),
    ],
    ['Practice', storehouse.practice.map((row) => line(row, between(row), 1))],
    ['Checklists', storehouse.checklists.map((row) => line(row, `${row.title}, ${row.questions.length} questions`, 1))],
  ];
  return `## Beside the packs\n\n${parts.map(([title, rows]) => `### ${title}\n\n${table(rows)}\n`).join('\n')}\n${SURVIVORS}`;
}

/** Read by hand after a run of `npm run mutate`; what is a missing test is not listed here but written. */
const SURVIVORS = `## Changes that no test can notice

\`npm run mutate\` changes one operator, bound or word of the rules at a time. These changes survive since they change nothing:

| Where | Why nothing changes |
| --- | --- |
| \`strictest.ts\`, \`weigh(a) > weigh(b)\` as \`>=\` | It is asked only where the two differ. |
| \`distance/required.ts\`, \`found.distanceM > chosen.distanceM\` as \`>=\` | Equal distances: another branch is named, the metres are the same. |
| \`transport.ts\`, \`some\` as \`every\` of the unknown natures | A pair with an unknown nature is prohibited by itself. |
`;

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

if (!process.versions.node.startsWith('24.')) await continueOnNode24([import.meta.filename, ...process.argv.slice(2)]);
else {
  const { rulePacks, shippedPlan, storehouseBook } = await import('../electron/data/rules/books.ts');
  const target = join(root, 'docs', 'rules.md');
  const text = documentOf(
    [...rulePacks().values()].filter(({ id }) => id !== 'strictest'),
    shippedPlan(),
    storehouseBook(),
  );
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) throw new Error('docs/rules.md is not what the packs say; run npm run rules');
  } else writeFileSync(target, text);
}
