import { z } from 'zod';
import { constructions, exposedKinds, rockKinds, routeKinds } from '../domain/site.ts';
import { checklistAnswers, inspectionKinds, inspectionResults, MEASURE_MM_MAX } from '../domain/surveillance.ts';

/** Every input is hostile until it has passed here. Unknown keys are refused. */
const ONE_LINE = /^\P{Cc}*$/u;
export const code = z.string().trim().regex(ONE_LINE).min(1).max(64).normalize('NFC');
export const text = (max: number) => z.string().max(max).normalize('NFC');
const uuid = z.uuid();
export const date = z.iso.date();
const instantMs = z.number().int().min(0).max(9_999_999_999_999);
export const passphrase = z.string().min(1).max(1024);
/** A token of the page; the main process has put the path in its place by the time that the data process decodes it. */
const fileToken = z.string().min(1).max(4096);

export const nothing = z.strictObject({});

export const createDepot = z.strictObject({
  file: fileToken,
  site: code.max(16),
  name: text(200).min(1),
  role: z.enum(['depot', 'authority', 'team']),
  user: code,
  passphrase,
});
export const unlockDepot = z.strictObject({ file: fileToken, passphrase });
export const chooseFile = z.strictObject({
  purpose: z.enum([
    'openDepot',
    'newDepot',
    'importCsv',
    'saveBundle',
    'openBundle',
    'openBundleFolder',
    'saveIdentity',
    'openIdentity',
    'openTrustList',
    'savePdf',
    'tailFolder',
  ]),
});

export const paperSizes = ['A4', 'Letter'] as const;
/** Onto paper where `file` is null, else into the PDF that was chosen. */
export const printPage = z.strictObject({ size: z.enum(paperSizes), file: fileToken.nullable() });

export const stockSortColumns = [
  'item',
  'itemName',
  'lot',
  'place',
  'quantity',
  'condition',
  'owner',
  'holder',
  'hazardCode',
  'neqG',
  'made',
  'lifeUntil',
] as const;
export const listStock = z.strictObject({
  /** Looks in item code and name, lot text, place. Empty: everything. */
  search: text(100).default(''),
  filters: z
    .strictObject({
      site: text(64),
      item: text(64),
      place: text(64),
      condition: text(64),
      owner: text(64),
      holder: text(64),
      hazardCode: text(8),
    })
    .partial()
    .default({}),
  sort: z.strictObject({ column: z.enum(stockSortColumns), isDescending: z.boolean() }).default({ column: 'item', isDescending: false }),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
});
export const lotOf = z.strictObject({ site: code, lotId: uuid });
export const search = z.strictObject({ search: text(100).default(''), limit: z.number().int().min(1).max(200).default(50) });
export const lotsOf = z.strictObject({ item: code });

/**
 * One movement as a person asks for it. Quantity is text, so that the service and not the decoder answers
 * `badQuantity`. What is left out is taken from the only holding that matches.
 */
export const movementRequest = z.strictObject({
  id: uuid,
  kind: z.enum(['receipt', 'issue', 'move', 'return', 'expend', 'condition', 'reverse']),
  item: text(64).optional(),
  lot: text(200).optional(),
  lotId: uuid.optional(),
  /** A receipt of a lot that is not in the books yet. */
  newLot: z
    .strictObject({
      text: text(200),
      identity: z.enum(['known', 'none', 'mixed', 'unknown']),
      maker: text(100).nullable(),
      made: date.nullable(),
      lifeUntil: date.nullable(),
    })
    .optional(),
  from: text(64).optional(),
  to: text(64).optional(),
  quantity: text(32).optional(),
  condition: text(64).optional(),
  /** For a condition change: the condition it had. */
  fromCondition: text(64).optional(),
  owner: text(64).optional(),
  holder: text(64).optional(),
  happenedAtMs: instantMs.optional(),
  reason: text(1000).optional(),
  reverses: uuid.optional(),
  override: text(1000).optional(),
  /** An issue to another depot: its code; the issue gets the number under which the other side receives it. */
  consignTo: code.max(16).optional(),
  /** The number of a consignment: on the receipt of one, and on further issues that belong to one. */
  consignment: code.optional(),
});
export type MovementRequest = z.output<typeof movementRequest>;
/** The second person gives the own passphrase; it is used in the data process and kept nowhere. */
export const postMovement = z.strictObject({
  request: movementRequest,
  second: z.strictObject({ user: code, passphrase }).optional(),
});

