// Figures as ratios in one run against better-sqlite3 alone; absolute times mean nothing on shared machines.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDepot } from '../../electron/data/demo/generate.ts';
import { openNew } from '../../electron/data/demo/makeDemo.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { listStock } from '../../electron/data/repositories/stock.ts';
import { unCatalogue } from '../../electron/data/rules/books.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { recordInputs, recordPast } from '../../electron/data/services/recordInputs.ts';
import { listStock as listStockInput } from '../../shared/contract/inputs.ts';
import type { ImportInputs } from '../../shared/domain/imports.ts';
import { copyRows, insertAll, openBare } from './bare.ts';

type Figure = Readonly<{ name: string; ratio: number; limit: number; unit?: string }>;
const folder = mkdtempSync(join(tmpdir(), 'depot-bench-'));
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
const OPENING_LINES = 50_000;
const POSTS = 300;
const PAGES = 15;
const MOVEMENTS = Number(process.env.DEPOT_BENCH_MOVEMENTS ?? 100_000);

const say = (text: string) => process.stderr.write(`${text}\n`);
const timed = (work: () => unknown): number => {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
};
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** 50,000 opening lines, spread over the lots of the large depot. */
function openingOf(inputs: ImportInputs): ImportInputs {
  const stores = inputs.places.filter(({ kind }) => kind === 'store').map(({ place }) => place);
  const stock = inputs.lots.slice(0, OPENING_LINES).map((lot, at) => ({
    lotId: lot.lotId,
    place: stores[at % stores.length] as string,
    quantity: 500,
    condition: 'A1',
    owner: 'LAND FORCE',
    holder: 'DEPOT',
  }));
  return { ...inputs, items: [], places: [], lots: [], requirements: [], stock };
}

const TABLES = ['entry', 'head', 'movement', 'holding', 'place_item'] as const;

function importFigure(ledger: Ledger, inputs: ImportInputs): Figure {
  recordInputs(ledger, { ...inputs, stock: [], requirements: [] }, Date.now(), () => undefined);
  const before = ledger.journal.last.seq;
  const oursMs = timed(() => recordInputs(ledger, openingOf(inputs), Date.now() - 1000, () => undefined));
  const bare = openBare(join(folder, 'bare-import.db'));
  const since = `WHERE seq > ${before}`;
  const rows = copyRows(ledger.sqlite, TABLES, { entry: since, head: since, movement: since });
  insertAll(bare, copyRows(ledger.sqlite, ['stream']));
  const bareMs = insertAll(bare, rows);
  bare.close();
  say(`import: ${oursMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms`);
  return { name: `import of ${OPENING_LINES} opening lines`, ratio: oursMs / bareMs, limit: 6 };
}

function postFigure(ledger: Ledger): Figure {
  const heaps = listStock(ledger, listStockInput.parse({ limit: POSTS, filters: { condition: 'A1' } })).rows;
  const before = ledger.journal.last.seq;
  const ours = heaps.map((row) =>
    timed(() =>
      postMovement(ledger, {
        id: deps.newId(),
        kind: 'issue',
        item: row.item,
        lotId: row.lotId,
        from: row.place,
        to: 'UNIT-01',
        quantity: '1',
        condition: 'A1',
        owner: row.owner,
        holder: row.holder,
      }),
    ),
  );
  const receipts = heaps.map((row) =>
    timed(() =>
      postMovement(ledger, {
        id: deps.newId(),
        kind: 'receipt',
        item: row.item,
        lotId: row.lotId,
        from: 'SUP-NORTH',
        to: row.place,
        quantity: '1',
        condition: 'A1',
        owner: row.owner,
        holder: row.holder,
      }),
    ),
  );
  const bare = openBare(join(folder, 'bare-import.db'));
  const since = `WHERE seq > ${before} LIMIT ${POSTS}`;
  const rows = copyRows(ledger.sqlite, ['entry', 'head', 'movement'], { entry: since, head: since, movement: since });
  const holdings = bare.prepare(
    'UPDATE holding SET quantity = quantity - 1 WHERE site = ? AND lot_id = ? AND place = ? AND condition = ? AND owner = ? AND holder = ?',
  );
  const placeItems = bare.prepare('UPDATE place_item SET quantity = quantity - 1 WHERE site = ? AND place = ? AND item = ?');
  const statements = rows.map(({ table, rows: [first] }) =>
    bare.prepare(`INSERT INTO ${table} VALUES (${(first as unknown[]).map(() => '?').join(', ')})`),
  );
  const theirs = heaps.map((row, at) =>
    timed(() =>
      bare
        .transaction(() => {
          for (const [index, { rows: all }] of rows.entries()) statements[index]?.run(...(all[at] as unknown[]));
          for (let side = 0; side < 2; side++) holdings.run(row.site, row.lotId, row.place, row.condition, row.owner, row.holder);
          placeItems.run(row.site, row.place, row.item);
        })
        .immediate(),
    ),
  );
  bare.close();
  say(`one movement: issue ${median(ours).toFixed(2)} ms, receipt ${median(receipts).toFixed(2)} ms, bare ${median(theirs).toFixed(2)} ms`);
  return { name: 'one durable movement, checks included', ratio: (median(ours) + median(receipts)) / 2 / median(theirs), limit: 3 };
}

