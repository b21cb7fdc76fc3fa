import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDepot } from '../../electron/data/host/createDepot.ts';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { secondPerson } from '../../electron/data/host/operations.ts';
import { addPerson } from '../../electron/data/host/people.ts';
import { unlockSlots } from '../../electron/data/host/unlock.ts';
import type { Unwrapped } from '../../electron/data/keys/slots.ts';
import type { Ledger, Second } from '../../electron/data/ledger.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import type { MovementRequest } from '../../shared/contract/inputs.ts';
import type { ImportInputs } from '../../shared/domain/imports.ts';
import { UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';

export const PASSPHRASE = 'correct horse battery';
export const START_MS = Date.parse('2026-06-01T08:00:00Z');

/** A clock that a test moves, and ids in order: nothing in a test depends on the machine. */
export function fakeDeps(startMs = START_MS) {
  let nowMs = startMs;
  let ids = 0;
  return {
    nowMs: () => nowMs++,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

export type TestDepot = Readonly<{
  file: string;
  userDataDir: string;
  deps: ReturnType<typeof fakeDeps>;
  candidates: readonly Unwrapped[];
  ledger: Ledger;
  recoveryWords: readonly string[];
}>;

/** A real encrypted file in a folder of its own, open. */
export async function aDepot(site = 'DEP1', role: 'depot' | 'authority' = 'depot'): Promise<TestDepot> {
  const folder = mkdtempSync(join(tmpdir(), 'depot-test-'));
  const file = join(folder, `${site}.depot`);
  const deps = fakeDeps();
  const { recoveryWords } = await createDepot(
    { file, site, name: `Depot ${site}`, role, user: 'admin', passphrase: PASSPHRASE },
    { ...deps, onCommitted: () => undefined },
  );
  const candidates = await unlockSlots(file, PASSPHRASE, deps.nowMs);
  const userDataDir = join(folder, 'machine');
  return { file, userDataDir, deps, candidates, recoveryWords, ledger: openLedger({ file, candidates, userDataDir, deps }) };
}

export const reopen = (depot: Pick<TestDepot, 'file' | 'userDataDir' | 'deps' | 'candidates'>): Ledger => openLedger(depot);

/** One person more, whose passphrase is the own name and what follows; answers as what signs beside somebody else. */
export async function addColleague(ledger: Ledger, name: string, roles: readonly string[], witness?: Second): Promise<Second> {
  const passphrase = `${name} of the depot`;
  await addPerson(ledger, name, roles, passphrase, witness);
  return (await secondPerson(ledger, { user: name, passphrase })) as Second;
}

export const LOT_HE = '10000000-0000-4000-8000-000000000001';
export const LOT_BALL = '10000000-0000-4000-8000-000000000002';
export const LOT_DETONATOR = '10000000-0000-4000-8000-000000000003';

const anItem = (item: string, hazardCode: string, neqG: number): ImportInputs['items'][number] => ({
  item,
  name: `Nature ${item}`,
  un: null,
  hazardCode,
  subdivision: null,
  form: 'article',
  neqG,
  heNeqG: 0,
  massG: neqG * 3,
  packQuantity: 1,
  unit: 'each',
  securityClass: 4,
  weaponGroup: null,
  ...UNTOLD_ITEM_FACTS,
});
const aPlace = (place: string, kind: 'store' | 'external', limitG: number | null): ImportInputs['places'][number] => ({
  place,
  name: place,
  kind,
  parent: null,
  type: null,
  lat7: null,
  lon7: null,
  limitsG: limitG === null ? {} : { '1.1': limitG, '1.2': limitG, '1.3': limitG, '1.4': limitG },
});
const aLot = (lotId: string, item: string, text: string): ImportInputs['lots'][number] => ({
  lotId,
  item,
  text,
  identity: 'known',
  maker: 'MK',
  made: '2018-01-01',
  lifeUntil: '2038-01-01',
});
const heap = (lotId: string, place: string, quantity: number) => ({
  lotId,
  place,
  quantity,
  condition: 'A1',
  owner: 'ARMY',
  holder: 'DEPOT',
});

/** Three stores, three natures, one lot each; stock in two of the stores. */
export function stockUp(ledger: Ledger): void {
  recordInputs(
    ledger,
    {
      items: [anItem('HE', '1.1D', 700), anItem('BALL', '1.4S', 3), anItem('DET', '1.1B', 1)],
      places: [
        aPlace('S1', 'store', 1_000_000),
        aPlace('S2', 'store', 1_000_000),
        aPlace('S3', 'store', 1_000_000),
        aPlace('SUP', 'external', null),
        aPlace('RANGE', 'external', null),
      ],
      lots: [aLot(LOT_HE, 'HE', 'АБВ-12-83'), aLot(LOT_BALL, 'BALL', 'LC-19A001'), aLot(LOT_DETONATOR, 'DET', 'D 0007')],
      stock: [heap(LOT_HE, 'S1', 900), heap(LOT_BALL, 'S1', 40_000), heap(LOT_DETONATOR, 'S2', 5_000)],
      requirements: [],
    },
    START_MS - 1_000_000_000,
    () => undefined,
  );
}

export const aRequest = (
  deps: { newId: () => string },
  more: Partial<MovementRequest> & Pick<MovementRequest, 'kind'>,
): MovementRequest => ({ id: deps.newId(), ...more });