export const surplusPolicy = z.strictObject({
  horizonYears: z.number().int().min(1).max(50).default(10),
  leadYears: z.number().int().min(0).max(20).default(3),
  reserveMinLifeYears: z.number().int().min(0).max(30).default(5),
  firstLineInReserve: z.boolean().default(true),
});
export const runSurplus = z.strictObject({
  asOf: date,
  item: code.optional(),
  policy: surplusPolicy.default({ horizonYears: 10, leadYears: 3, reserveMinLifeYears: 5, firstLineInReserve: true }),
});

export const importKinds = ['items', 'places', 'lots', 'stock', 'requirements'] as const;
export const runImport = z.strictObject({
  files: z.strictObject({ items: fileToken, places: fileToken, lots: fileToken, stock: fileToken, requirements: fileToken }).partial(),
  /** Per kind: our column → the header in the file. */
  mapping: z.partialRecord(z.enum(importKinds), z.record(z.string(), z.string())).default({}),
  atMs: instantMs.optional(),
  isDryRun: z.boolean(),
});

const second = z.strictObject({ user: code, passphrase }).optional();
export const trustPartner = z.strictObject({ file: fileToken, fingerprint: text(300).optional(), second });
export const revokePartner = z.strictObject({
  device: code,
  reason: text(1000),
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  second,
});
/** Without `file`: the list that came in a bundle and waits. */
export const acceptList = z.strictObject({ file: fileToken.optional(), fingerprint: text(300).optional(), second });
/** `partMb`: cut into parts of as many MiB, for media and mail that take no more. */
export const createBundle = z.strictObject({
  to: code,
  file: fileToken,
  partMb: z.number().int().min(1).max(72).nullable().default(null),
});
export const openIncarnation = z.strictObject({ reason: text(1000), second });
export const applyBundle = z.strictObject({ file: fileToken });
/** The folder of the tail; left out: none is kept any more. */
export const setTail = z.strictObject({ file: fileToken.optional() });
export const caseOf = z.strictObject({ id: text(64).min(4) });
export const listCases = z.strictObject({ isOpenOnly: z.boolean().default(true) });
export const decideCase = z.strictObject({
  decided: z.strictObject({ id: text(64).min(4), decision: code, reason: text(1000) }),
  second: z.strictObject({ user: code, passphrase }).optional(),
});
export const discardWaiting = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{43}$/), reason: text(1000) });
export const saveDraft = z.strictObject({ form: code, content: z.record(text(64), text(2000)) });
export const draftOf = z.strictObject({ form: code });
export const taskOf = z.strictObject({ task: z.string().max(64) });
export const saveIdentity = z.strictObject({ file: fileToken });

const degrees7 = (most: number) =>
  z
    .number()
    .int()
    .min(-most * 10_000_000)
    .max(most * 10_000_000);
