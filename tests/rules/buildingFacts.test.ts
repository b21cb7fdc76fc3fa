// Goal: whether a place is underground is answered in one way for the counting of the NEQ, and never milder than distances do.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constructions } from '../../shared/domain/site.ts';
import { NOTHING_KNOWN } from '../../shared/rules/distance/underground.ts';
import { buildingFactsOf, chamberOf } from '../../shared/rules/site/kinds.ts';
import { aPotential } from './siteSupport.ts';

test.each<[string, Parameters<typeof buildingFactsOf>, ReturnType<typeof buildingFactsOf>]>([
  ['nothing known', [null, null], null],
  ['a type above the ground alone', [null, 'light'], null],
  ['a type underground alone', [null, 'underground'], { construction: null, isUnderground: true }],
  ['a building above the ground', [{ construction: 'light', hasChamber: false }, null], { construction: 'light', isUnderground: false }],
  [
    'a construction underground',
    [{ construction: 'underground', hasChamber: false }, null],
    { construction: 'underground', isUnderground: true },
  ],
  ['facts of a chamber', [{ construction: 'light', hasChamber: true }, 'light'], { construction: 'light', isUnderground: true }],
  ['a type that gainsays', [{ construction: 'light', hasChamber: false }, 'underground'], { construction: 'light', isUnderground: true }],
  ['unknown construction', [{ construction: null, hasChamber: false }, 'underground'], { construction: null, isUnderground: true }],
])('%s', (_name, asked, facts) => {
  expect(buildingFactsOf(...asked)).toEqual(facts);
});

test('what is a chamber to the distances is underground here', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(null, ...constructions),
      fc.boolean(),
      fc.constantFrom(null, ...constructions),
      fc.boolean(),
      (construction, hasChamber, type, isEntered) => {
        const { structure } = aPotential('S1', 0);
        const entered = structure && isEntered ? { ...structure, construction, underground: hasChamber ? NOTHING_KNOWN : null } : null;
        const isChamber = chamberOf({ structure: entered, type }) !== null;
        const facts = buildingFactsOf(entered && { construction, hasChamber }, type);
        if (isChamber) expect(facts?.isUnderground).toBe(true);
      },
    ),
  );
});
