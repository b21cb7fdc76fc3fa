import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DecodedOf, type DepotEvent, type ProcedureName, procedures, type Reply } from '../../../shared/contract/procedures.ts';
import type { DomainError } from '../../../shared/domain/errors.ts';
import { err, ok } from '../../../shared/lib/result.ts';
import { DEMO_PASSPHRASE, writeDemo } from '../demo/makeDemo.ts';
import { fingerprintOf } from '../journal/statement.ts';
import { verifyLedger } from '../journal/verify.ts';
import { measureCost } from '../keys/slots.ts';
import { closeLedger, type Ledger } from '../ledger.ts';
import { Refused, refusalOf } from '../refused.ts';
import { itemChoices, lotChoices, placeChoices } from '../repositories/choices.ts';
import { listExposedSites } from '../repositories/site.ts';
import { listStock } from '../repositories/stock.ts';
import { listChecklists } from '../repositories/surveys.ts';
import { conditionChoices } from '../services/administer.ts';
import { askScaled } from '../services/blastCalculator.ts';
import { checkDepot } from '../services/checkDepot.ts';
import { recordChecklist } from '../services/checklists.ts';
import { climateOf, importClimate, listLoggers } from '../services/climate.ts';
import { explainFinding } from '../services/explaining.ts';
import { importFiles } from '../services/importFiles.ts';
import { issueLicence, licenceRegister, licenceSheet } from '../services/licences.ts';
import { lotPage } from '../services/lotPage.ts';
import { measuresOf, recordMeasures } from '../services/measures.ts';
import { listPartners } from '../services/partners.ts';
import { previewPlan } from '../services/planPreview.ts';
import { previewMovement } from '../services/postMovement.ts';
import { rankPlaces } from '../services/rankPlaces.ts';
import { runSurplus } from '../services/runSurplus.ts';
import { putExposed, putStructure } from '../services/siteRecords.ts';
import { sheetOf } from '../services/storehouse.ts';
import { changeLife, choosePlan, dueList, listPlans, lotLife, recordInspection } from '../services/surveillance.ts';
import { whatIf } from '../services/whatIf.ts';
import { retryAtOpening } from '../sync/receive.ts';
import { Tail } from '../sync/tail.ts';
import { CASE_HANDLERS } from './caseHandlers.ts';
import { createDepot } from './createDepot.ts';
import { type DecodedCall, decodeCall } from './decode.ts';
import { openLedger } from './openLedger.ts';
import { loadDraft, post, readCsvFile, readImportFiles, saveDraft, secondPerson, setTail } from './operations.ts';
import { PASSPHRASE_LENGTH_MIN } from './people.ts';
import { RULE_HANDLERS } from './ruleHandlers.ts';
import { CLOSED, sessionView } from './session.ts';
import { CHANGES_ANYWAY, SYNC_HANDLERS } from './syncHandlers.ts';
import { TRUST_HANDLERS } from './trustHandlers.ts';
import { unlockSlots } from './unlock.ts';

export type HostOptions = Readonly<{
  userDataDir: string;
  emit: (event: DepotEvent) => void;
  log: (id: string, cause: unknown) => void;
}>;
export type Host = Readonly<{
  /** Decodes and performs. */
  call(name: unknown, input: unknown, task?: string): Promise<Reply<ProcedureName>>;
  /** What was decoded already. Long work reads `isCancelled` whenever it reports progress. */
  perform(call: DecodedCall, task: string, isCancelled: () => boolean): Promise<Reply<ProcedureName>>;
  close(): Promise<void>;
}>;
/** Reports how far a task is; throws `cancelled` where it is wanted no more. */
type Report = (label: string) => (done: number, total: number) => void;

type Context = Readonly<{ ledger: Ledger; tail: Tail; progress: Report }>;
/** Procedures on an open depot. */
type OpenHandlers = {
  [P in Exclude<ProcedureName, 'session.state' | 'depot.create' | 'depot.openDemo' | 'depot.unlock' | 'depot.lock' | 'task.cancel'>]: (
    context: Context,
    input: DecodedOf<P>,
  ) => unknown;
};