const shape = z.strictObject({
  kind: z.enum(['point', 'line', 'polygon']),
  points: z
    .array(z.tuple([degrees7(90), degrees7(180)]))
    .min(1)
    .max(1000),
});
const people = z.number().int().min(0).max(10_000_000).nullable();
const measure = z.number().int().min(0).max(1_000_000_000).nullable();
const underground = z.strictObject({
  rock: z.enum(rockKinds).nullable(),
  coverMm: measure,
  chamberVolumeM3: measure,
  tunnelVolumeM3: measure,
  tunnelAreaDm2: measure,
  tunnelPerimeterMm: measure,
  hasProtectiveConstruction: z.boolean().nullable(),
});
export const structure = z.strictObject({
  place: code,
  construction: z.enum(constructions).nullable(),
  isBarricaded: z.boolean().nullable(),
  hasProtectiveRoof: z.boolean().nullable(),
  frontMdeg: z.number().int().min(0).max(359_999).nullable(),
  shape: shape.nullable(),
  conditionsMet: z.array(code).max(20),
  conditionsUntil: z.record(code, date).default({}),
  people,
  floorLoadMaxKgPerM2: z.number().int().min(0).nullable(),
  stackHeightMaxMm: z.number().int().min(0).nullable(),
  floorAreaDm2: z.number().int().min(0).nullable(),
  underground: underground.nullable().default(null),
});
export const exposedSite = z.strictObject({
  exposed: code,
  name: text(200).min(1),
  kind: z.enum(exposedKinds).nullable(),
  route: z.enum(routeKinds).nullable(),
  usersPerDay: z.number().int().min(0).nullable(),
  isBarricaded: z.boolean().nullable(),
  hasProtectiveRoof: z.boolean().nullable(),
  people,
  shape,
  isActive: z.boolean(),
  isBusyYard: z.boolean().nullable().default(null),
});
export const placeOf = z.strictObject({ place: code });
export const issueLicence = z.strictObject({
  licence: z.strictObject({
    place: code,
    number: text(64).min(1),
    authority: text(200).min(1),
    issuedOn: date,
    reviewOn: date,
    capacityKg: z.number().int().min(0).max(500_000).nullable(),
  }),
  second: z.strictObject({ user: code, passphrase }).optional(),
});
export const whatIf = z.strictObject({
  structures: z.array(structure).max(100).default([]),
  exposed: z.array(exposedSite).max(100).default([]),
  stock: z
    .array(z.strictObject({ place: code, item: code, quantity: z.number().int().min(1).max(10_000_000_000) }))
    .max(100)
    .default([]),
});
export const rankPlaces = movementRequest.omit({ to: true });
export const listDue = z.strictObject({ withinDays: z.number().int().min(0).max(3_650).default(90) });
export const inspection = z.strictObject({
  lotId: uuid,
  kind: z.enum(inspectionKinds),
  onDate: date,
  result: z.enum(inspectionResults),
  stabiliserPpm: z.number().int().min(0).max(1_000_000).nullable(),
  remark: text(1000),
});
export const lifeChange = z.strictObject({
  change: z.strictObject({ lotId: uuid, until: date, inspection: uuid.nullable(), reason: text(1000) }),
  second: z.strictObject({ user: code, passphrase }).optional(),
});
export const choosePlan = z.strictObject({ plan: code });
export const importClimate = z.strictObject({
  place: code,
  logger: text(64),
  file: fileToken,
  zone: text(6).default('Z'),
  mapping: z.record(z.string(), z.string()).default({}),
  isDryRun: z.boolean(),
});
export const checklist = z.strictObject({
  place: code,
  checklist: code,
  onDate: date,
  answers: z.record(text(64), z.enum(checklistAnswers)),
  remark: text(1000),
});
const millimetres = z.number().int().min(0).max(MEASURE_MM_MAX).nullable();
/** Null: not measured. */
export const measures = z.strictObject({
  place: code,
  onDate: date,
  stackMm: millimetres,
  wallGapMm: millimetres,
  roofGapMm: millimetres,
  aisleMm: millimetres,
  dunnageMm: millimetres,
  coverAirMm: millimetres,
  remark: text(1000),
});
const aboveZero = z.number().positive().max(1_000_000_000);
/** What follows from an NEQ and one of the three. */
export const scaled = z.strictObject({ neqKg: aboveZero, kind: z.enum(['distanceM', 'scaled', 'incidentKPa']), value: aboveZero });
/** The key that the list of findings gave it. */
export const findingOf = z.strictObject({ key: text(2000).min(1) });
