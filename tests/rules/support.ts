import unClass1 from '../../resources/catalogue/un-class-1.json' with { type: 'json' };
import iatgConditions from '../../resources/conditions/iatg.json' with { type: 'json' };
import usConditions from '../../resources/conditions/us.json' with { type: 'json' };
import aastpDistances from '../../resources/rules/aastp1-2006/distances.json' with { type: 'json' };
import aastpRules from '../../resources/rules/aastp1-2006/pack.json' with { type: 'json' };
import iatgDistances from '../../resources/rules/iatg-2021/distances.json' with { type: 'json' };
import iatgRules from '../../resources/rules/iatg-2021/pack.json' with { type: 'json' };
import { UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import { invariant, type Result } from '../../shared/lib/result.ts';
import { readCatalogue } from '../../shared/rules/catalogue.ts';
import { readConditions } from '../../shared/rules/conditions.ts';
import type { ItemFacts, LotFacts, StoreFacts, StoreLine } from '../../shared/rules/facts.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { readPack } from '../../shared/rules/readPack.ts';
import { strictestOf } from '../../shared/rules/strictest.ts';

function contentOf<T>(result: Result<T, readonly string[]>): T {
  invariant(result.ok, result.ok ? '' : result.error.join('\n'));
  return result.value;
}

const iatgJson = { ...iatgRules, distances: iatgDistances };
const aastpJson = { ...aastpRules, distances: aastpDistances };
/** The shipped data as parsed JSON, for tests that spoil a copy of it. */
export const packJson = { iatg: iatgJson, aastp: aastpJson } as const;
export const iatg: RulePack = contentOf(readPack(iatgJson));
export const aastp: RulePack = contentOf(readPack(aastpJson));
export const strictest: RulePack = strictestOf(iatg, aastp);
export const packs: readonly RulePack[] = [iatg, aastp, strictest];
export const iatgTable = contentOf(readConditions(iatgConditions));
export const usTable = contentOf(readConditions(usConditions));
export const catalogue = contentOf(readCatalogue(unClass1));

/** Everything known, so that a test takes away what it is about. */
export const anItem = (facts: Partial<ItemFacts> = {}): ItemFacts => ({
  item: 'HE-81',
  un: '0168',
  hazardCode: '1.1D',
  subdivision: null,
  form: 'article',
  neqG: 700,
  heNeqG: 700,
  massG: 4200,
  ...UNTOLD_ITEM_FACTS,
  ...facts,
});

export const aLine = (facts: Partial<ItemFacts> = {}, place = 'S1', quantity = 10): StoreLine => ({
  item: anItem(facts),
  place,
  quantity,
  states: [{ condition: 'serviceable', identity: 'known' }],
});

/** A store that is licensed for far more than any test puts in. */
export const aStore = (lines: readonly StoreLine[], limitsG: StoreFacts['limitsG'] = wideLimits): StoreFacts => ({
  store: 'S1',
  limitsG,
  lines,
  approvals: [],
});
export const wideLimits = { '1.1': 1e9, '1.2': 1e9, '1.3': 1e9, '1.4': 1e9 } as const;

export const aLot = (facts: Partial<LotFacts> = {}): LotFacts => ({
  item: 'HE-81',
  lotId: 'lot-1',
  place: 'S1',
  quantity: 10,
  condition: 'A1',
  identity: 'known',
  lifeUntil: '2037-12-31',
  restriction: null,
  ...facts,
});

export const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => finding.rule);
