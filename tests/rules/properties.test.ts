// Goal: the order of the facts never counts, more stock never clears anybody, a missing fact never helps, and the
// strictest pack is never the milder one. Method: random stores, good and bad data alike.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemTraits } from '../../shared/domain/model.ts';
import { casesOfStore } from '../../shared/rules/aggregation.ts';
import { contributionsOf } from '../../shared/rules/contributions.ts';
import type { ApprovalFacts, ItemFacts, StoreFacts, StoreLine } from '../../shared/rules/facts.ts';
import type { Finding } from '../../shared/rules/finding.ts';
import { familyOf } from '../../shared/rules/finding.ts';
import { compareVerdicts, type RulePack } from '../../shared/rules/pack.ts';
import { findingIdentity } from '../../shared/rules/ruleFinding.ts';
import { checkStore } from '../../shared/rules/store.ts';
import { aastp, anItem, iatg, packs, strictest } from './support.ts';

/** Often the codes that are added up in ways of their own. */
const code = fc.oneof(
  fc.constantFrom(...iatg.legalCodes.keys(), null, '1.1S', 'x'),
  fc.constantFrom('1.6N', '1.6N', '1.2D', '1.3C', '1.3G', '1.4S', '1.4D', '1.5D', '1.1E'),
);
const itemCodes = ['I0', 'I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'];
const natureOf = (item: string): fc.Arbitrary<ItemFacts> =>
  fc.record({
    item: fc.constant(item),
    un: fc.constant(null),
    hazardCode: code,
    subdivision: fc.constantFrom('1.2.1', '1.2.2', '1.3.1', '1.3.2', null),
    form: fc.constantFrom('article', 'substance', null),
    neqG: fc.option(fc.integer({ min: 0, max: 9000 })),
    heNeqG: fc.option(fc.integer({ min: 0, max: 900 })),
    // An item never weighs less than the explosive in it.
    massG: fc.option(fc.integer({ min: 9000, max: 20_000 })),
    // Parts may be more than the whole: somebody entered them wrongly.
    fillingNeqG: fc.option(fc.integer({ min: 0, max: 12_000 })),
    singleBaseNeqG: fc.option(fc.integer({ min: 0, max: 12_000 })),
    traits: fc.oneof(
      fc.constantFrom(null, '', 'demonstrated'),
      fc.subarray([...itemTraits]).map((words) => words.join(' ')),
    ),
  });
