import { type Item, type Subdivision, UNTOLD_ITEM_FACTS } from '../../../shared/domain/model.ts';
import type { Catalogue, CatalogueEntry } from '../../../shared/rules/catalogue.ts';
import type { Random } from './random.ts';

export type Nature = Readonly<{ item: Omit<Item, 'site'>; family: number }>;
type Family = Readonly<{ name: string; codes: readonly string[] }>;

/** Grams of one unit by how the nature is handled; invented, in the order of size of such things. */
const MASS_G_BY_DIVISION: Readonly<Record<string, readonly [number, number]>> = {
  '1.1': [200, 40_000],
  '1.2': [300, 12_000],
  '1.3': [100, 20_000],
  '1.4': [8, 900],
};
const NAME_LENGTH_MAX = 60;

function subdivisionOf(code: string, heNeqG: number): Subdivision | null {
  if (code.startsWith('1.2')) return heNeqG > 136 ? '1.2.1' : '1.2.2';
  if (code.startsWith('1.3')) return code.endsWith('C') ? '1.3.1' : '1.3.2';
  return null;
}

/** One nature for a UN number: number, code and name are facts, the figures are invented. */
export function natureOf(entry: CatalogueEntry, number: number, random: Random): Omit<Item, 'site'> {
  const [least, most] = MASS_G_BY_DIVISION[entry.code.slice(0, 3)] ?? [100, 1_000];
  const massG = random.between(least, most);
  const neqG = Math.max(1, Math.floor((massG * random.between(5, 35)) / 100));
  const heNeqG = /[DEF]$/.test(entry.code) ? neqG : 0;
  return {
    item: `N${String(number).padStart(4, '0')}`,
    name: `${entry.name.slice(0, NAME_LENGTH_MAX)}, model ${String.fromCharCode(65 + (number % 26))}${number}`,
    un: entry.un,
    hazardCode: entry.code,
    subdivision: subdivisionOf(entry.code, heNeqG),
    form: 'article',
    neqG,
    heNeqG,
    massG,
    packQuantity: random.pick([1, 2, 3, 6, 12, 24, 100, 500]),
    unit: 'each',
    securityClass: random.between(2, 4),
    weaponGroup: number % 3 === 0 ? `W${number % 20}` : null,
    ...UNTOLD_ITEM_FACTS,
    // Somebody looked at all of them: a planned depot has no open questions but the planted ones.
    traits: '',
  };
}

/** Articles of the catalogue whose code a family takes, in turn, until there are enough. */
export function makeNatures(catalogue: Catalogue, families: readonly Family[], count: number, random: Random): Nature[] {
  const entries = [...catalogue.byNumber.values()].flat().filter((entry) => entry.form === 'article');
  const byFamily = families.map((family) => entries.filter((entry) => family.codes.includes(entry.code)));
  return Array.from({ length: count }, (_, at) => {
    const family = at % families.length;
    const choices = byFamily[family] as CatalogueEntry[];
    return { family, item: natureOf(choices[Math.floor(at / families.length) % choices.length] as CatalogueEntry, at + 1, random) };
  });
}
