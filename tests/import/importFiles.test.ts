import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportFiles } from '../../electron/data/import/readFiles.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { listAllStock } from '../../electron/data/repositories/stock.ts';
import { importFiles } from '../../electron/data/services/importFiles.ts';
import { aDepot, LOT_HE, stockUp, type TestDepot } from '../support/depot.ts';

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

test('a dry run finds what the real one finds, more than nothing, and leaves no trace', () => {
  const files = { stock: file(`${STOCK}\nDET,D 0007,S1,5,A1,,\nHE,АБВ-12-83,S1,900000,A1,,`) };
  const stock = listAllStock(depot.ledger);
  const dry = run(files, true);
  expect([listAllStock(depot.ledger), verifyLedger(depot.ledger).ok]).toEqual([stock, true]);
  const real = run(files);
  expect(dry.findings).toBeGreaterThan(1);
  expect(dry).toEqual({ ...real, dryRun: true });
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
    expect(errorsOf({ items: shelfLife('NEW', '121'), lots: lot('2030-01-01') })).toEqual([
      expect.stringMatching(longer),
      expect.stringMatching(/^2 life_until/),
    ]);
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

describe('a lot that is in the books', () => {
  const lots = (rows: string) => file(`item,lot,lot_id,maker,made,life_until\n${rows}`);
  const he = (made: string, lifeUntil: string) => ({ lots: lots(`HE,АБВ-12-83,,MK,${made},${lifeUntil}`) });
  const held = () => depot.ledger.store.get('lot', { site: 'DEP1', lotId: LOT_HE });
  const laterLife = expect.stringMatching(
    /^2 life_until: a later end of life, or the first one, of a lot in the books needs an inspection/,
  );
  const laterMade = expect.stringMatching(/^2 made: a later date of make/);

  test('does not live longer on one signature, by whatever names it, and nothing is recorded', () => {
    const before = depot.ledger.journal.last.seq;
    expect(errorsOf(he('2018-01-01', '2038-01-02'))).toEqual([laterLife]);
    expect(errorsOf({ lots: lots(`HE,other text,${LOT_HE},,,2038-01-02`) })).toEqual([laterLife]);
    expect(errorsOf(he('2018-01-02', '2038-01-01'))).toEqual([laterMade]);
    expect(errorsOf(he('2018-01-02', ''))).toEqual([laterMade]);
    const [BALL, ok] = [`BALL,LC-19A001,,MK,,2039-01-01`, `HE,NEW-1,,MK,,2039-01-01`];
    expect(errorsOf({ lots: lots(`${ok}\n${BALL}`) })).toEqual([expect.stringMatching(/^3 life_until/)]);
    expect(run(he('', '2038-01-02'), true).errors).toHaveLength(1);
    expect(depot.ledger.journal.last.seq).toBe(before);
  });

  test('may live as long, or shorter, and keeps its dates where a file says nothing of them', () => {
    expect(errorsOf(he('', ''))).toEqual([]);
    expect(errorsOf({ lots: file('item,lot,maker\nHE,АБВ-12-83,MK') })).toEqual([]);
    expect(held()).toMatchObject({ made: '2018-01-01', lifeUntil: '2038-01-01' });
    expect(errorsOf(he('2018-01-01', '2038-01-01'))).toEqual([]);
    expect(errorsOf(he('2017-12-31', '2037-12-31'))).toEqual([]);
    expect(held()).toMatchObject({ made: '2017-12-31', lifeUntil: '2037-12-31' });
    expect(errorsOf(he('2017-12-31', '2038-01-01'))).toEqual([laterLife]);
  });

  test('that lives by its nature gets no later date of make, and no first one', () => {
    const nature = file('item,name,shelf_life_months\nNEW,NEW,120');
    expect(errorsOf({ items: nature, lots: file('item,lot,made\nNEW,L1,2018-01-31\nNEW,L2,') })).toEqual([]);
    const made = (lot: string, day: string, lifeUntil = '') => ({
      lots: file(`item,lot,made,life_until\nNEW,${lot},${day},${lifeUntil}`),
    });
    expect(errorsOf(made('L1', '2018-02-01'))).toEqual([laterMade]);
    expect(errorsOf(made('L2', '2018-01-31'))).toEqual([laterMade]);
    expect(errorsOf(made('L2', '', '2020-01-01'))).toEqual([laterLife]);
    expect(errorsOf(made('L1', '2018-01-31', '2028-02-01'))).toEqual([laterLife]);
    expect(errorsOf(made('L1', '2018-01-30'))).toEqual([]);
  });

  test('of which nobody knows when it was made may be told, where its life is its own', () => {
    expect(errorsOf({ lots: file('item,lot,life_until\nHE,L1,2030-01-01') })).toEqual([]);
    expect(errorsOf({ lots: file('item,lot,made\nHE,L1,2020-01-01') })).toEqual([]);
    expect(errorsOf({ lots: file('item,lot,made\nHE,L1,2020-01-02') })).toEqual([laterMade]);
  });

  test('stays a lot of its item', () => {
    expect(errorsOf({ lots: lots(`BALL,АБВ-12-83,${LOT_HE},MK,,`) })).toEqual([
      '2 lot_id: is a lot of HE, and no lot becomes one of another item',
    ]);
  });
});
