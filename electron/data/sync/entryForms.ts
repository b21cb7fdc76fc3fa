import { z } from 'zod';
import type { EntryType } from '../../../shared/domain/entries.ts';
import { constructions, exposedKinds, rockKinds, routeKinds } from '../../../shared/domain/site.ts';
import { checklistAnswers, inspectionKinds, inspectionResults, surveyMeasures } from '../../../shared/domain/surveillance.ts';

/**
 * What an entry of each type may say, as it comes from another device. Its owner can sign anything; what cannot be would
 * otherwise stand in the projections, and every check of the depot would fail on it. Members that a later program added
 * are let through; whoever gives a member another meaning, or a list another value, raises the version of the type.
 */

const text = z.string();
const whole = z.int();
/** More than any depot has, and few enough that sums of them stay whole. */
const AMOUNT_MAX = 1_000_000_000_000;
const count = z.int().min(0).max(AMOUNT_MAX);
/** Years 1 to 9999: what a calendar can write. */
const moment = z.int().min(-62_135_596_800_000).max(253_402_300_799_999);
const flag = z.boolean().nullable();
const wholeOrUnknown = count.nullable();
const words = text.nullable();
/** Codes are single lines, and far shorter than this; as much as a screen and a case can show. */
const line = text.max(400).regex(/^[^\p{Cc}]*$/u);
const place = line.min(1);
const date = z.iso.date();
const device = { device: text.regex(/^[0-9a-f]{32}$/), incarnation: z.int().min(1) };
const division = z.enum(['1.1', '1.2', '1.3', '1.4']);
const position = z.tuple([whole, whole]);
const shape = z.object({ kind: z.enum(['point', 'line', 'polygon']), points: z.array(position).min(1) });

const item = z.object({
  item: place,
  name: text,
  un: words,
  hazardCode: words,
  subdivision: z.enum(['1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2']).nullable(),
  form: z.enum(['article', 'substance']).nullable(),
  neqG: wholeOrUnknown,
  heNeqG: wholeOrUnknown,
  massG: wholeOrUnknown,
  packQuantity: wholeOrUnknown,
  unit: text,
  securityClass: wholeOrUnknown,
  weaponGroup: words,
  fillingNeqG: wholeOrUnknown.optional(),
  singleBaseNeqG: wholeOrUnknown.optional(),
  traits: words.optional(),
  shelfLifeMonths: wholeOrUnknown.optional(),
});

const movement = z.object({
  id: line,
  kind: z.enum(['opening', 'receipt', 'issue', 'move', 'return', 'expend', 'condition', 'reverse']),
  lotId: place,
  from: place,
  to: place,
  quantity: z.int().min(1).max(AMOUNT_MAX),
  fromCondition: line,
  condition: line,
  owner: line,
  holder: line,
  voucher: line,
  happenedAtMs: moment,
  reason: words,
  reverses: words,
  override: words,
  pack: words,
  findings: z.array(z.object({ rule: text, severity: text, place: text, subjects: z.array(text), blocked: z.boolean() })),
  consignment: line.optional(),
});

const underground = z.object({
  rock: z.enum(rockKinds).nullable(),
  coverMm: wholeOrUnknown,
  chamberVolumeM3: wholeOrUnknown,
  tunnelVolumeM3: wholeOrUnknown,
  tunnelAreaDm2: wholeOrUnknown,
  tunnelPerimeterMm: wholeOrUnknown,
  hasProtectiveConstruction: flag,
});

const structure = z.object({
  place,
  construction: z.enum(constructions).nullable(),
  isBarricaded: flag,
  hasProtectiveRoof: flag,
  frontMdeg: whole.nullable(),
  shape: shape.nullable(),
  conditionsMet: z.array(text),
  conditionsUntil: z.record(text, date).optional(),
  people: wholeOrUnknown,
  floorLoadMaxKgPerM2: wholeOrUnknown,
  stackHeightMaxMm: wholeOrUnknown,
  floorAreaDm2: wholeOrUnknown,
  underground: underground.nullable().optional(),
});

const exposedSite = z.object({
  exposed: place,
  name: text,
  kind: z.enum(exposedKinds).nullable(),
  route: z.enum(routeKinds).nullable(),
  usersPerDay: wholeOrUnknown,
  isBarricaded: flag,
  hasProtectiveRoof: flag,
  people: wholeOrUnknown,
  shape,
  isActive: z.boolean(),
  isBusyYard: flag.optional(),
});

const governingLimit = z.object({
  division: text,
  limitKg: whole.nullable(),
  exposed: words,
  exposedName: words,
  functionId: words,
  requiredM: whole.nullable(),
  actualM: whole.nullable(),
  restsOn: z.array(z.object({ id: line, words: text, until: words })).optional(),
});

const survey = Object.fromEntries(surveyMeasures.map((name) => [name, wholeOrUnknown]));
const withdrawal = z.object({ id: line, reason: text, atMs: moment });