const HANDLERS: OpenHandlers = {
  'stock.list': ({ ledger }, input) => listStock(ledger, input),
  'lot.page': ({ ledger }, input) => lotPage(ledger, input),
  'item.choices': ({ ledger }, input) => itemChoices(ledger, input),
  'place.choices': ({ ledger }, input) => placeChoices(ledger, input),
  'lot.choices': ({ ledger }, input) => lotChoices(ledger, input),
  'condition.choices': ({ ledger }) => conditionChoices(ledger).map(({ code, title, group }) => ({ code, title, group })),
  'movement.preview': ({ ledger }, input) => previewMovement(ledger, input),
  'movement.post': ({ ledger }, { request, second }) => post(ledger, request, second),
  'check.depot': ({ ledger, progress }) => checkDepot(ledger, undefined, progress('site')),
  'finding.explain': ({ ledger }, { key }) => explainFinding(ledger, key),
  'storehouse.sheet': ({ ledger }, { place }) => sheetOf(ledger, place),
  'licence.sheet': ({ ledger }, { place }) => licenceSheet(ledger, place),
  'licence.register': ({ ledger, progress }) => licenceRegister(ledger, progress('site')),
  'licence.issue': async ({ ledger }, { licence, second }) => issueLicence(ledger, licence, await secondPerson(ledger, second)),
  'site.putStructure': ({ ledger }, input) => putStructure(ledger, input),
  'site.putExposed': ({ ledger }, input) => putExposed(ledger, input),
  'site.exposed': ({ ledger }) => listExposedSites(ledger, ledger.site),
  'site.whatIf': ({ ledger, progress }, input) => whatIf(ledger, input, progress('site')),
  'place.ranking': ({ ledger }, input) => rankPlaces(ledger, input),
  'life.due': ({ ledger }, input) => dueList(ledger, input),
  'life.lot': ({ ledger }, input) => lotLife(ledger, input),
  'life.inspect': ({ ledger }, input) => recordInspection(ledger, input),
  'life.change': async ({ ledger }, { change, second }) => changeLife(ledger, change, await secondPerson(ledger, second)),
  'life.plans': ({ ledger }) => listPlans(ledger),
  'life.previewPlan': ({ ledger }, input) => previewPlan(ledger, input),
  'life.choosePlan': ({ ledger }, input) => choosePlan(ledger, input),
  'climate.places': ({ ledger }) => listLoggers(ledger),
  'climate.view': ({ ledger }, { place }) => climateOf(ledger, place),
  'climate.import': ({ ledger }, { file, mapping, ...input }) => importClimate(ledger, { ...input, file: readCsvFile(file, mapping) }),
  'checklist.record': ({ ledger }, input) => recordChecklist(ledger, input),
  'checklist.list': ({ ledger }, { place }) => listChecklists(ledger, ledger.site, place),
  'measures.record': ({ ledger }, input) => recordMeasures(ledger, input),
  'measures.view': ({ ledger }, { place }) => measuresOf(ledger, place),
  'blast.scaled': (_context, { neqKg, kind, value }) => askScaled(neqKg, { kind, value }),
  ...RULE_HANDLERS,
  ...CASE_HANDLERS,
  'surplus.run': ({ ledger }, input) => runSurplus(ledger, input),
  'import.run': ({ ledger, progress }, { files, mapping, atMs, isDryRun }) => {
    const { caused: _, ...reply } = importFiles(ledger, {
      files: readImportFiles(files, mapping),
      atMs,
      isDryRun,
      onProgress: progress('import'),
    });
    return reply;
  },
  'partner.list': ({ ledger }) => listPartners(ledger),
  ...TRUST_HANDLERS,
  'identity.save': ({ ledger }, { file }) => {
    writeFileSync(file, `${ledger.device.statement}\n`);
    return { fingerprint: fingerprintOf(ledger.device.statement) };
  },
  ...SYNC_HANDLERS,
  'tail.state': ({ tail }) => tail.view,
  'tail.set': ({ ledger, tail }, { file }) => setTail(ledger, tail, file ?? null),
  'draft.load': ({ ledger }, { form }) => loadDraft(ledger, form),
  'draft.save': ({ ledger }, { form, content }) => {
    saveDraft(ledger, form, content);
    return null;
  },
  'verify.run': ({ ledger, progress }) => verifyLedger(ledger, (label, done, total) => progress(label)(done, total)),
};

