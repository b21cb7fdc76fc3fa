import type { z } from 'zod';
import type { DomainError, Fault } from '../domain/errors.ts';
import type { ExposedSite } from '../domain/site.ts';
import type { SurplusReport } from '../domain/surplus.ts';
import type { Checklist } from '../domain/surveillance.ts';
import type { Result } from '../lib/result.ts';
import type { ConditionalRule } from '../rules/conditional.ts';
import type { Explanation } from '../rules/explain.ts';
import type { StorehouseSheet } from '../rules/storehouse/sheet.ts';
import type * as caseViews from './caseViews.ts';
import * as inputs from './inputs.ts';
import type * as lifeViews from './lifeViews.ts';
import type * as measureViews from './measureViews.ts';
import * as ruleInputs from './ruleInputs.ts';
import type * as ruleViews from './ruleViews.ts';
import type * as siteViews from './siteViews.ts';
import type * as views from './views.ts';

/** `long` procedures report progress and can be cancelled by the task id that the caller made. */
type Procedure<In extends z.ZodType, Out> = Readonly<{ access: 'open' | 'read' | 'write'; input: In; _out?: Out }>;

/** Before a depot is open. */
const open =
  <Out>() =>
  <In extends z.ZodType>(input: In): Procedure<In, Out> => ({ access: 'open', input });
const read =
  <Out>() =>
  <In extends z.ZodType>(input: In): Procedure<In, Out> => ({ access: 'read', input });
const write =
  <Out>() =>
  <In extends z.ZodType>(input: In): Procedure<In, Out> => ({ access: 'write', input });

/** The whole surface that the window can reach. Adding a line here is adding a door. */
export const procedures = {
  'session.state': open<views.SessionView>()(inputs.nothing),
  'depot.create': open<{ recoveryWords: readonly string[]; fingerprint: string }>()(inputs.createDepot),
  'depot.openDemo': open<views.SessionView>()(inputs.nothing),
  'depot.unlock': open<views.SessionView>()(inputs.unlockDepot),
  'depot.lock': open<views.SessionView>()(inputs.nothing),
  'stock.list': read<views.StockPage>()(inputs.listStock),
  'lot.page': read<views.LotPage>()(inputs.lotOf),
  'item.choices': read<readonly views.ItemChoice[]>()(inputs.search),
  'place.choices': read<readonly views.PlaceChoice[]>()(inputs.search),
  'lot.choices': read<readonly views.LotChoice[]>()(inputs.lotsOf),
  'condition.choices': read<readonly { code: string; title: string; group: string }[]>()(inputs.nothing),
  'movement.preview': read<views.PreviewReply>()(inputs.movementRequest),
  'movement.post': write<views.PostOutcome>()(inputs.postMovement),
  'check.depot': read<views.CheckReply>()(inputs.nothing),
  'finding.explain': read<Explanation | null>()(inputs.findingOf),
  'storehouse.sheet': read<StorehouseSheet>()(inputs.placeOf),
  'licence.sheet': read<siteViews.LicenceView>()(inputs.placeOf),
  'licence.register': read<readonly siteViews.RegisterRow[]>()(inputs.nothing),
  'licence.issue': write<{ id: string }>()(inputs.issueLicence),
  'site.putStructure': write<{ place: string } & siteViews.SiteDifference>()(inputs.structure),
  'site.putExposed': write<{ exposed: string } & siteViews.SiteDifference>()(inputs.exposedSite),
  'site.exposed': read<readonly ExposedSite[]>()(inputs.nothing),
  'site.whatIf': read<siteViews.WhatIfAnswer>()(inputs.whatIf),
  'place.ranking': read<readonly siteViews.PlaceRanking[]>()(inputs.rankPlaces),
  'life.due': read<lifeViews.DueView>()(inputs.listDue),
  'life.lot': read<lifeViews.LotLifeView>()(inputs.lotOf),
  'life.inspect': write<{ id: string }>()(inputs.inspection),
  'life.change': write<{ id: string }>()(inputs.lifeChange),
  'life.plans': read<readonly lifeViews.PlanChoice[]>()(inputs.nothing),
  'life.previewPlan': read<lifeViews.PlanPreview>()(inputs.choosePlan),
  'life.choosePlan': write<{ plan: string }>()(inputs.choosePlan),
  'climate.places': read<readonly lifeViews.LoggedPlace[]>()(inputs.nothing),
  'climate.view': read<lifeViews.ClimateView>()(inputs.placeOf),
  'climate.import': write<lifeViews.ClimateImport>()(inputs.importClimate),
  'checklist.record': write<{ id: string }>()(inputs.checklist),
  'checklist.list': read<readonly Checklist[]>()(inputs.placeOf),
  'measures.record': write<{ id: string }>()(inputs.measures),
  'measures.view': read<measureViews.MeasuresView>()(inputs.placeOf),
  'blast.scaled': read<measureViews.ScaledView>()(inputs.scaled),
  'pack.list': read<ruleViews.PackList>()(inputs.nothing),
  'pack.preview': read<siteViews.PackPreview>()(ruleInputs.packOf),
  'pack.choose': write<{ pack: string; edition: string }>()(ruleInputs.packOf),
  'policy.view': read<ruleViews.PolicyView>()(inputs.nothing),
  'policy.set': write<{ family: string; kind: string; mode: string }>()(ruleInputs.policyCell),
  'approval.list': read<readonly ruleViews.ApprovalView[]>()(inputs.nothing),
  'approval.rules': read<readonly ConditionalRule[]>()(inputs.nothing),
  'approval.grant': write<{ id: string }>()(ruleInputs.grantApproval),
  'approval.withdraw': write<{ id: string }>()(ruleInputs.withdrawal),
  'waiver.list': read<readonly ruleViews.WaiverView[]>()(inputs.nothing),
  'waiver.grant': write<{ id: string }>()(ruleInputs.grantWaiver),
  'waiver.withdraw': write<{ id: string }>()(ruleInputs.withdrawal),
  'surplus.run': read<SurplusReport>()(inputs.runSurplus),
  'import.run': write<views.ImportReply>()(inputs.runImport),
  'partner.list': read<readonly views.PartnerView[]>()(inputs.nothing),
  'partner.trust': write<{ trusted: string; role: string; fingerprint: string }>()(inputs.trustPartner),
  'partner.revoke': write<views.RevokeReply>()(inputs.revokePartner),
  'trust.view': read<views.TrustView>()(inputs.nothing),
  'trust.acceptList': write<views.ListReply>()(inputs.acceptList),
  'case.list': read<readonly caseViews.CaseRow[]>()(inputs.listCases),
  'case.show': read<caseViews.CaseView>()(inputs.caseOf),
  'case.decide': write<{ id: string; decision: string }>()(inputs.decideCase),
  'consignment.list': read<caseViews.ConsignmentReply>()(inputs.nothing),
  'site.list': read<readonly caseViews.SiteRow[]>()(inputs.nothing),
  'identity.save': read<{ fingerprint: string }>()(inputs.saveIdentity),
  'bundle.create': write<views.BundleReply>()(inputs.createBundle),
  'bundle.apply': write<views.ApplyReply | views.ApplyFolderReply>()(inputs.applyBundle),
  'bundle.preview': read<views.BundlePreview>()(inputs.applyBundle),
  'bundle.previewFolder': read<readonly views.PreviewedFile[]>()(inputs.applyBundle),
  'bundle.waiting': read<views.WaitingReply>()(inputs.nothing),
  'bundle.discard': write<{ discarded: string }>()(inputs.discardWaiting),
  'incarnation.open': write<views.IncarnationReply>()(inputs.openIncarnation),
  'tail.state': read<views.TailView>()(inputs.nothing),
  'tail.set': write<views.TailView>()(inputs.setTail),
  'draft.load': read<views.Draft | null>()(inputs.draftOf),
  'draft.save': read<null>()(inputs.saveDraft),
  'verify.run': read<views.VerifyReply>()(inputs.nothing),
  'task.cancel': open<null>()(inputs.taskOf),
} as const;