const FORMS = {
  'depot.opened': z.object({ site: text, name: text, role: z.enum(['depot', 'authority', 'team']) }),
  'person.put': z.object({ person: place, publicKey: text, slot: text, roles: z.array(text), isActive: z.boolean() }),
  'recovery.set': z.object({ slot: text }),
  'recoveryRecipients.set': z.object({ recipients: z.array(text) }),
  'item.put': item,
  'place.put': z.object({
    place,
    name: text,
    kind: z.enum(['site', 'store', 'bay', 'external']),
    parent: words,
    type: words,
    lat7: whole.nullable(),
    lon7: whole.nullable(),
  }),
  'licence.set': z.object({ place, division, limitG: wholeOrUnknown }),
  'lot.put': z.object({
    lotId: place,
    item: place,
    text,
    identity: z.enum(['known', 'none', 'mixed', 'unknown']),
    maker: words,
    made: date.nullable(),
    lifeUntil: date.nullable(),
  }),
  'movement.posted': movement,
  'restriction.set': z.object({ id: line, kind: z.enum(['ban', 'suspension']), item: place, lotId: words, reason: text, setAtMs: moment }),
  'restriction.lifted': z.object({ id: line, reason: text, liftedAtMs: moment }),
  'requirement.put': z.object({
    item: place,
    category: z.enum(['first_line', 'reserve', 'training_per_year', 'test_per_year']),
    quantity: count,
    from: date,
    to: date,
    approvedBy: words,
  }),
  'pack.chosen': z.object({ pack: text, edition: text }),
  'policy.set': z.object({ family: text, kind: text, mode: z.enum(['block', 'warn', 'off']) }),
  'waiver.granted': z.object({
    id: line,
    rule: text,
    place,
    division: text.optional(),
    quantityMaxG: z.int().min(1).max(AMOUNT_MAX).optional(),
    until: date,
    reason: text,
  }),
  'waiver.withdrawn': withdrawal,
  'approval.granted': z.object({ id: line, rule: text, place, conditions: z.array(text), authority: text, until: date, reason: text }),
  'approval.withdrawn': withdrawal,
  'structure.put': structure,
  'exposedSite.put': exposedSite,
  'licence.issued': z.object({
    id: line,
    place,
    number: text,
    authority: text,
    issuedOn: date,
    reviewOn: date,
    pack: text,
    edition: text,
    limits: z.array(governingLimit),
  }),
  'pack.put': z.object({ pack: text, content: text }),
  'inspection.recorded': z.object({
    id: line,
    lotId: place,
    kind: z.enum(inspectionKinds),
    onDate: date,
    result: z.enum(inspectionResults),
    stabiliserPpm: wholeOrUnknown,
    remark: text,
  }),
  'surveillancePlan.put': z.object({ plan: text, content: text }),
  'surveillance.chosen': z.object({ plan: text, edition: text }),
  'conditions.chosen': z.object({ table: text, edition: text }),
  'life.changed': z.object({ id: line, lotId: place, until: date, inspection: words, reason: text }),
  'climate.logged': z.object({ place, logger: text, readings: z.array(z.tuple([moment, whole, whole.nullable()])).max(500) }),
  'checklist.recorded': z.object({
    id: line,
    place,
    checklist: text,
    onDate: date,
    answers: z.record(text, z.enum(checklistAnswers)),
    remark: text,
  }),
  'measures.recorded': z.object({ ...survey, id: line, place, onDate: date, remark: text }),
  'partner.trusted': z.object({ statement: text, source: z.enum(['list']).optional() }),
  'range.accepted': z
    .object({ ...device, from: z.int().min(1), upto: z.int().min(1), head: text, bundle: text })
    .refine(({ from, upto }) => from <= upto),
  'list.accepted': z.object({ list: text }),
  'device.revoked': z.object({ ...device, seq: count, head: words, reason: text }),
  'incarnation.opened': z.object({ ...device, seq: count, head: text, reason: text }),
  'case.opened': z.object({ id: line, kind: text, subject: text, facts: text }),
  'case.decided': z.object({ id: line, decision: text, reason: text }),
  'bundle.discarded': z.object({
    sha: line,
    name: text.max(200),
    code: line.nullable(),
    device: device.device.nullable(),
    incarnation: z.int().min(1).nullable(),
    reason: text,
  }),
  'depot.rekeyed': z.object({ closedSlots: count }),
  'access.failed': z.object({ count: z.int().min(0) }),
} as const satisfies Record<EntryType, z.ZodType>;

/** Whether an entry says what its type says. Of types and versions that this program does not know it cannot tell: true. */
export function hasItsForm(type: string, tv: number, data: unknown): boolean {
  return tv !== 1 || !Object.hasOwn(FORMS, type) || FORMS[type as EntryType].safeParse(data).success;
}
