import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { ExposedSite, GoverningLimit, Structure } from '../../../shared/domain/site.ts';
import { conditionsOn, type LapsedLimits, lapsedLimits } from '../../../shared/rules/site/basis.ts';
import { approval, exposedSite, licenceDocument, nationalPack, place, structure } from '../db/schema.ts';
import type { Ledger } from '../ledger.ts';
import { prepared } from './prepared.ts';

const value = sql.placeholder;
const flagOf = (cell: number | null): boolean | null => (cell === null ? null : cell === 1);

const structuresOf = prepared((db) =>
  db
    .select()
    .from(structure)
    .where(eq(structure.site, value('site')))
    .prepare(),
);
/** How places are built and where they stand, by place. */
export function listStructures(ledger: Ledger, site: string): ReadonlyMap<string, Structure> {
  return new Map(
    structuresOf(ledger)
      .all({ site })
      .map((row) => [
        row.place,
        {
          ...row,
          construction: row.construction as Structure['construction'],
          isBarricaded: flagOf(row.isBarricaded),
          hasProtectiveRoof: flagOf(row.hasProtectiveRoof),
          shape: row.shape === null ? null : JSON.parse(row.shape),
          conditionsMet: JSON.parse(row.conditionsMet),
          conditionsUntil: JSON.parse(row.conditionsUntil),
          underground: row.underground === null ? null : JSON.parse(row.underground),
        },
      ]),
  );
}

const exposedOf = prepared((db) =>
  db
    .select()
    .from(exposedSite)
    .where(eq(exposedSite.site, value('site')))
    .orderBy(asc(exposedSite.exposed))
    .prepare(),
);
/** What lies around a site, the inactive too. */
export const listExposedSites = (ledger: Ledger, site: string): readonly ExposedSite[] =>
  exposedOf(ledger)
    .all({ site })
    .map((row) => ({
      ...row,
      kind: row.kind as ExposedSite['kind'],
      route: row.route as ExposedSite['route'],
      isBarricaded: flagOf(row.isBarricaded),
      hasProtectiveRoof: flagOf(row.hasProtectiveRoof),
      shape: JSON.parse(row.shape),
      isActive: row.isActive === 1,
      isBusyYard: flagOf(row.isBusyYard),
    }));

const approvalsOf = prepared((db) =>
  db
    .select()
    .from(approval)
    .where(and(eq(approval.site, value('site')), isNull(approval.withdrawnAtMs)))
    .prepare(),
);
export type ApprovalRow = Readonly<{
  id: string;
  rule: string;
  place: string;
  conditions: readonly string[];
  authority: string;
  until: string;
}>;
/** Approvals that nobody withdrew and that hold on this day. */
export const listApprovals = (ledger: Ledger, site: string, today: string): readonly ApprovalRow[] =>
  approvalsOf(ledger)
    .all({ site })
    .filter(({ until }) => until >= today)
    .map(({ conditions, ...row }) => ({ ...row, conditions: JSON.parse(conditions) }));

const approvalRegisterOf = prepared((db) =>
  db
    .select()
    .from(approval)
    .where(eq(approval.site, value('site')))
    .orderBy(asc(approval.until), asc(approval.id))
    .prepare(),
);
export type ApprovalRecord = Omit<typeof approval.$inferSelect, 'conditions'> & Readonly<{ conditions: readonly string[] }>;
/** Every approval that was ever granted, the expired and the withdrawn too. */
export const listAllApprovals = (ledger: Ledger, site: string): readonly ApprovalRecord[] =>
  approvalRegisterOf(ledger)
    .all({ site })
    .map(({ conditions, ...row }) => ({ ...row, conditions: JSON.parse(conditions) }));

const nationalPacksOf = prepared((db) =>
  db
    .select({ pack: nationalPack.pack, content: nationalPack.content })
    .from(nationalPack)
    .where(eq(nationalPack.site, value('site')))
    .orderBy(asc(nationalPack.pack))
    .prepare(),
);
/** Packs that the authority put into the ledger, by id. */
export const listNationalPacks = (ledger: Ledger, site: string) => nationalPacksOf(ledger).all({ site });

const documentsOf = prepared((db) =>
  db
    .select()
    .from(licenceDocument)
    .where(eq(licenceDocument.site, value('site')))
    .orderBy(asc(licenceDocument.place), desc(licenceDocument.issuedOn), desc(licenceDocument.recordedAtMs), asc(licenceDocument.id))
    .prepare(),
);
export type LicenceDocument = Omit<typeof licenceDocument.$inferSelect, 'limits'> & Readonly<{ limits: readonly GoverningLimit[] }>;
/** The register of licences, by place, the latest first. */
export const listLicenceDocuments = (ledger: Ledger, site: string): readonly LicenceDocument[] =>
  documentsOf(ledger)
    .all({ site })
    .map((row) => ({ ...row, limits: JSON.parse(row.limits) }));

const newestDocumentOf = prepared((db) =>
  db
    .select({ number: licenceDocument.number, limits: licenceDocument.limits, recordedAtMs: licenceDocument.recordedAtMs })
    .from(licenceDocument)
    .where(and(eq(licenceDocument.site, value('site')), eq(licenceDocument.place, value('place'))))
    .orderBy(desc(licenceDocument.recordedAtMs), asc(licenceDocument.id))
    .limit(1)
    .prepare(),
);
/**
 * Limits of the licence that was issued last for a place, which count no more today. They are read by when they were entered,
 * since the numbers in force are those; what stands on the document as its day may be any.
 */
export function findLapsedLimits(ledger: Ledger, site: string, place: string, today: string): LapsedLimits {
  const row = newestDocumentOf(ledger).get({ site, place });
  if (row === undefined) return {};
  const limits = JSON.parse(row.limits) as LicenceDocument['limits'];
  if (limits.every(({ restsOn = [] }) => restsOn.length === 0)) return {};
  const building = ledger.store.get('structure', { site, place });
  const entered = {
    conditionsMet: JSON.parse(building?.conditionsMet ?? '[]'),
    conditionsUntil: JSON.parse(building?.conditionsUntil ?? '{}'),
  };
  const ofBuilding = conditionsOn(entered, today).map(({ condition }) => condition);
  const approvals = listAllApprovals(ledger, site).filter((each) => each.place === place);
  return lapsedLimits({ ...row, limits }, { ofBuilding, approvals }, today);
}

const potentialsOf = prepared((db) =>
  db
    .select({ place: place.place, name: place.name, type: place.type, lat7: place.lat7, lon7: place.lon7, store: place.store })
    .from(place)
    .where(
      and(
        eq(place.site, value('site')),
        sql`${place.kind} <> 'external'`,
        sql`(${place.store} = ${place.place} or ${place.store} is null)`,
      ),
    )
    .orderBy(asc(place.place))
    .prepare(),
);
/** Storehouses, and ground outside them: wherever explosives may lie. Bays count in their storehouse. */
export const listPotentials = (ledger: Ledger, site: string) => potentialsOf(ledger).all({ site });
