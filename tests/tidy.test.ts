import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../scripts/modules.mjs';
import { LAYERS, layerOf, mayImport, mayUsePackage } from './tidy/layers.ts';
import { FILE_LINES_MAX, measure } from './tidy/measure.ts';

// Goal: the rules of style.md 5 that a program can check fail the build, not a review.
// Method: read every source file with a parser. Each rule is tried on a planted fault too: a check that is never red
// protects nobody.

/** Tables of data, whose length is that of the table they were copied from. */
const TABLES: ReadonlySet<string> = new Set<string>([]);

const sourcesBelow = (folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name).replaceAll('\\', '/'))
        .filter((name) => /\.(tsx?|mjs)$/.test(name))
    : [];
const isTest = (file: string) => file.startsWith('tests/') || /\.test\.tsx?$/.test(file);
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const product = ['shared', 'electron', 'renderer'].flatMap(sourcesBelow);
const everything = [...product, ...['tests', 'scripts'].flatMap(sourcesBelow)];
const shipped = product.filter((file) => !isTest(file));

const importFaults = (file: string, source: string): readonly string[] => {
  if (layerOf(file) === undefined) return [`${file} belongs to no layer`];
  return measure(file, source).imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) return mayUsePackage(file, specifier) ? [] : [`${file} uses ${specifier}`];
    const target = join(dirname(file), specifier).replaceAll('\\', '/');
    return mayImport(file, target) ? [] : [`${file} imports ${target}`];
  });
};