function pageFigure(ledger: Ledger): Figure {
  const input = listStockInput.parse({});
  const bare =
    ledger.sqlite.prepare(`SELECT h.site, l.item, i.name, l.text, h.lot_id, l.identity, h.place, h.quantity, i.unit, h.condition, h.owner, h.holder, i.hazard_code, h.quantity * i.neq_g, l.made, l.life_until
    FROM holding h JOIN lot l USING (site, lot_id) JOIN item i ON i.site = l.site AND i.item = l.item JOIN place p ON p.site = h.site AND p.place = h.place WHERE p.kind <> 'external'
    ORDER BY l.item, h.lot_id, h.place, h.condition LIMIT 200`);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let at = 0; at < PAGES; at++) {
    theirs.push(timed(() => bare.all()));
    ours.push(timed(() => listStock(ledger, input)));
  }
  say(`first page: ${median(ours).toFixed(1)} ms, bare ${median(theirs).toFixed(1)} ms`);
  return { name: 'first page of 50,000 lots', ratio: median(ours) / median(theirs), limit: 3 };
}

function verifyFigure(ledger: Ledger): Figure {
  let entries = 0;
  const ms = timed(() => {
    const reply = verifyLedger(ledger);
    entries = reply.ok ? reply.entries : Number.NaN;
  });
  const perSecond = (entries / ms) * 1000;
  say(`verify: ${entries} entries, ${perSecond.toFixed(0)} a second`);
  return {
    name: 'verify, 40,000 entries a second over what it does',
    ratio: 40_000 / perSecond,
    limit: 1,
    unit: `${perSecond.toFixed(0)} entries/s`,
  };
}

const plan = generateDepot({ seed: 1, size: 'large', asOf: '2026-11-24', catalogue: unCatalogue() });
const ledger = await openNew(
  { file: join(folder, 'LARGE.depot'), passphrase: 'bench passphrase', userDataDir: join(folder, 'machine'), deps },
  { site: plan.site, name: plan.name, role: 'depot' },
);
const figures = [importFigure(ledger, plan.inputs), postFigure(ledger), pageFigure(ledger)];
closeLedger(ledger);
const large = await openNew(
  { file: join(folder, 'HISTORY.depot'), passphrase: 'bench passphrase', userDataDir: join(folder, 'machine'), deps },
  { site: plan.site, name: plan.name, role: 'depot' },
);
recordInputs(large, plan.inputs, plan.openingAtMs, () => undefined);
let left = MOVEMENTS;
const some = function* () {
  for (const movement of plan.movements())
    if (left-- > 0) yield movement;
    else return;
};
const recordMs = timed(() => recordPast(large, some(), MOVEMENTS, () => undefined));
say(`history: ${MOVEMENTS} movements at ${((MOVEMENTS / recordMs) * 1000).toFixed(0)} a second`);
figures.push(verifyFigure(large));
figures.push({
  name: 'memory of the data process, MiB',
  ratio: Math.round(process.memoryUsage.rss() / 1_048_576),
  limit: 1_024,
  unit: 'MiB',
});
closeLedger(large);

const isJson = process.argv.includes('--json');
process.stdout.write(
  isJson
    ? `${JSON.stringify({ figures })}\n`
    : `${figures.map(({ name, ratio, limit, unit }) => `${name}: ${ratio.toFixed(2)} (at most ${limit})${unit ? ` – ${unit}` : ''}`).join('\n')}\n`,
);