const heapState = fc.record({
  condition: fc.constantFrom('serviceable', 'banned', 'pending', 'disposal', 'unknown'),
  identity: fc.constantFrom('known', 'unknown'),
});
const approvals: ApprovalFacts[] = ['S1', 'S1-B1', 'S1-B2'].flatMap((place) => [
  { rule: 'mix.articles.N-N', place, conditions: ['oneFamily'], authority: 'A', until: '2030-01-01' },
  { rule: 'mix.segregation.propulsive', place, conditions: ['restrained'], authority: 'A', until: '2030-01-01' },
]);
/** One nature has one description wherever it lies. */
const store: fc.Arbitrary<StoreFacts> = fc.tuple(...itemCodes.map(natureOf)).chain((natures) =>
  fc.record({
    store: fc.constant('S1'),
    limitsG: fc.record({ '1.1': limit(), '1.2': limit(), '1.3': limit(), '1.4': limit() }, { requiredKeys: [] }),
    lines: fc.array(
      fc.record({
        item: fc.constantFrom(...natures),
        place: fc.constantFrom('S1', 'S1-B1', 'S1-B2'),
        quantity: fc.integer({ min: 1, max: 50 }),
        states: fc.array(heapState, { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 12 },
    ),
    approvals: fc.subarray(approvals),
    building: fc.option(fc.record({ construction: fc.constantFrom('light', 'ecm', null), isUnderground: fc.boolean() })),
  }),
);
function limit(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 400_000 });
}
const packName = fc.constantFrom('iatg-2021', 'aastp1-2006', 'strictest');
/** By name, so that a counterexample prints the name and not the pack. */
const packNamed = (name: string): RulePack => packs.find(({ id }) => id === name) ?? strictest;

/** Whether `later` says of every subject of `earlier`, in the same place and matter, at least as much. */
const isKept = (earlier: Finding, later: readonly Finding[]): boolean => {
  const same = later.filter((finding) => findingIdentity(finding) === findingIdentity(earlier) && finding.severity === earlier.severity);
  const neqKg = Math.max(...same.map((finding) => finding.numbers.neqKg ?? 0));
  return (
    earlier.subjects.every((subject) => same.some((finding) => finding.subjects.includes(subject))) && (earlier.numbers.neqKg ?? 0) <= neqKg
  );
};
/** Subjects that something stops, by family. */
const stopped = (findings: readonly Finding[], families: readonly string[]): ReadonlySet<string> =>
  new Set(
    findings.filter(({ severity, rule }) => severity === 'stop' && families.includes(familyOf(rule))).flatMap(({ subjects }) => subjects),
  );

describe('properties', () => {
  test('the order of the lines does not count', () => {
    fc.assert(
      fc.property(store, packName, fc.infiniteStream(fc.nat()), (facts, name, random) => {
        const shuffled = facts.lines
          .map((line) => ({ line, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ line }) => line);
        expect(checkStore({ ...facts, lines: shuffled }, packNamed(name))).toEqual(checkStore(facts, packNamed(name)));
      }),
    );
  });

  test('adding stock never removes or softens a finding', () => {
    fc.assert(
      fc.property(store, packName, fc.nat({ max: 11 }), (facts, name, at) => {
        const fewer: readonly StoreLine[] = facts.lines.filter((_line, i) => i !== at);
        const after = checkStore(facts, packNamed(name));
        for (const finding of checkStore({ ...facts, lines: fewer }, packNamed(name))) {
          // The doubt whether 1.2 and 1.3 explode as one ends where 1.1 joins them: then they certainly do.
          if (finding.rule !== 'limit.reactsAsOne') expect(isKept(finding, after), JSON.stringify(finding)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Partial<ItemFacts>, readonly string[]]>([
    ['form', { form: null }, ['class', 'mix', 'limit']],
    ['high explosive', { heNeqG: null }, ['class', 'mix', 'limit']],
    ['NEQ', { neqG: null }, ['class', 'mix']],
    ['NEQ and mass', { neqG: null, massG: null }, ['class', 'mix']],
    ['sub-division', { subdivision: null }, ['class', 'mix']],
    ['code', { hazardCode: null }, ['mix']],
    ['filling', { fillingNeqG: null }, ['class', 'mix', 'limit']],
    ['propellant', { singleBaseNeqG: null }, ['class', 'mix', 'limit']],
  ])('a missing %s never clears anybody', (_name, missing, families) => {
    fc.assert(
      fc.property(store, packName, fc.constantFrom(...itemCodes), (facts, name, forgotten) => {
        const lines = facts.lines.map((line) => (line.item.item === forgotten ? { ...line, item: { ...line.item, ...missing } } : line));
        const before = checkStore(facts, packNamed(name));
        const after = checkStore({ ...facts, lines }, packNamed(name));
        const stillStopped = stopped(after, families);
        for (const subject of stopped(before, families)) expect(stillStopped.has(subject), subject).toBe(true);
        // A limit may turn from exceeded to indeterminate; the store is stopped all the same. An unknown code counts as
        // 1.1, whose limit is the lowest of a real licence but not of a random one.
        const isCodeKnown = !('hazardCode' in missing);
        if (isCodeKnown && stopped(before, ['limit']).size > 0) expect(stopped(after, ['limit']).size).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test('traits that nobody entered never clear a store whose licence allows 1.1 least', () => {
    fc.assert(
      fc.property(store, packName, fc.constantFrom(...itemCodes), (facts, name, forgotten) => {
        // What would fly is only asked about where nobody knows it, and so is whether 1.2 and 1.3 explode as one.
        const isAsked = (item: ItemFacts) => /propulsive|shapedCharge|Propellant/.test(item.traits ?? '');
        const kept = facts.lines.filter(({ item }) => !isAsked(item));
        const least = Math.min(...Object.values(facts.limitsG), 400_000);
        const known = { ...facts, lines: kept, limitsG: { ...facts.limitsG, '1.1': least } };
        const lines = kept.map((line) => (line.item.item === forgotten ? { ...line, item: { ...line.item, traits: null } } : line));
        const families = ['class', 'mix', 'limit'];
        // 1.6N asks for a licence of 1.3 only where it was shown to be no more than that.
        const before = checkStore(known, packNamed(name)).filter(({ rule }) => rule !== 'limit.unlicensed');
        const after = stopped(checkStore({ ...known, lines }, packNamed(name)), families);
        for (const subject of stopped(before, families)) expect(after.has(subject), subject).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a building of which nothing is known never clears a store', () => {
    fc.assert(
      fc.property(store, packName, (facts, name) => {
        const after = checkStore({ ...facts, building: null }, packNamed(name));
        for (const finding of checkStore(facts, packNamed(name))) expect(isKept(finding, after), JSON.stringify(finding)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('more NEQ in an article never makes less of what counts', () => {
    fc.assert(
      fc.property(store, packName, fc.constantFrom(...itemCodes), fc.integer({ min: 1, max: 5000 }), (facts, name, grown, more) => {
        const pack = packNamed(name);
        const lines = facts.lines.map((line) =>
          line.item.item === grown && line.item.neqG !== null ? { ...line, item: { ...line.item, neqG: line.item.neqG + more } } : line,
        );
        const later = casesOfStore(contributionsOf({ ...facts, lines }, pack), pack);
        for (const { division, hazardDivision, neqG } of casesOfStore(contributionsOf(facts, pack), pack)) {
          const same = later.find((found) => found.division === division && found.hazardDivision === hazardDivision);
          expect(same?.neqG ?? -1).toBeGreaterThanOrEqual(neqG);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('where neither NEQ nor mass is known, the store is over or cannot be told', () => {
    fc.assert(
      fc.property(store, packName, (facts, name) => {
        const blind = facts.lines.map((line) => ({ ...line, item: { ...line.item, neqG: null, massG: null } }));
        const findings = checkStore({ ...facts, lines: blind }, packNamed(name));
        expect(findings.some(({ rule }) => rule === 'limit.indeterminate')).toBe(facts.lines.length > 0);
      }),
    );
  });

  test('the strictest pack stops whatever either stops', () => {
    fc.assert(
      fc.property(store, fc.constantFrom('iatg-2021', 'aastp1-2006'), (facts, name) => {
        const families = ['class', 'mix', 'limit'];
        const strict = stopped(checkStore(facts, strictest), families);
        for (const subject of stopped(checkStore(facts, packNamed(name)), families)) expect(strict.has(subject), subject).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('no cell of the strictest pack is milder than either', () => {
  for (const [key, cell] of strictest.articles) {
    for (const one of [iatg, aastp]) {
      expect(compareVerdicts(cell.verdict, one.articles.get(key)?.verdict ?? 'permitted'), key).toBeGreaterThanOrEqual(0);
      const notes = one.articles.get(key)?.verdict === cell.verdict ? (one.articles.get(key)?.notes ?? []) : [];
      for (const note of notes) expect(cell.notes.map(({ id }) => id)).toContain(note.id);
    }
  }
});

test('findings never carry an empty source, pack, edition or subject', () => {
  fc.assert(
    fc.property(store, packName, (facts, name) => {
      for (const finding of checkStore(facts, packNamed(name))) {
        expect([finding.source, finding.pack, finding.edition, finding.place].every((text) => text.trim() !== '')).toBe(true);
        expect(finding.subjects.length).toBeGreaterThan(0);
        expect(finding.subjects).toEqual([...new Set(finding.subjects)].sort());
      }
    }),
  );
  expect(checkStore({ store: 'S1', limitsG: {}, lines: [{ item: anItem(), place: 'S1', quantity: 0 }], approvals: [] }, iatg)).toEqual([]);
});
