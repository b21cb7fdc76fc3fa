import { err, type Result } from '../../../shared/lib/result.ts';
import { type BasePack, readNationalPack } from '../../../shared/rules/nationalPack.ts';
import type { RulePack } from '../../../shared/rules/pack.ts';
import { packJson, rulePacks } from './books.ts';

/** Read once for each text: a check asks for the pack of its site many times. */
const read = new Map<string, Result<RulePack, readonly string[]>>();

const bases = (): ReadonlyMap<string, BasePack> =>
  new Map(Object.entries(packJson).map(([id, json]) => [id, { json, pack: rulePacks().get(id) as RulePack }]));

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** The pack that a text of JSON says, or everything that is wrong with it. */
export function nationalPackOf(content: string): Result<RulePack, readonly string[]> {
  const known = read.get(content);
  if (known !== undefined) return known;
  const json = parsed(content);
  const found = json === undefined ? err(['the file is not JSON']) : readNationalPack(json, bases());
  read.set(content, found);
  return found;
}
