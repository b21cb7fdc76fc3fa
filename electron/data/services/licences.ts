import type { LicenceLimit, LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import type { LicenceDivision } from '../../../shared/domain/model.ts';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { blastAt, effectsOf } from '../../../shared/rules/blast/blast.ts';
import { firstEndOf, NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import { neqKgOf } from '../../../shared/rules/limits.ts';
import { licenceOf } from '../../../shared/rules/site/change.ts';
import type { Load, Loads, OnPlace } from '../../../shared/rules/site/checkSite.ts';
import { computeLicence, type DivisionLimit } from '../../../shared/rules/site/licence.ts';
import { pairFacts, type SitePlan, targetsOf } from '../../../shared/rules/site/plan.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findPlace, listLicences } from '../repositories/reference.ts';
import { findLapsedLimits, listLicenceDocuments, listPotentials } from '../repositories/site.ts';
import { blastBook } from '../rules/books.ts';
import { requireApproval, requireRole } from './authority.ts';
import { dateOf, packOf } from './checking.ts';
import { licenceBasis, surroundingsOf } from './licenceBasis.ts';
import { siteFindings, sitePlanOf } from './sitePlan.ts';

export const governingOf = ({ division, limitKg, governing, restsOn }: DivisionLimit): GoverningLimit => ({
  division,
  limitKg,
  exposed: governing?.target ?? null,
  exposedName: governing?.targetName ?? null,
  functionId: governing === null ? null : (governing.required.functionId ?? `${governing.required.distanceM} m`),
  requiredM: governing?.required.distanceM ?? null,
  actualM: governing === null ? null : Math.floor(governing.actualMm / 1000),
  ...(restsOn.length === 0 ? {} : { restsOn }),
});

/** The same with the row that says so, for the sheet; the entry of an issued licence names the function only. */
const limitOf = (limit: DivisionLimit): LicenceLimit => {
  const row = limit.governing?.required.row ?? null;
  return { ...governingOf(limit), rule: row?.id ?? null, source: row?.source ?? null, status: row?.status ?? null };
};

/** The plan of the own site and what lies in it, as of today. */
export function planNow(ledger: Ledger): Readonly<{ plan: SitePlan; loads: Loads }> {
  return sitePlanOf(ledger, ledger.site, packOf(ledger), dateOf(ledger.deps.nowMs()));
}

export function requirePotential(plan: SitePlan, place: string): void {
  if (!plan.potentials.has(place)) throw new Refused({ code: 'unknownPlace', place });
}

/** What each exposed site would feel if everything in the place went up at once, nearest first. */
function effectsAround(plan: SitePlan, load: Load | undefined, place: string): LicenceView['effects'] {
  const neqG = (load?.contributions ?? []).filter(({ division }) => division !== '1.4').reduce((sum, each) => sum + each.neqG, 0);
  const from = plan.potentials.get(place);
  if (neqG === 0 || from === undefined) return [];
  return targetsOf(plan, from)
    .flatMap((target) => {
      const facts = pairFacts(plan, from, target);
      if (facts === null) return [];
      const actualM = Math.floor(facts.actualMm / 1000);
      const blast = blastAt(blastBook(), neqG / 1000, Math.max(actualM, 1));
      return [
        {
          target: target.id,
          name: target.kind === 'exposed' ? target.exposed.name : target.id,
          actualM,
          incidentKPa: blast.incidentKPa === null ? null : Math.ceil(blast.incidentKPa * 10) / 10,
          bands: effectsOf(blastBook(), blast).map(({ target: of, words, source, status }) => ({ target: of, words, source, status })),
        },
      ];
    })
    .sort((a, b) => a.actualM - b.actualM);
}

/** Everything that the licence sheet of one storehouse shows. */
export function licenceSheet(ledger: Ledger, place: string): LicenceView {
  const { plan, loads } = planNow(ledger);
  requirePotential(plan, place);
  const pack = packOf(ledger);
  const load = loads.get(place);
  const potential = plan.potentials.get(place);
  const limits = licenceOf(plan, place);
  const documents = listLicenceDocuments(ledger, ledger.site).filter((document) => document.place === place);
  return {
    place,
    name: findPlace(ledger, ledger.site, place)?.name ?? '',
    pack: pack.id,
    edition: pack.edition,
    structure: potential?.structure ?? null,
    shape: potential?.shape ?? null,
    limits: limits?.map(limitOf) ?? null,
    ...limitsInForce(ledger, place),
    neqKg: neqKgOf((load?.contributions ?? []).reduce((sum, each) => sum + each.neqG, 0)),
    documents,
    basis: licenceBasis(ledger, {
      plan,
      pack,
      place,
      today: dateOf(ledger.deps.nowMs()),
      limits: [...(limits ?? []), ...(documents[0]?.limits ?? [])],
    }),
    surroundings: surroundingsOf(plan, place),
    findings: siteFindings({ plan, loads }, pack).filter((finding) => finding.place === place),
    effects: effectsAround(plan, load, place),
  };
}

/** The limits that movements are held against: what lost its basis is not among them. */
function limitsInForce(ledger: Ledger, place: string): Pick<LicenceView, 'set' | 'lapsed'> {
  const lapsed = findLapsedLimits(ledger, ledger.site, place, dateOf(ledger.deps.nowMs()));
  const divisions = Object.entries(lapsed).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    set: listLicences(ledger, ledger.site, place)
      .filter(({ division }) => !(division in lapsed))
      .map(({ division, limitG }) => ({ division, limitKg: limitG / 1000 })),
    lapsed: divisions.map(([division, { licence, conditions }]) => ({ division, licence, conditions })),
  };
}

/** The register: every place with its limits, newest document and review date. */
export function licenceRegister(ledger: Ledger, onPlace?: OnPlace): readonly RegisterRow[] {
  const documents = listLicenceDocuments(ledger, ledger.site);
  const today = dateOf(ledger.deps.nowMs());
  const { plan, loads } = planNow(ledger);
  const stops = Map.groupBy(
    siteFindings({ plan, loads }, packOf(ledger), onPlace).filter(({ severity }) => severity === 'stop'),
    ({ place }) => place,
  );
  return listPotentials(ledger, ledger.site).map(({ place, name }) => {
    const newest = documents.find((document) => document.place === place) ?? null;
    const potential = plan.potentials.get(place);
    const { set, lapsed } = limitsInForce(ledger, place);
    return {
      place,
      name,
      limits: set,
      number: newest?.number ?? null,
      issuedOn: newest?.issuedOn ?? null,
      reviewOn: newest?.reviewOn ?? null,
      isReviewDue: newest !== null && (newest.reviewOn <= today || potential === undefined || lapsed.length > 0),
      shape: potential?.shape ?? null,
      neqKg: neqKgOf((loads.get(place)?.contributions ?? []).reduce((sum, each) => sum + each.neqG, 0)),
      stops: stops.get(place)?.length ?? 0,
    };
  });
}

/** The limit of a licence's division: the least of its sub-divisions; nothing around sets a limit where null. */
function licensedKg(limits: readonly DivisionLimit[], division: LicenceDivision): number {
  const own = limits.filter((each) => each.division.startsWith(division)).map(({ limitKg }) => limitKg ?? NEQ_LICENSED_MAX_KG);
  return Math.min(NEQ_LICENSED_MAX_KG, ...own);
}

export type LicenceInput = Readonly<{
  place: string;
  number: string;
  authority: string;
  issuedOn: string;
  reviewOn: string;
  /** What the building itself may hold, where that is less than its surroundings allow. */
  capacityKg: number | null;
}>;

/** A licence is looked at again before what it rests on is over: on the first such day at the latest. */
function checkReview({ issuedOn, reviewOn }: LicenceInput, limits: readonly DivisionLimit[]): void {
  const refused = (expected: string) => new Refused({ code: 'badValue', field: 'reviewOn', value: reviewOn, expected });
  if (reviewOn <= issuedOn) throw refused(`a day after ${issuedOn}`);
  const end = firstEndOf(limits.flatMap(({ restsOn }) => restsOn));
  if (end !== null && reviewOn > end) throw refused(`YYYY-MM-DD ≤ ${end}, the last day of what the limits rest on`);
}

/**
 * Issues the licence of a storehouse as its surroundings allow today: the document with what governed, and the limits
 * that every movement is held against. Two people sign.
 */
export function issueLicence(
  ledger: Ledger,
  input: LicenceInput,
  second: Second | undefined,
): Readonly<{ id: string; limits: readonly GoverningLimit[] }> {
  requireRole(ledger, 'licence');
  const { plan } = planNow(ledger);
  requirePotential(plan, input.place);
  if (findPlace(ledger, ledger.site, input.place)?.kind !== 'store') throw new Refused({ code: 'unknownPlace', place: input.place });
  const limits = computeLicence(plan, input.place);
  if (limits === null) throw new Refused({ code: 'badValue', field: 'place', value: input.place, expected: 'a place with a position' });
  checkReview(input, limits);
  requireApproval(ledger, 'override', second);
  const { capacityKg, ...document } = input;
  const pack = packOf(ledger);
  const id = ledger.deps.newId();
  const governing = limits.map(governingOf);
  inWriteTransaction(ledger, (tx) => {
    record(tx, { type: 'licence.issued', data: { id, ...document, pack: pack.id, edition: pack.edition, limits: governing } }, { second });
    for (const division of ['1.1', '1.2', '1.3', '1.4'] as const) {
      const limitKg = Math.min(licensedKg(limits, division), capacityKg ?? NEQ_LICENSED_MAX_KG);
      record(tx, { type: 'licence.set', data: { place: input.place, division, limitG: limitKg * 1000 } }, { second });
    }
  });
  return { id, limits: governing };
}