/** The open depot of this process and everything that may be asked of it. One at a time. */
class DepotHost implements Host {
  private readonly options: HostOptions;
  private ledger: Ledger | null = null;
  private tail: Tail | null = null;
  private isDemo = false;
  private revision = 0;
  private readonly deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };

  constructor(options: HostOptions) {
    this.options = options;
  }

  async call(name: unknown, input: unknown, task = ''): Promise<Reply<ProcedureName>> {
    const decoded = decodeCall(name, input);
    return decoded.ok ? this.perform(decoded.value, task, () => false) : this.fault('badRequest', decoded.error);
  }

  async perform({ name, input }: DecodedCall, task: string, isCancelled: () => boolean): Promise<Reply<ProcedureName>> {
    try {
      const before = this.ledger?.journal.last.seq;
      const value = await this.run(name, input, this.reportOf(task, isCancelled));
      if (CHANGES_ANYWAY.has(name) || (procedures[name].access === 'write' && this.ledger?.journal.last.seq !== before)) this.announce();
      return ok(value) as Reply<ProcedureName>;
    } catch (cause) {
      const refusal: DomainError | null = refusalOf(cause);
      return refusal === null ? this.fault('internal', cause) : err(refusal);
    }
  }

  async close(): Promise<void> {
    const { ledger, tail } = this;
    this.ledger = null;
    this.tail = null;
    await tail?.close();
    if (ledger !== null) closeLedger(ledger);
  }

  private fault(code: 'badRequest' | 'internal', cause: unknown): Reply<ProcedureName> {
    const id = crypto.randomUUID();
    this.options.log(id, cause);
    return err({ code, id });
  }

  private reportOf(task: string, isCancelled: () => boolean): Report {
    return (label) => (done, total) => {
      if (isCancelled()) throw new Refused({ code: 'cancelled' });
      this.options.emit({ kind: 'progress', task, label, done, total });
    };
  }

  private announce(): void {
    this.revision += 1;
    this.options.emit({ kind: 'changed', tables: ['holding', 'movement', 'finding'], revision: this.revision });
  }

  private async run(name: ProcedureName, input: unknown, progress: Report): Promise<unknown> {
    if (name === 'session.state') return this.state();
    if (name === 'depot.create') return this.create(input as DecodedOf<'depot.create'>);
    if (name === 'depot.openDemo') return this.openDemo(progress);
    if (name === 'depot.unlock') return this.unlock(input as DecodedOf<'depot.unlock'>);
    if (name === 'depot.lock') return this.lock();
    if (name === 'task.cancel') return null; // nothing runs beside a call on this thread
    const { ledger, tail } = this;
    if (ledger === null || tail === null) throw new Refused({ code: 'locked' });
    return (HANDLERS[name] as (context: Context, decoded: unknown) => unknown)({ ledger, tail, progress }, input);
  }

  private state() {
    return this.ledger === null || this.tail === null ? CLOSED : sessionView(this.ledger, this.isDemo, this.tail.view);
  }

  private async create({ file, passphrase, ...depot }: DecodedOf<'depot.create'>) {
    if (passphrase.length < PASSPHRASE_LENGTH_MIN) throw new Refused({ code: 'weakPassphrase', lengthMin: PASSPHRASE_LENGTH_MIN });
    const cost = await measureCost(() => performance.now());
    const { recoveryWords, fingerprint } = await createDepot(
      { ...depot, file, passphrase, cost },
      { ...this.deps, onCommitted: () => undefined },
    );
    return { recoveryWords, fingerprint };
  }

  private async unlock({ file, passphrase }: { file: string; passphrase: string }, isDemo = false) {
    await this.close();
    const candidates = await unlockSlots(file, passphrase, this.deps.nowMs);
    const { userDataDir, log } = this.options;
    const onCommitted = () => this.tail?.committed();
    this.ledger = openLedger({ file, candidates, userDataDir, deps: this.deps, onCommitted });
    this.tail = new Tail(this.ledger, { onChange: () => this.announce(), log: (cause) => log('tail', cause) });
    this.isDemo = isDemo;
    await retryAtOpening(this.ledger);
    return this.state();
  }

  /** Made in a folder of its own and named last, so that half a demo depot is never opened. */
  private async openDemo(progress: Report) {
    const folder = join(this.options.userDataDir, 'demo');
    const file = join(folder, 'DEMO.depot');
    if (!existsSync(file)) {
      const unfinished = `${folder}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      try {
        await writeDemo(join(unfinished, 'DEMO.depot'), this.options.userDataDir, this.deps, progress);
        renameSync(unfinished, folder);
      } catch (cause) {
        rmSync(unfinished, { recursive: true, force: true });
        throw cause;
      }
    }
    return this.unlock({ file, passphrase: DEMO_PASSPHRASE }, true);
  }

  private async lock() {
    await this.close();
    this.options.emit({ kind: 'locked' });
    return this.state();
  }
}

export const createHost = (options: HostOptions): Host => new DepotHost(options);