/** Words that stand for a habit, in code and not in comments: [what, where it is looked for, how it looks]. */
const BANNED: readonly (readonly [string, (file: string) => boolean, RegExp])[] = [
  ['a clock', (file) => file.startsWith('shared/') && !isTest(file), /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
  ['chance', (file) => file.startsWith('shared/') && !isTest(file), /\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/],
  ['ipcMain', (file) => file !== 'electron/main/broker.ts' && !isTest(file), /\bipcMain\b/],
  ['a switched-off check', () => true, /@ts-(ignore|expect-error|nocheck)\b/],
  ['a switched-off test', isTest, /\.(only|skip|todo)\(|\bx(it|describe|test)\(|\bf(it|describe)\(/],
  ['unfinished work', () => true, /\b(TODO|FIXME|XXX)\b/],
  ['a page that leaves', (file) => file.startsWith('electron/'), /\bshell\.openExternal\b|\bopenPath\(/],
  ['markup from text', (file) => file.startsWith('renderer/'), /dangerouslySetInnerHTML|\.innerHTML\b|\bdocument\.write\(/],
];
const THIS_FILE = 'tests/tidy.test.ts';
const wordFaults = (file: string, source: string): readonly string[] =>
  BANNED.flatMap(([what, isLookedFor, pattern]) =>
    file !== THIS_FILE && isLookedFor(file) && pattern.test(source) ? [`${file}: ${what}`] : [],
  );

const lineFaults = (file: string, source: string): readonly string[] => {
  const lines = source.trimEnd().split('\n').length;
  return lines > FILE_LINES_MAX && !TABLES.has(file) ? [`${file}: ${lines} lines`] : [];
};
const functionFaults = (file: string, source: string) => measure(file, source).longFunctions.map((found) => `${file}, ${found}`);
const syntaxFaults = (file: string, source: string) => measure(file, source).unwanted.map((found) => `${file}: ${found}`);

const allFaults = (files: readonly string[], faultsOf: (file: string, source: string) => readonly string[]) =>
  files.flatMap((file) => faultsOf(file, read(file)));

describe('the sources', () => {
  test('are found', () => {
    expect(shipped.length).toBeGreaterThan(100);
  });
  test('import inward only, and only the packages of their layer', () => {
    expect(allFaults(shipped, importFaults)).toEqual([]);
  });
  test('hold no banned word', () => {
    expect(allFaults(everything, wordFaults)).toEqual([]);
  });
  test(`have at most ${FILE_LINES_MAX} lines a file`, () => {
    expect(allFaults(everything, lineFaults)).toEqual([]);
  });
  test('have no long functions', () => {
    expect(allFaults(everything, functionFaults)).toEqual([]);
  });
  test('have no default exports, enums, export * or any', () => {
    expect(allFaults(product, syntaxFaults)).toEqual([]);
  });
  test('name no layer and no table that is gone', () => {
    const named = [...Object.keys(LAYERS), ...TABLES].filter((name) => !existsSync(join(root, name)));
    expect(named).toEqual([]);
  });
});

describe('a planted fault is found:', () => {
  const long = (lines: number) => `const work = () => {\n${'  next();\n'.repeat(lines - 2)}};\n`;
  test.each([
    ['an import outward', importFaults('shared/rules/x.ts', "import { a } from '../../electron/data/ledger.ts';")],
    ['an import for its effect', importFaults('shared/rules/x.ts', "import '../../electron/data/ledger.ts';")],
    ['a late import', importFaults('renderer/x.ts', "const a = await import('../electron/main/index.ts');")],
    ['an import of a type', importFaults('shared/lib/x.ts', "import type { A } from '../domain/model.ts';")],
    ['a type named in place', importFaults('shared/lib/x.ts', "type A = import('../domain/model.ts').A;")],
    ['a passed-on export', importFaults('shared/lib/x.ts', "export { a } from '../domain/model.ts';")],
    ['Node in shared', importFaults('shared/domain/x.ts', "import { join } from 'node:path';")],
    ['Electron in the page', importFaults('renderer/x.ts', "import { ipcRenderer } from 'electron';")],
    ['SQL in a service', importFaults('electron/data/services/x.ts', "import { eq } from 'drizzle-orm';")],
    ['the database in the main process', importFaults('electron/main/x.ts', "import Database from 'better-sqlite3';")],
    ['the ledger in the main process', importFaults('electron/main/x.ts', "import { a } from '../data/ledger.ts';")],
    ['a folder without a layer', importFaults('electron/other/x.ts', '')],
    ['a clock in shared', wordFaults('shared/domain/x.ts', 'const at = Date.now();')],
    ['chance in shared', wordFaults('shared/domain/x.ts', 'const n = Math.random();')],
    ['ipcMain elsewhere', wordFaults('electron/main/x.ts', "import { ipcMain } from 'electron';")],
    ['a test alone', wordFaults('tests/x.test.ts', "test.only('x', () => {});")],
    ['a silenced checker', wordFaults('renderer/x.ts', '// @ts-ignore')],
    ['a long file', lineFaults('shared/lib/x.ts', 'x;\n'.repeat(FILE_LINES_MAX + 1))],
    ['a long function', functionFaults('shared/lib/x.ts', long(61))],
    ['a long component', functionFaults('renderer/X.tsx', long(91).replace('work', 'Work'))],
    ['a default export', syntaxFaults('shared/lib/x.ts', 'export default 1;')],
    ['any', syntaxFaults('shared/lib/x.ts', 'let a: any;')],
    ['export *', syntaxFaults('shared/lib/x.ts', "export * from './y.ts';")],
  ])('%s', (_name, faults) => {
    expect(faults).toHaveLength(1);
  });

  test('and what is allowed is not', () => {
    expect(functionFaults('shared/lib/x.ts', long(60))).toEqual([]);
    expect(functionFaults('renderer/X.tsx', long(90).replace('work', 'Work'))).toEqual([]);
    expect(
      importFaults('electron/main/x.ts', "import type { ToData } from '../data/process/messages.ts'; import { join } from 'node:path';"),
    ).toEqual([]);
    expect(lineFaults('shared/lib/x.ts', 'x;\n'.repeat(FILE_LINES_MAX))).toEqual([]);
  });
});
