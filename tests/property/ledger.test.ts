// Goal: whatever is asked, no heap inside goes below zero, every lot sums to zero over all places, the same request
// twice posts once, and a replay of the journal gives the projections. Method: random requests, good and bad, against
// the real encrypted file; a plain map is the model.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../electron/data/journal/verify.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import { aDepot, stockUp, type TestDepot } from '../support/depot.ts';

let depot: TestDepot;
beforeAll(async () => {
  depot = await aDepot();
  stockUp(depot.ledger);
});
afterAll(() => closeLedger(depot.ledger));

const place = fc.constantFrom('S1', 'S2', 'S3', 'SUP', 'RANGE');
const request = fc.record({
  kind: fc.constantFrom('receipt', 'issue', 'move', 'return', 'expend') as fc.Arbitrary<MovementRequest['kind']>,
  lot: fc.constantFrom(['HE', 'АБВ-12-83'], ['BALL', 'LC-19A001'], ['DET', 'D 0007'], ['HE', 'none']),
  from: place,
  to: place,
  quantity: fc.oneof(fc.integer({ min: -2, max: 1_500 }).map(String), fc.constantFrom('', '1.5', 'ten', '99999999999999')),
  isTwice: fc.boolean(),
});

test('random requests conserve every lot and keep every heap at or above zero', () => {
  let seed = 0;
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), (asked) => {
      for (const {
        kind,
        lot: [item, lot],
        from,
        to,
        quantity,
        isTwice,
      } of asked) {
        const id = `30000000-0000-4000-8000-${String(++seed).padStart(12, '0')}`;
        const full = {
          id,
          kind,
          item: item as string,
          lot: lot as string,
          from,
          to,
          quantity,
          condition: 'A1',
          owner: 'ARMY',
          holder: 'DEPOT',
        };
        const before = depot.ledger.journal.last.seq;
        const first = postMovement(depot.ledger, full);
        const after = depot.ledger.journal.last.seq;
        expect(after > before).toBe(first.posted);
        if (isTwice && first.posted) expect([postMovement(depot.ledger, full), depot.ledger.journal.last.seq]).toEqual([first, after]);
      }
      const { sqlite } = depot.ledger;
      expect(sqlite.prepare('SELECT lot_id, sum(quantity) AS total FROM holding GROUP BY lot_id HAVING total <> 0').all()).toEqual([]);
      expect(
        sqlite.prepare("SELECT 1 FROM holding h JOIN place p USING (site, place) WHERE p.kind <> 'external' AND h.quantity < 0").all(),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(verifyLedger(depot.ledger)).toMatchObject({ ok: true });
}, 120_000);
