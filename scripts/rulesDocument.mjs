// `npm run rules`: runs the tests of the rules, counts what they assert on each row, and writes docs/rules.md from the
// packs and the counts, so that it never says anything that they do not. `--kept`: with the counts of the last run.
// `--check`: only compares. `--untested`: lists the rows that no test asserts on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueOnNode24, root } from './modules.mjs';
import { explainedMutants } from './mutate/explained.mjs';
import { countAgain, keptCounts } from './rules/counts.mjs';
import { otherSections, rowsIn, sectionsOf } from './rules/sections.mjs';

const HEAD = `# Rules

Made by \`npm run rules\` from the packs in \`resources/rules\`; do not edit by hand. Each row: what it is, where it says so,
whether it was read there, and how many assertions the tests make from it.

The two counts are not derived: the tests in \`tests/rules\` say which row they assert on while they run
(\`tests/rules/counting.ts\`). *Passes*: the row lets something be, or gives what it should. *Stops*: it finds, refuses or
asks for more. A line that stands for the ten cells of a matrix shows the cell that is tested least. Examples and random
properties, which name no row, come on top and are not counted.
`;

const asLine = (countsOf) => (each) =>
  `| \`${each.id}\` | ${each.says} | ${each.source} | ${each.status} | ${countsOf(each).join(' | ')} |`;
const table = (lines, countsOf) =>
  ['| rule | says | source | status | passes | stops |', '|---|---|---|---|---|---|', ...lines.map(asLine(countsOf))].join('\n');
const sectionText =
  (countsOf) =>
  ([title, lines]) =>
    `### ${title}\n\n${table(lines, countsOf)}\n`;

/** Untested is a row that nothing passes or that nothing stops at. */
const untestedIn = (lines, countsOf) => lines.filter((each) => countsOf(each).includes(0));

function documentOf({ packs, others }, countsOf) {
  const all = linesOf({ packs, others });
  const untested = untestedIn(all, countsOf);
  const list = untested.map((each) => `- \`${each.id}\` (${each.rows[0].pack}): ${countsOf(each).join(', ')}`).join('\n');
  const ofPacks = packs.map(
    ({ pack, sections }) =>
      `## ${pack.title} (\`${pack.id}\`, edition ${pack.edition})\n\n${pack.remark}\n\n${sections.map(sectionText(countsOf)).join('\n')}`,
  );
  return [
    HEAD,
    untested.length === 0 ? `No row of ${all.length} lines is untested.\n` : `## Untested\n\n${list}\n`,
    ...ofPacks,
    `## Beside the packs\n\n${others.map(sectionText(countsOf)).join('\n')}`,
    survivors(),
  ].join('\n');
}

const linesOf = ({ packs, others }) => [...packs.flatMap(({ sections }) => sections), ...others].flatMap(([, lines]) => lines);

/** Read by hand after a run of `npm run mutate`; what is a missing test is not listed but written. */
function survivors() {
  const row = ({ file, before, after, why }) =>
    `| \`${file.replace('shared/rules/', '')}\` | \`${code(before)}\` | \`${code(after)}\` | ${why} |`;
  return `## Changes that no test can notice

\`npm run mutate\` changes one operator, bound or word of the rules at a time and runs the tests that can reach it. The changes
below survive since nothing that anybody can see changes; they are kept in \`tests/rules/explainedMutants.json\`, and a run
refuses an entry that is not in the code any more or that a test does notice.

${['| Where | Line | Changed | Why nothing changes |', '|---|---|---|---|', ...explainedMutants().map(row)].join('\n')}
`;
}
const code = (text) => text.replaceAll('|', '\\|').replaceAll('`', "'");

async function gather() {
  const books = await import('../electron/data/rules/books.ts');
  const shipped = [...books.rulePacks().values()].filter(({ id }) => id !== 'strictest');
  const beside = [books.shippedPlan(), books.storehouseBook(), books.transportTable(), books.blastBook()];
  const document = { packs: shipped.map((pack) => ({ pack, sections: sectionsOf(pack) })), others: otherSections(...beside) };
  const listed = new Set(linesOf(document).flatMap(({ rows }) => rows));
  const forgotten = [shipped, beside].flatMap(rowsIn).filter((row) => !listed.has(row));
  if (forgotten.length > 0) throw new Error(`no section has ${[...new Set(forgotten.map(({ id }) => id))].join(', ')}`);
  return document;
}

async function main([mode = '']) {
  const document = await gather();
  const target = join(root, 'docs', 'rules.md');
  if (mode === '') countAgain(linesOf(document));
  const countsOf = keptCounts();
  if (mode === '--untested') {
    for (const each of untestedIn(linesOf(document), countsOf))
      process.stdout.write(`${each.rows[0].pack} ${each.id} ${countsOf(each).join(' ')}\n`);
    return;
  }
  const text = documentOf(document, countsOf);
  if (mode !== '--check') writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error('docs/rules.md is not what the packs say; run npm run rules');
}

if (!process.versions.node.startsWith('24.')) await continueOnNode24([import.meta.filename, ...process.argv.slice(2)]);
else await main(process.argv.slice(2));