export type ProcedureName = keyof typeof procedures;
/** What a caller may write: defaults may be left out. */
export type InputOf<P extends ProcedureName> = z.input<(typeof procedures)[P]['input']>;
/** What the service receives: decoded, defaults filled in. */
export type DecodedOf<P extends ProcedureName> = z.output<(typeof procedures)[P]['input']>;
export type OutputOf<P extends ProcedureName> = Exclude<(typeof procedures)[P]['_out'], undefined>;
export type Reply<P extends ProcedureName> = Result<OutputOf<P>, DomainError | Fault>;

export type PaperSize = (typeof inputs.paperSizes)[number];
export type PrintReply = Result<'done' | 'cancelled', DomainError | Fault>;

export type Progress = Readonly<{ kind: 'progress'; task: string; label: string; done: number; total: number }>;
/** No row data in events: a page that is concerned asks again. */
export type Changed = Readonly<{ kind: 'changed'; tables: readonly string[]; revision: number }>;
export type DepotEvent = Progress | Changed | Readonly<{ kind: 'locked' }>;

/** What the preload exposes as `window.depot`, and nothing else. `file.choose` is answered by the main process. */
export type DepotApi = Readonly<{
  call<P extends ProcedureName>(name: P, input: InputOf<P>, task?: string): Promise<Reply<P>>;
  /** Opens a dialog of the main process; the page gets a token, never a path. */
  chooseFile(purpose: z.input<typeof inputs.chooseFile>['purpose']): Promise<views.ChosenFile | null>;
  /** Prints what the page holds for paper. Answered by the main process. */
  printPage(input: z.input<typeof inputs.printPage>): Promise<PrintReply>;
  /** Files opened before, newest first. */
  recentFiles(): Promise<readonly views.ChosenFile[]>;
  onEvent(listener: (event: DepotEvent) => void): () => void;
  /** Why this runtime is for trying only, or null. */
  runtimeNotice(): Promise<string | null>;
}>;
