import { join } from 'node:path';
import type { Ledger } from '../../electron/data/ledger.ts';
import { listStock } from '../../electron/data/repositories/stock.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { postMovement, previewMovement } from '../../electron/data/services/postMovement.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { listStock as listStockInput, type MovementRequest } from '../../shared/contract/inputs.ts';
import type { StockRow } from '../../shared/contract/views.ts';
import type { ImportInputs } from '../../shared/domain/imports.ts';
import { copyRows, insertAll, movementCopier, openBare } from './bare.ts';
import { type Figure, median, say, timed } from './measure.ts';

const OPENING_LINES = 50_000;
const POSTS = 300;
const PAGES = 15;
const OUTSIDE = { issue: 'UNIT-01', receipt: 'SUP-NORTH' } as const;
const TABLES = ['entry', 'head', 'movement', 'holding', 'place_item'] as const;
const bareFile = (folder: string) => join(folder, 'bare.db');

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

/** Ours checks the depot before and after, as an import does. */
export function importFigure(ledger: Ledger, inputs: ImportInputs, folder: string): Figure {
  recordInputs(ledger, { ...inputs, stock: [], requirements: [] }, Date.now(), () => undefined);
  const before = ledger.journal.last.seq;
  const oursMs = timed(() => recordInputs(ledger, openingOf(inputs), Date.now() - 1000, () => undefined));
  const bare = openBare(bareFile(folder));
  const since = `WHERE seq > ${before}`;
  const rows = copyRows(ledger.sqlite, TABLES, { entry: since, head: since, movement: since });
  insertAll(bare, copyRows(ledger.sqlite, ['stream']));
  const bareMs = insertAll(bare, rows);
  bare.close();
  say(`import: ${oursMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms`);
  return { name: `import of ${OPENING_LINES} opening lines`, ratio: oursMs / bareMs, limit: 6 };
}

const requestOf = (row: StockRow, kind: keyof typeof OUTSIDE): MovementRequest => ({
  id: crypto.randomUUID(),
  kind,
  item: row.item,
  lotId: row.lotId,
  from: kind === 'issue' ? row.place : OUTSIDE.receipt,
  to: kind === 'issue' ? OUTSIDE.issue : row.place,
  quantity: '1',
  condition: 'A1',
  owner: row.owner,
  holder: row.holder,
});

/** Issues and receipts in turn with the same rows by the bare library, so that a busy moment falls on both. */
export function postFigure(ledger: Ledger, folder: string): Figure {
  const heaps = listStock(ledger, listStockInput.parse({ limit: POSTS, filters: { condition: 'A1' } })).rows;
  const bare = openBare(bareFile(folder));
  const copier = movementCopier(ledger.sqlite, bare);
  const ours: Record<keyof typeof OUTSIDE, number[]> = { issue: [], receipt: [] };
  const theirs: number[] = [];
  for (const kind of ['issue', 'receipt'] as const) {
    for (const row of heaps) {
      const request = requestOf(row, kind);
      const startedAtMs = performance.now();
      const outcome = postMovement(ledger, request);
      const oursMs = performance.now() - startedAtMs;
      if (!outcome.posted) continue; // refused for what the generator planted: nothing was written
      ours[kind].push(oursMs);
      const written = copier.read(row, request.id, OUTSIDE[kind]);
      theirs.push(timed(() => copier.write(written)));
    }
  }
  bare.close();
  const [issueMs, receiptMs, bareMs] = [median(ours.issue), median(ours.receipt), median(theirs)];
  say(`one movement: issue ${issueMs.toFixed(2)} ms, receipt ${receiptMs.toFixed(2)} ms, bare ${bareMs.toFixed(2)} ms`);
  return { name: 'one durable movement, checks included', ratio: (issueMs + receiptMs) / 2 / bareMs, limit: 3 };
}

export function pageFigure(ledger: Ledger): Figure {
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

/** What a movement looks at is its storehouses and its lot; the whole check looks at all of them. */
export function checkFigure(ledger: Ledger): Figure {
  const [row] = listStock(ledger, listStockInput.parse({ limit: 1, filters: { condition: 'A1' } })).rows;
  const request = requestOf(row as StockRow, 'receipt');
  const one = median(Array.from({ length: 100 }, () => timed(() => previewMovement(ledger, request))));
  const whole = median(Array.from({ length: 5 }, () => timed(() => checkDepot(ledger))));
  say(`check: one movement ${one.toFixed(2)} ms, whole depot ${whole.toFixed(0)} ms`);
  return { name: 'check of one movement against that of the whole depot', ratio: one / whole, limit: 0.02 };
}
