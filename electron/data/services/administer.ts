import type { EntryData } from '../../../shared/domain/entries.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';
import type { LicenceDivision, RestrictionKind } from '../../../shared/domain/model.ts';
import type { ConditionCode } from '../../../shared/rules/conditions.ts';
import { familyOf } from '../../../shared/rules/finding.ts';
import { isPerDivision } from '../../../shared/rules/limits.ts';
import { policyKinds, policyModes, ruleFamilies } from '../../../shared/rules/policy.ts';
import { waivableRules } from '../../../shared/rules/ruleIds.ts';
import { waivedQuantityOf } from '../../../shared/rules/waivers.ts';
import { inWriteTransaction, type Ledger, record, type Second } from '../ledger.ts';
import { Refused } from '../refused.ts';
import { findItem, findLot, findPlace, findRestrictionById, findSetting, listLicences } from '../repositories/reference.ts';
import { conditionBook, DEFAULT_CONDITIONS } from '../rules/books.ts';
import { checkUntil } from './approvals.ts';
import { requireApproval, requireRole } from './authority.ts';
import { findPack, packOf } from './checking.ts';

const refuse = (refusal: DomainError): never => {
  throw new Refused(refusal);
};

export type BanInput = Readonly<{ kind: RestrictionKind; item: string; lotId?: string | undefined; reason: string }>;
/** Blocks issue of every holding of an item or of one lot, at once and everywhere in this file. */
export function setRestriction(ledger: Ledger, { kind, item, lotId, reason }: BanInput): { id: string } {
  requireRole(ledger, 'restriction');
  if (findItem(ledger, ledger.site, item) === undefined) refuse({ code: 'unknownItem', item });
  if (lotId !== undefined && findLot(ledger, ledger.site, lotId)?.item !== item) refuse({ code: 'unknownLot', item, lot: lotId });
  if (reason.trim() === '') refuse({ code: 'reasonRequired' });
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) =>
    record(tx, { type: 'restriction.set', data: { id, kind, item, lotId: lotId ?? null, reason, setAtMs: tx.deps.nowMs() } }),
  );
  return { id };
}

export function liftRestriction(ledger: Ledger, { id, reason }: { id: string; reason: string }): { id: string } {
  requireRole(ledger, 'restriction');
  const row = findRestrictionById(ledger, ledger.site, id);
  if (row === undefined || row.liftedAtMs !== null) refuse({ code: 'unknownRestriction', id });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'restriction.lifted', data: { id, reason, liftedAtMs: tx.deps.nowMs() } }));
  return { id };
}

/** `limitG` null takes the licence back, which is not a limit of zero. */
export function setLicence(
  ledger: Ledger,
  data: Readonly<{ place: string; division: LicenceDivision; limitG: number | null }>,
): typeof data {
  requireRole(ledger, 'licence');
  if (findPlace(ledger, ledger.site, data.place)?.kind !== 'store') refuse({ code: 'unknownPlace', place: data.place });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'licence.set', data }));
  return data;
}

export function choosePack(ledger: Ledger, { pack }: { pack: string }): { pack: string; edition: string } {
  requireRole(ledger, 'policy');
  const edition = findPack(ledger, ledger.site, pack)?.edition ?? refuse({ code: 'unknownPack', pack });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'pack.chosen', data: { pack, edition } }));
  return { pack, edition };
}

/** Which codes of condition are offered here; codes of other tables keep their meaning. */
export function chooseConditions(ledger: Ledger, { table }: { table: string }): { table: string; edition: string } {
  requireRole(ledger, 'policy');
  const { tables } = conditionBook();
  const edition =
    tables.find(({ id }) => id === table)?.edition ??
    refuse({ code: 'badValue', field: 'table', value: table, expected: tables.map(({ id }) => id).join(', ') });
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'conditions.chosen', data: { table, edition } }));
  return { table, edition };
}

