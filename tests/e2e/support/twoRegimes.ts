import type { Ledger } from '../../../electron/data/ledger.ts';
import { recordInputs } from '../../../electron/data/services/recordInputs.ts';
import { UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';

const KINDS = [
  { item: 'TWO-A', hazardCode: '1.2D', subdivision: '1.2.2', lotId: '20000000-0000-4000-8000-000000000001' },
  { item: 'TWO-B', hazardCode: '1.3C', subdivision: '1.3.1', lotId: '20000000-0000-4000-8000-000000000002' },
] as const;
const KILOGRAM_G = 1_000;
const limitG = 5_000 * KILOGRAM_G;

/** 1.2 with 1.3 of which nobody told the traits: AASTP-1 asks whether they explode as one, and IATG does not. */
export function addTwoRegimes(ledger: Ledger): void {
  const place = { place: 'TWO', name: 'Two regimes', kind: 'store', parent: null, type: null, lat7: null, lon7: null } as const;
  const inputs = {
    places: [{ ...place, limitsG: { '1.1': limitG, '1.2': limitG, '1.3': limitG, '1.4': limitG } }],
    items: KINDS.map(({ item, hazardCode, subdivision }) => ({
      item,
      name: `Nature ${item}`,
      un: '0169',
      hazardCode,
      subdivision,
      form: 'article' as const,
      neqG: KILOGRAM_G,
      heNeqG: 0,
      massG: 3 * KILOGRAM_G,
      packQuantity: 1,
      unit: 'each',
      securityClass: 4,
      weaponGroup: null,
      ...UNTOLD_ITEM_FACTS,
    })),
    lots: KINDS.map(({ item, lotId }) => ({
      lotId,
      item,
      text: `${item}-1`,
      identity: 'known' as const,
      maker: null,
      made: '2020-01-01',
      lifeUntil: '2040-01-01',
    })),
    stock: KINDS.map(({ lotId }) => ({ lotId, place: 'TWO', quantity: 10, condition: 'A1', owner: 'LAND FORCE', holder: 'DEPOT' })),
    requirements: [],
  };
  recordInputs(ledger, inputs, ledger.deps.nowMs() - 1_000, () => undefined);
}
