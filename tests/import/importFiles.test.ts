import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportFiles } from '../../electron/data/import/readFiles.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { importFiles } from '../../electron/data/services/importFiles.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeEach(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterEach(() => closeLedger(depot.ledger));

const STOCK = 'item,lot,place,quantity,condition,owner,holder';
const PLACES = 'place,name,kind,parent';
const file = (content: string, mapping?: Record<string, string>) => ({ name: 'file.csv', content, mapping });
const run = (files: ImportFiles, isDryRun = false) => importFiles(depot.ledger, { files, isDryRun });
const errorsOf = (files: ImportFiles) => run(files).errors.map((error) => `${error.row} ${error.column}: ${error.message}`);

test.each<[string, ImportFiles, RegExp]>([
  ['a fraction', { stock: file(`${STOCK}\nBALL,LC-19A001,S1,1.5,A1,,`) }, /2 quantity/],
  ['nothing', { stock: file(`${STOCK}\nBALL,LC-19A001,S1,,A1,,`) }, /2 quantity: is empty/],
  ['an unknown place', { stock: file(`${STOCK}\nBALL,LC-19A001,NOWHERE,1,A1,,`) }, /2 place/],
  ['an external place of the depot', { stock: file(`${STOCK}\nBALL,LC-19A001,SUP,1,A1,,`) }, /2 place: is an external place/],
  [
    'an external place of the same import',
    { places: file(`${PLACES}\nMAKER,Maker,external,`), stock: file(`${STOCK}\nBALL,LC-19A001,S1,1,A1,,\nBALL,LC-19A001,MAKER,1,A1,,`) },
    /3 place: is an external place/,
  ],
  ['a bay in an external place', { places: file(`${PLACES}\nMAKER,Maker,external,\nB1,Bay,bay,MAKER`) }, /3 parent: is an external place/],
  ['an unknown lot', { stock: file(`${STOCK}\nBALL,none,S1,1,A1,,`) }, /2 lot/],
  ['an unknown item', { stock: file(`${STOCK}\nNONE,x,S1,1,A1,,`) }, /2 item/],
  ['an unknown condition', { stock: file(`${STOCK}\nBALL,LC-19A001,S1,1,Z9,,`) }, /2 condition/],
  ['a missing column', { stock: file('item,lot,place\nBALL,LC-19A001,S1') }, /1 quantity: this column is missing/],
  ['a column nobody knows', { stock: file(`${STOCK},colour\nBALL,LC-19A001,S1,1,A1,,,red`) }, /1 colour/],
  ['an illegal code', { items: file('item,name,hazard_code\nX,Impossible,1.1S') }, /2 hazard_code/],
  ['a date that does not exist', { lots: file('item,lot,made\nHE,L1,2023-02-30') }, /2 made/],
  ['the same item twice', { items: file('item,name\nX,One\nX,Two') }, /3 item: is there already in row 2/],
  ['a control character', { items: file('item,name\nX,"a\u0007b"') }, /2 name/],
])('%s refuses the file by row and column, and nothing of it is recorded', (_what, files, message) => {
  const before = depot.ledger.journal.last.seq;
  expect(errorsOf(files).join('\n')).toMatch(message);
  expect(depot.ledger.journal.last.seq).toBe(before);
});

test('every error is named at once', () => {
  expect(errorsOf({ stock: file(`${STOCK}\nBALL,LC-19A001,NOWHERE,ten,A1,,`) })).toHaveLength(2);
});

test('semicolons, a byte order mark and national headers are read', () => {
  const reply = run({
    stock: file('\uFEFFArtikel;Los;Ort;Menge\nBALL;LC-19A001;S2;7', { item: 'Artikel', lot: 'Los', place: 'Ort', quantity: 'Menge' }),
  });
  expect(reply.imported?.stock).toBe(1);
  expect(listAllStock(depot.ledger).find((row) => row.place === 'S2' && row.item === 'BALL')).toMatchObject({
    quantity: 7,
    condition: 'unknown',
    owner: 'unknown',
  });
});

test('a dry run records nothing and counts everything', () => {
  const before = depot.ledger.journal.last.seq;
  expect(run({ stock: file(`${STOCK}\nBALL,LC-19A001,S1,5,A1,,`) }, true)).toMatchObject({ imported: { stock: 1 }, dryRun: true });
  expect(depot.ledger.journal.last.seq).toBe(before);
});

test('a formula is text', () => {
  run({ items: file('item,name\nX,"=HYPERLINK(""http://x"")"') });
  expect(depot.ledger.store.get('item', { site: 'DEP1', item: 'X' })?.name).toBe('=HYPERLINK("http://x")');
});

test('equal item, text and maker is the same lot on a second import', () => {
  const lots = file('item,lot,maker\nHE,АБВ-12-83,MK');
  run({ lots });
  expect(depot.ledger.sqlite.prepare('SELECT count(*) FROM lot').pluck().get()).toBe(3);
});

test('what the import brings about is counted', () => {
  const reply = run({ stock: file(`${STOCK}\nDET,D 0007,S1,5,A1,,`) });
  expect(reply.findings).toBeGreaterThan(0);
});

describe('the shelf life of a nature', () => {
  const shelfLife = (item: string, months: string) => file(`item,name,shelf_life_months\n${item},${item},${months}`);
  const lot = (lifeUntil: string) => file(`item,lot,made,life_until\nNEW,L1,2018-01-31,${lifeUntil}`);
  const longer = /^2 shelf_life_months: a longer life of a nature with lots in the books needs an inspection of each lot and a second/;

  test('is not made longer on one signature while a lot lives by it, and nothing is recorded', () => {
    expect(errorsOf({ items: shelfLife('NEW', '120'), lots: lot('') })).toEqual([]); // a new item
    const before = depot.ledger.journal.last.seq;
    expect(errorsOf({ items: shelfLife('NEW', '121') })).toEqual([expect.stringMatching(longer)]);
    expect(errorsOf({ items: shelfLife('NEW', '121'), lots: lot('2030-01-01') })).toEqual([expect.stringMatching(longer)]);
    expect(run({ items: shelfLife('NEW', '121') }, true).errors).toHaveLength(1);
    expect(depot.ledger.journal.last.seq).toBe(before);
  });

  test('is not first set while a lot lives by it, nor after it was emptied', () => {
    expect(errorsOf({ items: shelfLife('NEW', ''), lots: lot('') })).toEqual([]);
    expect(errorsOf({ items: shelfLife('NEW', '1') })).toEqual([expect.stringMatching(longer)]);
  });

  test('may be the same, shorter, or unknown again', () => {
    expect(errorsOf({ items: shelfLife('NEW', '120'), lots: lot('') })).toEqual([]);
    for (const months of ['120', '119', '']) expect(errorsOf({ items: shelfLife('NEW', months) })).toEqual([]);
  });

  test('may be longer where every lot has a date of its own, or there is none', () => {
    expect(errorsOf({ items: shelfLife('NEW', '120') })).toEqual([]);
    expect(errorsOf({ items: shelfLife('NEW', '121'), lots: lot('2030-01-01') })).toEqual([]);
    expect(errorsOf({ items: shelfLife('NEW', '122') })).toEqual([]);
  });
});
