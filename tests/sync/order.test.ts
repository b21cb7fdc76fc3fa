// Goal: whatever order journals arrive in, a reader's projections are the same, and a replay of its file gives them (S5,
// D1). Method: random decisions on one item, place, lot and policy by three devices of two sites, two of them of one site
// and all with a person `admin`, under clocks that jump; each is delivered in two random orders of slices, gaps waiting.
// Sources and reader take everything back after a run, so that every run begins alike.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { unlockWithWords } from '../../electron/data/host/people.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger, inReceivingTransaction, inWriteTransaction, type Ledger, record, type WriteTx } from '../../electron/data/ledger.ts';
import { listPeople } from '../../electron/data/repositories/settings.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import type { Entry } from '../../shared/domain/entries.ts';
import { UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import { aDepot, reopen, START_MS, stockUp, type TestDepot } from '../support/depot.ts';
import { deliver, deliverHead, projectionsOf, type Row, rowsOf, streamIn } from '../support/ranges.ts';

const HOUR_MS = 3_600_000;
const LOT = '20000000-0000-4000-8000-000000000001';

let sources: TestDepot[];
let reader: TestDepot;
beforeAll(async () => {
  sources = [await aDepot('DEP1'), await aDepot('DEP1'), await aDepot('DEP2')];
  reader = await aDepot('HQ', 'authority');
  for (const { ledger } of sources) trustPartner(reader.ledger, ledger.device.statement, fingerprintOf(ledger.device.statement));
  for (const { ledger } of sources)
    reader.ledger.sqlite
      .prepare('UPDATE stream SET commitment_key = ? WHERE device = ?')
      .run(ledger.device.commitmentKey, ledger.device.device);
}, 120_000);
afterAll(() => [...sources, reader].map(({ ledger }) => closeLedger(ledger)));

class Undone extends Error {}
/** Runs `work` in a transaction and takes everything back. */
function undoing(ledger: Ledger, work: (tx: WriteTx) => void): void {
  try {
    inWriteTransaction(ledger, (tx) => {
      work(tx);
      throw new Undone();
    });
  } catch (cause) {
    if (!(cause instanceof Undone)) throw cause;
  }
}

type Decision = Readonly<{ device: number; clockH: number; kind: number; value: number }>;
const decision = fc.record({ device: fc.nat(2), clockH: fc.integer({ min: -5, max: 5 }), kind: fc.nat(7), value: fc.nat(3) });

let ids = 0;
function entryOf({ kind, value }: Decision): Entry {
  const id = `40000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const limitG = value === 0 ? null : value * 1000;
  const item = { item: 'HE', name: `Nature ${value}`, un: null, hazardCode: '1.1D', subdivision: null, form: null, neqG: value } as const;
  const entries: readonly Entry[] = [
    {
      type: 'item.put',
      data: { ...item, heNeqG: 0, massG: 9, packQuantity: 1, unit: 'each', securityClass: 4, weaponGroup: null, ...UNTOLD_ITEM_FACTS },
    },
    { type: 'licence.set', data: { place: 'S1', division: '1.1', limitG } },
    { type: 'policy.set', data: { family: 'mix', kind: 'move', mode: ['off', 'warn', 'block', 'off'][value] as string } },
    {
      type: 'lot.put',
      data: {
        lotId: LOT,
        item: value % 2 === 0 ? 'HE' : 'BALL',
        text: `T${value}`,
        identity: 'known',
        maker: null,
        made: null,
        lifeUntil: null,
      },
    },
    {
      type: 'place.put',
      data: {
        place: 'S1',
        name: `Store ${value}`,
        kind: value === 3 ? 'external' : 'store',
        parent: null,
        type: null,
        lat7: null,
        lon7: null,
      },
    },
    movement(id, 'ext:open', 'S1', value + 1),
    movement(id, 'S1', 'S2', value + 1),
    { type: 'restriction.lifted', data: { id: 'b', reason: `${value}`, liftedAtMs: value } },
  ];
  return entries[kind] as Entry;
}
const movement = (id: string, from: string, to: string, quantity: number): Entry => ({
  type: 'movement.posted',
  data: {
    id,
    kind: 'move',
    lotId: LOT,
    from,
    to,
    quantity,
    fromCondition: 'A1',
    condition: 'A1',
    owner: 'ARMY',
    holder: 'DEPOT',
    voucher: 'V',
    happenedAtMs: START_MS,
    reason: null,
    reverses: null,
    override: null,
    pack: null,
    findings: [],
  },
});

function decide(tx: WriteTx, { deps }: TestDepot, decisions: readonly Decision[]): void {
  for (const one of decisions) {
    deps.advance(START_MS + 10 * HOUR_MS + one.clockH * HOUR_MS - deps.nowMs());
    record(tx, entryOf(one));
  }
}

/** Slices of each source's new entries, taken in by turns: a source with nothing left gives its turn to the next. */
function deliverBy(tx: WriteTx, turns: readonly Readonly<{ device: number; count: number }>[]): void {
  const waiting = sources.map(({ ledger }) => ({ ledger, rows: rowsOf(ledger, heldSeq(tx, ledger)) }));
  for (const { device, count } of [...turns, ...waiting.map((_, at) => ({ device: at, count: Number.MAX_SAFE_INTEGER }))]) {
    const { ledger, rows } = waiting[device] as (typeof waiting)[number];
    deliver(tx, ledger, rows.splice(0, count));
  }
}
const heldSeq = (tx: Ledger, { device }: Ledger): number =>
  (tx.sqlite.prepare('SELECT max(seq) FROM entry WHERE stream = ?').pluck().get(streamIn(tx, device).stream) as number | null) ?? 0;

const turns = fc.array(fc.record({ device: fc.nat(2), count: fc.integer({ min: 1, max: 6 }) }), { maxLength: 8 });

test('any order of deliveries gives the same projections', () => {
  const [one, two, three] = sources as [TestDepot, TestDepot, TestDepot];
  fc.assert(
    fc.property(fc.array(decision, { minLength: 1, maxLength: 30 }), turns, turns, (decisions, first, second) => {
      const of = (device: number) => decisions.filter((made) => made.device === device);
      undoing(one.ledger, (a) =>
        undoing(two.ledger, (b) =>
          undoing(three.ledger, (c) => {
            for (const [at, tx] of [a, b, c].entries()) decide(tx, sources[at] as TestDepot, of(at));
            const made = [first, second].map((order) => {
              let projections = {};
              undoing(reader.ledger, (tx) => {
                deliverBy(tx, order);
                projections = projectionsOf(tx);
              });
              return projections;
            });
            expect(made[1]).toEqual(made[0]);
          }),
        ),
      );
    }),
    { numRuns: 200 },
  );
}, 300_000);

test('what arrived in turns verifies, every device keeps its own people, and a changed row is still named', () => {
  const spread = (device: number): Decision[] =>
    Array.from({ length: 16 }, (_, at) => ({ device, clockH: at - 8, kind: (at + device) % 8, value: at % 4 }));
  for (const [at, { ledger }] of sources.entries()) {
    if (at < 2) stockUp(ledger);
    inWriteTransaction(ledger, (tx) => decide(tx, sources[at] as TestDepot, spread(at)));
  }
  inWriteTransaction(reader.ledger, (tx) => {
    deliverBy(
      tx,
      [1, 0, 2, 1, 0, 1].map((device) => ({ device, count: 7 })),
    );
    for (const { ledger } of sources) deliverHead(tx, ledger, rowsOf(ledger).at(-1) as Row);
  });
  expect(verifyLedger(reader.ledger)).toMatchObject({ ok: true });
  const people = reader.ledger.sqlite.prepare("SELECT count(*) FROM person WHERE person = 'admin'").pluck().get();
  expect(people).toBe(4);
  reader.ledger.sqlite.prepare("UPDATE licence SET limit_g = limit_g + 1 WHERE site = 'DEP1'").run();
  expect(verifyLedger(reader.ledger)).toMatchObject({ ok: false, firstBad: { reason: 'licence: limitG differs from the replay' } });
}, 120_000);

test('what another device of the own site recorded folds before whatever follows here, and opens nothing', () => {
  const [other, own] = sources as [TestDepot, TestDepot];
  trustPartner(own.ledger, other.ledger.device.statement, fingerprintOf(other.ledger.device.statement));
  const limitOf = ({ sqlite }: Ledger) =>
    sqlite.prepare("SELECT limit_g FROM licence WHERE place = 'S2' AND division = '1.1'").pluck().get();
  const setLimit = ({ ledger }: TestDepot, limitG: number) =>
    inWriteTransaction(ledger, (tx) => record(tx, { type: 'licence.set', data: { place: 'S2', division: '1.1', limitG } }));
  own.deps.advance(START_MS - own.deps.nowMs());
  other.deps.advance(START_MS + 90 * 24 * HOUR_MS - other.deps.nowMs());
  setLimit(other, 111);
  inReceivingTransaction(own.ledger, (tx) => {
    tx.sqlite
      .prepare('UPDATE stream SET commitment_key = ? WHERE device = ?')
      .run(other.ledger.device.commitmentKey, other.ledger.device.device);
    deliver(tx, other.ledger, rowsOf(other.ledger));
    deliverHead(tx, other.ledger, rowsOf(other.ledger).at(-1) as Row);
  });
  expect(limitOf(own.ledger)).toBe(111);
  setLimit(own, 222);
  expect([limitOf(own.ledger), verifyLedger(own.ledger)]).toEqual([222, expect.objectContaining({ ok: true })]);
  closeLedger(own.ledger);
  sources[1] = { ...own, ledger: reopen(own) };
  setLimit(sources[1], 333);
  const { ledger } = sources[1];
  expect(listPeople(ledger).map(({ publicKey }) => publicKey)).toEqual(
    ledger.sqlite.prepare('SELECT public_key FROM person WHERE stream = 1').pluck().all(),
  );
  expect([limitOf(ledger), verifyLedger(ledger)]).toEqual([333, expect.objectContaining({ ok: true })]);
  closeLedger(ledger);
  const candidates = [unlockWithWords(own.file, own.recoveryWords.join(' '))];
  const recovered = openLedger({ ...own, candidates, recovering: 'admin' });
  sources[1] = { ...own, ledger: recovered };
  expect(recovered.session.person).toBe('admin');
}, 60_000);
