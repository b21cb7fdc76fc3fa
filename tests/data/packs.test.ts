// Goal: the pack of a site is chosen by an entry, shown before it is chosen, and old findings keep theirs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, type Ledger } from '../../electron/data/ledger.ts';
import { choosePack } from '../../electron/data/services/administer.ts';
import { checkDepot } from '../../electron/data/services/checkDepot.ts';
import { lotPage } from '../../electron/data/services/lotPage.ts';
import { previewPack, putPack } from '../../electron/data/services/packs.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { aDepot, aRequest, LOT_DETONATOR, reopen, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
let ledger: Ledger;
beforeAll(async () => {
  depot = await aDepot();
  ledger = depot.ledger;
  stockUp(ledger);
});
afterAll(() => closeLedger(ledger));

const stern = JSON.stringify({
  id: 'reeds-2026',
  title: 'Valley of Reeds, order 7',
  authority: 'Inspectorate',
  date: '2026-05-01',
  base: 'iatg-2021',
  sources: [{ id: 'ORDER-7', title: 'Order 7', edition: '2026', cite: 'Order 7', read: 'document' }],
  rows: [{ id: 'mix.articles.D-S', verdict: 'prohibited', notes: [], source: 'ORDER-7', clause: 'article 3', status: 'verified' }],
});
const mixing = () =>
  checkDepot(ledger)
    .findings.filter(({ rule }) => rule.startsWith('mix.articles'))
    .map(({ rule, pack }) => [rule, pack]);

test('a pack with a fault is not taken in', () => {
  const before = ledger.journal.last.seq;
  for (const content of ['{', '{}', stern.replace('article 3', ''), stern.replace('D-S', 'Q-Q')])
    expect(() => putPack(ledger, content)).toThrow();
  expect(ledger.journal.last.seq).toBe(before);
});

test('what it would alter is shown before, and nothing is altered by looking', () => {
  expect(putPack(ledger, stern)).toEqual({ pack: 'reeds-2026', edition: '2026-05-01' });
  const before = ledger.journal.last.seq;
  const { caused, cured } = previewPack(ledger, 'reeds-2026');
  expect(caused.map(({ rule, place, pack }) => [rule, place, pack])).toEqual([['mix.articles.D-S', 'S1', 'reeds-2026']]);
  expect(cured).toEqual([]);
  expect(mixing()).toEqual([]);
  expect(ledger.journal.last.seq).toBe(before);
  expect(() => previewPack(ledger, 'dream')).toThrow();
});

test('chosen, it holds at once and after a restart; taken back, its findings are cured', () => {
  choosePack(ledger, { pack: 'reeds-2026' });
  expect(mixing()).toEqual([['mix.articles.D-S', 'reeds-2026']]);
  closeLedger(ledger);
  ledger = reopen(depot);
  expect(mixing()).toEqual([['mix.articles.D-S', 'reeds-2026']]);
  expect(previewPack(ledger, 'iatg-2021').cured.map(({ rule }) => rule)).toEqual(['mix.articles.D-S']);
});

test('what was found at a movement keeps the edition that it was found with', () => {
  const receipt = postMovement(
    ledger,
    aRequest(depot.deps, {
      kind: 'receipt',
      item: 'DET',
      lotId: LOT_DETONATOR,
      from: 'SUP',
      to: 'S1',
      quantity: '5',
      condition: 'A1',
      owner: 'ARMY',
      holder: 'DEPOT',
    }),
  );
  expect(receipt.posted).toBe(true);
  choosePack(ledger, { pack: 'aastp1-2006' });
  const page = lotPage(ledger, { site: ledger.site, lotId: LOT_DETONATOR });
  expect(new Set(page.movements[0]?.findings.map(({ edition }) => edition))).toEqual(new Set(['2021']));
  expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ ok: true }));
});
