import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CLIMATE_COLUMNS, CLIMATE_REQUIRED, readReading } from '../../electron/data/import/climateRows.ts';
import { readCsv } from '../../electron/data/import/readCsv.ts';
import { type Books, readImport } from '../../electron/data/import/readFiles.ts';
import { IMPORT_KINDS, type ImportKind } from '../../electron/data/import/rows.ts';
import { readExposed, readStructure, SITE_COLUMNS, SITE_REQUIRED } from '../../electron/data/import/siteRows.ts';
import { readAttempts, secondsToWait } from '../../electron/data/keys/attempts.ts';
import { besideFile } from '../../electron/data/keys/files.ts';
import { readMark } from '../../electron/data/keys/mark.ts';
import { KDF_COST_MIN, makeSlot, newSlotFile, openSlots, readSlotFile, type SlotFile } from '../../electron/data/keys/slots.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { nationalPackOf } from '../../electron/data/rules/nationalPacks.ts';
import { surveillancePlanOf } from '../../electron/data/rules/surveillancePlans.ts';
import { root } from '../../scripts/modules.mjs';
import type { RowError } from '../../shared/domain/errors.ts';
import { hostileBytes, hostileJsonText } from './mutate.ts';
import { type AnyTarget, mustBeKnown, target } from './target.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const LETTERS = [
  '"',
  ';',
  ',',
  '\n',
  '\r',
  '\t',
  '\0',
  '=1+1',
  "'",
  '',
  '\uFEFF',
  ' ',
  '-0',
  '1e3',
  '99999999999',
  'x'.repeat(300),
  '٣',
  'e\u0301',
];
/** Text files: bytes changed, or cells put in that break a table. */
const hostileText = (seeds: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    hostileBytes(seeds.map((seed) => Buffer.from(seed))).map((bytes) => bytes.toString('utf8')),
    fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...LETTERS)), { minLength: 1, maxLength: 8 }))
      .map(([seed, cells]) =>
        cells.reduce((text, [at, cell]) => {
          const parts = text.split(/([,;\n])/);
          return parts.with(at % parts.length, cell).join('');
        }, seed),
      ),
  );

const SHEETS: Readonly<Record<ImportKind, string>> = {
  items:
    'item,name,un,hazard_code,subdivision,form,neq_g,he_neq_g,mass_g,pack_quantity,unit,security_class,group_of_weapons,traits,shelf_life_months\n' +
    'HE,Shell,0168,1.1D,,article,700,700,2100,1,each,2,mortar,none,240\nBALL,"Ball; 5,56",0012,1.4S,,article,3,0,12,20,each,4,,,\n',
  places:
    'place,name,kind,parent,type,lat,lon,limit_1.1_kg\nS1,Store,store,,P3,48.1,11.5,1000.5\nB1,Bay,bay,S1,,,,\nSUP,Supplier,external,,,,,\n',
  lots: 'item,lot,lot_id,identity,maker,made,life_until\nHE,АБВ-12-83,,known,MK,2018-01-01,2038-01-01\nBALL,LC-19A001,10000000-0000-4000-8000-000000000002,known,,,\n',
  stock:
    'item,lot,lot_id,place,quantity,condition,owner,holder\nHE,АБВ-12-83,,S1,900,A1,ARMY,DEPOT\nBALL,LC-19A001,,B1,40000,A1,ARMY,DEPOT\n',
  requirements: 'item,category,quantity,from,to,approved_by\nHE,training,100,2026-01-01,2026-12-31,chief\n',
};
let ids = 0;
const books: Books = {
  isLegalCode: (code) => ['1.1D', '1.4S', '1.2G'].includes(code),
  isItem: () => false,
  kindOf: () => undefined,
  isCondition: (condition) => ['A1', 'A2', 'X'].includes(condition),
  lotsOf: () => [],
  lotById: () => undefined,
  shelfLifeOf: () => null,
  wouldLiveLonger: () => false,
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
};

/** Whatever came in, a row that has no error holds numbers and texts within their limits. */
function mustBeSane(value: unknown): void {
  if (typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER))
    throw new Error(`the number ${value}`);
  if (typeof value === 'string' && (value.length > 400 || !value.isWellFormed()))
    throw new Error(`the text ${JSON.stringify(value.slice(0, 50))}`);
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) mustBeSane(member);
}

const sheetText = fc.constantFrom(...IMPORT_KINDS).chain((kind) => hostileText([SHEETS[kind]]).map((content) => ({ kind, content })));
const importSheets = target({
  name: 'the files of an import',
  hostile: sheetText,
  runs: 800,
  check: ({ kind, content }) => {
    const files = Object.fromEntries(IMPORT_KINDS.map((name) => [name, { name, content: name === kind ? content : SHEETS[name] }]));
    const { inputs, errors } = readImport(files, books);
    if (errors.length === 0) mustBeSane(inputs);
  },
});

const CLIMATE =
  'at;temperature_c;humidity_percent\n2026-05-01 14:30;21,5;55\n2026-05-01T15:30:00Z;-4;\n2026-05-01 16:30:01.5+02:00;8.25;100\n';
