import { generateDepot } from '../../electron/data/demo/generate.ts';
import type { Ledger } from '../../electron/data/ledger.ts';
import { unCatalogue } from '../../electron/data/rules/books.ts';
import { recordInputs } from '../../electron/data/services/recordInputs.ts';
import { importSitePlan } from '../../electron/data/services/siteRecords.ts';

/** Metres per degree on the equator, where the generated depots stand. */
const METRES_PER_DEGREE = 110_574;
const HOUSES = 2_000;
/** Between the houses, and to the nearest row of them from the storehouses in the south: some are too near, most are not. */
const HOUSE_SPACING_M = 60;
const HOUSES_IN_A_ROW = 100;
const FIRST_ROW_NORTH_M = -500;

const KINDS = ['inhabited', 'inhabited', 'vulnerable', 'inhabited'] as const;

function houses(): string {
  const rows = Array.from({ length: HOUSES }, (_, at) => {
    const eastM = (at % HOUSES_IN_A_ROW) * HOUSE_SPACING_M - 1_500;
    const northM = FIRST_ROW_NORTH_M - Math.floor(at / HOUSES_IN_A_ROW) * HOUSE_SPACING_M;
    const position = `${(northM / METRES_PER_DEGREE).toFixed(7)} ${(eastM / METRES_PER_DEGREE).toFixed(7)}`;
    return `H${at + 1},House ${at + 1},${KINDS[at % KINDS.length]},,,,,4,${position},,yes`;
  });
  return `${rows.join('\r\n')}\r\n`;
}

/**
 * A depot of 50,000 lots in 200 storehouses with 2,000 houses around it. Of every twelfth lot the life is not known, so that
 * the check has thousands to say.
 */
export function fillLargeDepot(ledger: Ledger): void {
  const asOf = new Date(ledger.deps.nowMs()).toISOString().slice(0, 10);
  const plan = generateDepot({ seed: 1, size: 'large', asOf, catalogue: unCatalogue() });
  const lots = plan.inputs.lots.map((lot, at) => (at % 12 === 0 ? { ...lot, lifeUntil: null } : lot));
  recordInputs(ledger, { ...plan.inputs, lots }, plan.openingAtMs, () => undefined);
  const { structures, exposed } = plan.sitePlan;
  const around = importSitePlan(
    ledger,
    {
      structures: { name: 'structures.csv', content: structures, mapping: undefined },
      exposed: { name: 'exposed.csv', content: `${exposed.trimEnd()}\r\n${houses()}`, mapping: undefined },
    },
    false,
  );
  if (around.imported === null) throw new Error(around.errors[0]?.message);
}