/** The codes of the table that the site chose. */
export function conditionChoices(ledger: Ledger): readonly ConditionCode[] {
  const chosen = findSetting(ledger, ledger.site, 'conditions') ?? DEFAULT_CONDITIONS;
  const { tables, all } = conditionBook();
  return [...(tables.find(({ id }) => id === chosen) ?? all).codes.values()];
}

export function setPolicy(ledger: Ledger, data: Readonly<{ family: string; kind: string; mode: string }>): typeof data {
  requireRole(ledger, 'policy');
  const checked: Readonly<Record<string, readonly string[]>> = { family: ruleFamilies, kind: policyKinds, mode: policyModes };
  for (const field of ['family', 'kind', 'mode'] as const) {
    const allowed = checked[field] ?? [];
    if (!allowed.includes(data[field])) refuse({ code: 'badValue', field, value: data[field], expected: allowed.join(', ') });
  }
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'policy.set', data }));
  return data;
}

const WAIVER_DIVISIONS = '1.1, 1.2, 1.3, 1.4';

/** `mix.…, limit.…`, in the order of the policy. */
function familiesOf(rules: ReadonlySet<string>): string {
  const present = new Set([...rules].map(familyOf));
  return ruleFamilies
    .filter((family) => present.has(family))
    .map((family) => `${family}.…`)
    .join(', ');
}

export type WaiverInput = Omit<EntryData['waiver.granted'], 'id'>;

/** A waiver that no finding would ever match, or that matches only what never stops, is refused: it would be signed in vain, and somebody would rely on it. */
function checkWaiver(ledger: Ledger, data: WaiverInput): void {
  const { rule, place, division, until, reason } = data;
  const found = findPlace(ledger, ledger.site, place);
  if (found === undefined || found.kind === 'external') refuse({ code: 'unknownPlace', place });
  const rules = waivableRules(packOf(ledger));
  if (!rules.has(rule)) refuse({ code: 'badValue', field: 'rule', value: rule, expected: familiesOf(rules) });
  if (isPerDivision(rule) !== (division !== undefined))
    refuse({ code: 'badValue', field: 'division', value: division ?? '', expected: isPerDivision(rule) ? WAIVER_DIVISIONS : '–' });
  checkWaivedQuantity(ledger, data);
  checkUntil(ledger, until);
  if (reason.trim() === '') refuse({ code: 'reasonRequired' });
}

/** Nobody signs for any quantity there may be, and nobody for one that is within the licence or that the rule does not know. */
function checkWaivedQuantity(ledger: Ledger, { rule, place, division, quantityMaxG }: WaiverInput): void {
  const badKilograms = (expected: string) =>
    refuse({ code: 'badValue', field: 'quantityMaxKg', value: String((quantityMaxG ?? 0) / 1000), expected });
  if (waivedQuantityOf(rule) === null && quantityMaxG !== undefined) badKilograms('–');
  if (waivedQuantityOf(rule) === null) return;
  if (quantityMaxG === undefined) throw new Refused({ code: 'waiverQuantityRequired', rule });
  if (!Number.isSafeInteger(quantityMaxG) || quantityMaxG < 1) badKilograms('> 0');
  const licence = listLicences(ledger, ledger.site, place).find((each) => each.division === division);
  if (rule === 'limit.exceeded' && licence !== undefined && quantityMaxG <= licence.limitG)
    badKilograms(`> ${licence.limitG / 1000}, the limit in force`);
}

/**
 * Lets one finding at one place, and in one division where it is about one, pass until a day and, where it is about one, up to
 * a quantity; two people sign.
 */
export function grantWaiver(ledger: Ledger, data: WaiverInput, second: Second | undefined): { id: string } {
  requireRole(ledger, 'override');
  checkWaiver(ledger, data);
  requireApproval(ledger, 'override', second);
  const id = ledger.deps.newId();
  inWriteTransaction(ledger, (tx) => record(tx, { type: 'waiver.granted', data: { id, ...data } }, { second }));
  return { id };
}