const climateFile = target({
  name: 'the file of a logger',
  hostile: hostileText([CLIMATE]),
  runs: 500,
  check: (content) => {
    const table = readCsv('climate', content, CLIMATE_COLUMNS, CLIMATE_REQUIRED);
    const errors: RowError[] = [...table.errors];
    const readings = table.rows.map((row) => readReading(row, 'Z', errors));
    if (errors.length === 0) mustBeSane(readings);
  },
});

const STRUCTURES = `${SITE_COLUMNS.structures.join(',')}\nS1,ecm,yes,no,90,48.1 11.5;48.2 11.6;48.2 11.5,4,1500,2400,120,,,,,,,\n`;
const EXPOSED = `${SITE_COLUMNS.exposed.join(',')}\nH1,House,inhabited,,,no,no,6,48.1 11.52,point,yes,no\nR1,Road,route,main,5000,,,,48.1 11.5;48.2 11.7,line,yes,\n`;
const sitePlan = target({
  name: 'the files of a site plan',
  hostile: fc.tuple(hostileText([STRUCTURES]), hostileText([EXPOSED])),
  runs: 500,
  check: ([structures, exposed]) => {
    for (const [kind, content] of [['structures', structures] as const, ['exposed', exposed] as const]) {
      const table = readCsv(kind, content, SITE_COLUMNS[kind], SITE_REQUIRED[kind]);
      const errors: RowError[] = [...table.errors];
      const read = table.rows.map((row) => (kind === 'structures' ? readStructure(row, errors) : readExposed(row, errors)));
      if (errors.length === 0) mustBeSane(read);
    }
  },
});

const STRETCHED = Buffer.alloc(32, 3);
const DATA_KEY = Buffer.alloc(32, 5);
const SIGNING_SEED = Buffer.alloc(32, 6);
const emptySlots = newSlotFile(KDF_COST_MIN);
const slotFile: SlotFile = {
  ...emptySlots,
  slots: [makeSlot(emptySlots, 'person', STRETCHED, DATA_KEY, SIGNING_SEED), makeSlot(emptySlots, 'recovery', STRETCHED, DATA_KEY, null)],
};
const depotFile = join(folder, 'a.depot');

const keySlots = target({
  name: 'the file of key slots',
  hostile: hostileJsonText([JSON.stringify(slotFile)]),
  runs: 800,
  check: (bytes) => {
    for (const path of [besideFile(depotFile).keys, besideFile(depotFile).keysCopy]) writeFileSync(path, bytes);
    let read: SlotFile;
    try {
      read = readSlotFile(depotFile);
    } catch (cause) {
      if (refusalOf(cause)?.code === 'fileDamaged') return;
      throw cause;
    }
    for (const kind of ['person', 'recovery'] as const)
      for (const { dataKey, signingSeed } of openSlots(read, kind, STRETCHED)) {
        mustBeKnown('a slot', dataKey.equals(DATA_KEY) && (signingSeed === null || signingSeed.equals(SIGNING_SEED)));
        mustBeKnown('the cost of the keys', JSON.stringify(read.kdf) === JSON.stringify(slotFile.kdf));
      }
  },
});

const disposable = target({
  name: 'marks and counters beside a file',
  hostile: hostileJsonText([JSON.stringify({ seq: 12, hash: 'ab'.repeat(32) }), JSON.stringify({ failed: 4, notBeforeMs: 1_000 })]),
  runs: 400,
  check: (bytes) => {
    mkdirSync(join(folder, 'marks'), { recursive: true });
    writeFileSync(join(folder, 'marks', 'd-1.json'), bytes);
    writeFileSync(besideFile(depotFile).attempts, bytes);
    const mark = readMark(folder, 'd', 1);
    if (mark !== null && !(Number.isSafeInteger(mark.seq) && mark.seq >= 0)) throw new Error('a mark of no entry');
    const seconds = secondsToWait(readAttempts(depotFile), 2_000);
    if (!(seconds >= 0 && seconds <= 300)) throw new Error(`somebody waits ${seconds} seconds`);
  },
});

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const NATIONAL = JSON.stringify({
  id: 'reeds-2026',
  title: 'Valley of Reeds, order 7',
  authority: 'Inspectorate of Explosives',
  date: '2026-05-01',
  base: 'iatg-2021',
  sources: [{ id: 'ORDER-7', title: 'Order 7 on storage', edition: '2026', cite: 'Order 7', read: 'document' }],
  rows: [
    { id: 'mix.articles.C-D', verdict: 'prohibited', notes: [], source: 'ORDER-7', clause: 'article 3', status: 'verified' },
    { id: 'qd.cell.1.1.IBD', cells: Array(10).fill('D13 ≥ 600'), source: 'ORDER-7', clause: 'annex 1', status: 'verified' },
  ],
});
const ruleFiles = target({
  name: 'packs and plans of a national authority',
  hostile: fc.oneof(
    hostileJsonText([NATIONAL]).map((bytes) => ['pack', bytes] as const),
    hostileJsonText([read('resources', 'surveillance', 'plan.json')]).map((bytes) => ['plan', bytes] as const),
  ),
  runs: 300,
  check: ([kind, bytes]) => {
    const text = bytes.toString('utf8');
    const found = kind === 'pack' ? nationalPackOf(text) : surveillancePlanOf(text);
    if (!found.ok && found.error.length === 0) throw new Error('refused without a reason');
  },
});

export const fileTargets: readonly AnyTarget[] = [importSheets, climateFile, sitePlan, keySlots, disposable, ruleFiles];
