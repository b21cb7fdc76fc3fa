import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { fingerprintOf } from '../../electron/data/journal/statement.ts';
import { inWriteTransaction, type Ledger } from '../../electron/data/ledger.ts';
import { trustPartner } from '../../electron/data/services/partners.ts';
import { postMovement } from '../../electron/data/services/postMovement.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { openCases } from '../../electron/data/sync/cases.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import type { PostOutcome } from '../../shared/contract/views.ts';
import type { ImportInputs } from '../../shared/domain/imports.ts';
import { aRequest, START_MS, type TestDepot } from './depot.ts';

export const trustEachOther = (one: Ledger, other: Ledger): void => {
  for (const [by, whom] of [
    [one, other],
    [other, one],
  ] as const)
    trustPartner(by, whom.device.statement, fingerprintOf(whom.device.statement));
};

let files = 0;
const folder = mkdtempSync(join(tmpdir(), 'sites-'));

/** Everything of a depot to the authority, as a bundle; and what the authority then sees between the depots. */
export async function bring({ ledger }: TestDepot, { ledger: authority }: TestDepot): Promise<void> {
  const path = join(folder, `${++files}.adi`);
  await createBundle(ledger, authority.site, path, () => undefined);
  expect((await applyBundleFile(authority, path)).quarantined).toBeNull();
  inWriteTransaction(authority, (tx) => openCases(tx, [ledger.site]));
}

const NOTHING: ImportInputs = { items: [], places: [], lots: [], stock: [], requirements: [] };
function putInputs({ ledger }: TestDepot, inputs: Partial<ImportInputs>): void {
  recordInputs(ledger, { ...NOTHING, ...inputs }, START_MS - 1_000_000_000, () => undefined);
}

/** Places outside the depot, such as the other depots of the country. */
export const putOutside = (depot: TestDepot, ...places: readonly string[]): void =>
  putInputs(depot, {
    places: places.map((place) => ({
      place,
      name: place,
      kind: 'external',
      parent: null,
      type: null,
      lat7: null,
      lon7: null,
      limitsG: {},
    })),
  });

export const putLot = (
  depot: TestDepot,
  lot: Partial<ImportInputs['lots'][number]> & { lotId: string; item: string; text: string },
): void => putInputs(depot, { lots: [{ identity: 'known', maker: 'MK', made: '2018-01-01', lifeUntil: '2038-01-01', ...lot }] });

export const post = ({ ledger, deps }: TestDepot, request: Partial<MovementRequest> & Pick<MovementRequest, 'kind'>): PostOutcome =>
  postMovement(ledger, aRequest({ newId: () => crypto.randomUUID() }, { happenedAtMs: deps.nowMs(), ...request }));

type Consigned = Partial<Pick<MovementRequest, 'item' | 'lot' | 'from' | 'consignTo' | 'consignment' | 'quantity'>>;

/** An issue to another depot; answers the number under which it is received there. */
export function consign(depot: TestDepot, request: Consigned): string {
  const outcome = post(depot, { kind: 'issue', from: 'S1', ...request });
  expect(outcome).toMatchObject({ posted: true });
  return (outcome as { consignment: string }).consignment;
}

/** The receipt of one, into the first store; answers the id of the movement. */
export function receiveConsigned(depot: TestDepot, request: Consigned): string {
  const outcome = post(depot, { kind: 'receipt', to: 'S1', condition: 'A1', owner: 'ARMY', holder: 'DEPOT', ...request });
  expect(outcome).toMatchObject({ posted: true });
  return (outcome as { id: string }).id;
}
