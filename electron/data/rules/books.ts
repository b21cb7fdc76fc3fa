import kingeryBulmash from '../../../resources/blast/kingery-bulmash.json' with { type: 'json' };
import unClass1 from '../../../resources/catalogue/un-class-1.json' with { type: 'json' };
import iatgConditions from '../../../resources/conditions/iatg.json' with { type: 'json' };
import conditionMapping from '../../../resources/conditions/mapping.json' with { type: 'json' };
import usConditions from '../../../resources/conditions/us.json' with { type: 'json' };
import aastpDistances from '../../../resources/rules/aastp1-2006/distances.json' with { type: 'json' };
import aastp from '../../../resources/rules/aastp1-2006/pack.json' with { type: 'json' };
import iatgDistances from '../../../resources/rules/iatg-2021/distances.json' with { type: 'json' };
import iatg from '../../../resources/rules/iatg-2021/pack.json' with { type: 'json' };
import storehouseRules from '../../../resources/storehouse/rules.json' with { type: 'json' };
import surveillanceJson from '../../../resources/surveillance/plan.json' with { type: 'json' };
import transportCells from '../../../resources/transport/49cfr-177-848.json' with { type: 'json' };
import { invariant } from '../../../shared/lib/result.ts';
import type { BlastBook } from '../../../shared/rules/blast/blast.ts';
import { readBlast } from '../../../shared/rules/blast/readBlast.ts';
import { type Catalogue, readCatalogue } from '../../../shared/rules/catalogue.ts';
import { type ConditionBook, readConditionBook } from '../../../shared/rules/conditionBook.ts';
import type { ConditionTable } from '../../../shared/rules/conditions.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { readPack } from '../../../shared/rules/readPack.ts';
import type { StorehouseBook } from '../../../shared/rules/storehouse/book.ts';
import { readStorehouse } from '../../../shared/rules/storehouse/readStorehouse.ts';
import { strictestOf } from '../../../shared/rules/strictest.ts';
import type { SurveillancePlan } from '../../../shared/rules/surveillance/book.ts';
import { readPlan } from '../../../shared/rules/surveillance/readPlan.ts';
import { readTransport } from '../../../shared/rules/transport/readTransport.ts';
import type { TransportTable } from '../../../shared/rules/transport/transport.ts';

function loaded(json: unknown, name: string): RulePack {
  const pack = readPack(json);
  invariant(pack.ok, `rule pack ${name}: ${pack.ok ? '' : pack.error.join('; ')}`);
  return pack.value;
}

/** The shipped packs as data, by id: what a national pack replaces rows of. */
export const packJson = {
  'iatg-2021': { ...iatg, distances: iatgDistances },
  'aastp1-2006': { ...aastp, distances: aastpDistances },
} as const;

let packs: ReadonlyMap<string, RulePack> | null = null;

/** The rule packs at hand, by id. Read once: they are data of the program. */
export function rulePacks(): ReadonlyMap<string, RulePack> {
  if (packs !== null) return packs;
  const first = loaded(packJson['iatg-2021'], 'iatg-2021');
  const second = loaded(packJson['aastp1-2006'], 'aastp1-2006');
  packs = new Map([first, second, strictestOf(first, second)].map((pack) => [pack.id, pack]));
  return packs;
}

export const DEFAULT_PACK = 'iatg-2021';
export const DEFAULT_CONDITIONS = 'iatg';
let tables: ConditionBook | null = null;

/** The tables of condition codes at hand and what a code of one is in another. */
export function conditionBook(): ConditionBook {
  if (tables !== null) return tables;
  const read = readConditionBook([iatgConditions, usConditions], conditionMapping);
  invariant(read.ok, `condition codes: ${read.ok ? '' : read.error.join('; ')}`);
  tables = read.value;
  return tables;
}

/** Every code of every table: none is in two of them, so stock keeps its meaning where a site changes its table. */
export const conditionTable = (): ConditionTable => conditionBook().all;

let surveillance: SurveillancePlan | null = null;

/** The surveillance plan that comes with the program. */
export function shippedPlan(): SurveillancePlan {
  if (surveillance !== null) return surveillance;
  const read = readPlan(surveillanceJson);
  invariant(read.ok, `surveillance plan: ${read.ok ? '' : read.error.join('; ')}`);
  surveillance = read.value;
  return surveillance;
}

let catalogue: Catalogue | null = null;

/** The UN class 1 catalogue. */
export function unCatalogue(): Catalogue {
  if (catalogue !== null) return catalogue;
  const read = readCatalogue(unClass1);
  invariant(read.ok, `UN catalogue: ${read.ok ? '' : read.error.join('; ')}`);
  catalogue = read.value;
  return catalogue;
}

let blast: BlastBook | null = null;

/** The blast of a surface burst and its effects. */
export function blastBook(): BlastBook {
  if (blast !== null) return blast;
  const read = readBlast(kingeryBulmash);
  invariant(read.ok, `blast: ${read.ok ? '' : read.error.join('; ')}`);
  blast = read.value;
  return blast;
}

let storehouse: StorehouseBook | null = null;

/** What is shown and kept at a storehouse. */
export function storehouseBook(): StorehouseBook {
  if (storehouse !== null) return storehouse;
  const read = readStorehouse(storehouseRules);
  invariant(read.ok, `storehouse rules: ${read.ok ? '' : read.error.join('; ')}`);
  storehouse = read.value;
  return storehouse;
}

let transport: TransportTable | null = null;

/** What may travel on one vehicle. */
export function transportTable(): TransportTable {
  if (transport !== null) return transport;
  const read = readTransport(transportCells);
  invariant(read.ok, `transport table: ${read.ok ? '' : read.error.join('; ')}`);
  transport = read.value;
  return transport;
}
