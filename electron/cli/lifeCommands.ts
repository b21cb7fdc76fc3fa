import { readFileSync } from 'node:fs';
import { checklist as checklistInput, inspection as inspectionInput, measures as measuresInput } from '../../shared/contract/inputs.ts';
import type { DueRow, LotsByState, PlanPreview } from '../../shared/contract/lifeViews.ts';
import { type Lot, UNTOLD_ITEM_FACTS } from '../../shared/domain/model.ts';
import { chooseLot } from '../../shared/domain/movement.ts';
import { lifeEndOf } from '../../shared/domain/shelfLife.ts';
import { readCsvFile, secondPerson } from '../data/host/operations.ts';
import type { Ledger } from '../data/ledger.ts';
import { Refused } from '../data/refused.ts';
import { findItem, findLot, listLotsByText } from '../data/repositories/reference.ts';
import { recordChecklist } from '../data/services/checklists.ts';
import { climateOf, importClimate } from '../data/services/climate.ts';
import { measuresOf, recordMeasures } from '../data/services/measures.ts';
import { previewPlan } from '../data/services/planPreview.ts';
import { changeLife, choosePlan, dueList, listPlans, lotLife, putPlan, recordInspection } from '../data/services/surveillance.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { measureLine } from './measureLine.ts';
import { withLedger } from './openFile.ts';
import { jsonIn, wrongOptions } from './options.ts';
import { secondOf } from './second.ts';
import { describeVerdict } from './wording.ts';

/** The lot that `--lot-id`, or `--item` and `--lot`, name. */
function lotOf(ledger: Ledger, parsed: Parsed): Lot {
  const lotId = optional(parsed, 'lot-id');
  if (lotId !== undefined) {
    const found = findLot(ledger, ledger.site, lotId);
    if (found === undefined) throw new Refused({ code: 'unknownLot', item: '', lot: lotId });
    return found;
  }
  const [item, text] = [needed(parsed, 'item'), needed(parsed, 'lot')];
  const chosen = chooseLot(item, text, listLotsByText(ledger, ledger.site, item, text));
  if (!chosen.ok) throw new Refused(chosen.error);
  return chosen.value;
}

/** Whole numbers only; the schema says which. */
const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** Records what an inspection found of a lot. */
export const inspect = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const { lotId } = lotOf(ledger, parsed);
    const input = inspectionInput.safeParse({
      lotId,
      kind: needed(parsed, 'kind'),
      onDate: needed(parsed, 'on'),
      result: needed(parsed, 'result'),
      stabiliserPpm: numberOf(optional(parsed, 'stabiliser-ppm')),
      remark: optional(parsed, 'remark') ?? '',
    });
    if (!input.success) throw wrongOptions(input.error.issues);
    const { id } = recordInspection(ledger, input.data);
    const { stabiliser, due } = lotLife(ledger, { site: ledger.site, lotId });
    const said = stabiliser.verdict === null ? [] : [describeVerdict(stabiliser.verdict)];
    const trend = stabiliser.trend === null ? [] : [`stabiliser below the limit from ${stabiliser.trend.reachesOn} at the earliest`];
    return {
      json: { id, lotId, stabiliser: { verdict: stabiliser.verdict, trend: stabiliser.trend }, due },
      lines: [
        `Inspection ${id} is recorded.`,
        ...said,
        ...due.map(({ kind, dueOn, state }) => `next ${kind}: ${dueOn} (${state})`),
        ...trend,
      ],
    };
  });

/** A new last day of safe life, on the ground of an inspection. */
export const life = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const lot = lotOf(ledger, parsed);
    const { lotId } = lot;
    const { lifeUntil } = lifeEndOf(lot, findItem(ledger, lot.site, lot.item) ?? UNTOLD_ITEM_FACTS);
    const change = {
      lotId,
      until: needed(parsed, 'until'),
      inspection: optional(parsed, 'inspection') ?? null,
      reason: needed(parsed, 'reason'),
    };
    const { id } = changeLife(ledger, change, await secondPerson(ledger, await secondOf(parsed)));
    return {
      json: { id, lotId, previous: lifeUntil, until: change.until },
      lines: [`Safe life ${lifeUntil ?? 'unknown'} is now ${change.until}.`],
    };
  });

const DAYS_AHEAD = 90;
const dueLine = ({ state, dueOn, kind, item, lotText, places, lastOn }: DueRow): string =>
  `${state.padEnd(9)} ${dueOn} ${kind.padEnd(10)} ${item} ${lotText} at ${places.join(', ')} (last ${lastOn ?? 'never'})`;

/** What is due for inspection, the worst first. */
export const due = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const withinDays = numberOf(optional(parsed, 'within-days')) ?? DAYS_AHEAD;
    if (!Number.isSafeInteger(withinDays) || withinDays < 0) throw new UsageError('--within-days takes a whole number');
    const view = dueList(ledger, { withinDays });
    const none =
      view.plan === null ? 'No surveillance plan is chosen, so nothing is due. Choose one with `surveillance --plan`.' : 'Nothing is due.';
    return { json: view, lines: view.rows.length === 0 ? [none] : view.rows.map(dueLine) };
  });

const PREVIEW_LINES = 20;
/** How many lots a plan would hold back or have inspected, and the first of those that come off worse. */
function previewLines({ plan, edition, before, after, worse, worseTotal, betterTotal }: PlanPreview): readonly string[] {
  const count = (state: keyof LotsByState, words: string): string => `  ${words}: ${after[state]} (now ${before[state]})`;
  const shown = worse.slice(0, PREVIEW_LINES);
  return [
    `Nothing was written. By ${plan} ${edition}, of the lots in stock:`,
    count('suspended', 'suspended'),
    count('overdue', 'overdue'),
    count('due', 'due'),
    count('heldBack', 'not issued until inspected'),
    worseTotal === 0 ? 'No lot would come off worse.' : `${worseTotal} lots would come off worse, ${betterTotal} better:`,
    ...shown.map((row) => `  ${dueLine(row)}${row.isHeldBack ? ', not issued until inspected' : ''}`),
    ...(worseTotal > shown.length ? [`  and ${worseTotal - shown.length} more`] : []),
  ];
}

/** Which plan says what is inspected how often. */
export const surveillance = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const [path, plan] = [optional(parsed, 'add'), optional(parsed, 'plan')];
    if (path !== undefined) {
      const added = putPlan(ledger, readFileSync(path, 'utf8'));
      return { json: added, lines: [`Plan ${added.plan} ${added.edition} is at hand. Choose it with \`--plan ${added.plan}\`.`] };
    }
    if (plan !== undefined && parsed.options['dry-run'] === true) {
      const preview = previewPlan(ledger, { plan });
      return { json: { dryRun: true, ...preview }, lines: previewLines(preview) };
    }
    if (plan !== undefined) {
      const chosen = choosePlan(ledger, { plan });
      return { json: chosen, lines: [`Lots are due by ${chosen.plan} ${chosen.edition} from now on.`] };
    }
    const plans = listPlans(ledger);
    return { json: { plans }, lines: plans.map((each) => `${each.isChosen ? '*' : ' '} ${each.plan}\t${each.edition}\t${each.title}`) };
  });

const MAP_FORM = '{"our column": "column in the file", …}';
const importLog = (ledger: Ledger, parsed: Parsed): Answer => {
  const map = optional(parsed, 'map');
  const { added, known, errors } = importClimate(ledger, {
    place: needed(parsed, 'place'),
    logger: optional(parsed, 'logger') ?? '',
    file: readCsvFile(needed(parsed, 'csv'), map === undefined ? undefined : (jsonIn(map, 'map', MAP_FORM) as Record<string, string>)),
    zone: optional(parsed, 'zone') ?? 'Z',
    isDryRun: parsed.options['dry-run'] === true,
  });
  if (added !== null) return { json: { added, known }, lines: [`${added} readings taken in, ${known} were known.`] };
  const lines = errors.map((each) => `${each.file} row ${each.row}, ${each.column} "${each.value}": ${each.message}`);
  return { isRefused: true, json: { added, known, errors }, lines: ['Nothing was taken in:', ...lines] };
};

const showLog = (ledger: Ledger, parsed: Parsed): Answer => {
  const view = climateOf(ledger, needed(parsed, 'place'));
  const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
  const days = view.days.map(({ date, leastCentiC, mostCentiC }) => `${date} ${leastCentiC / 100} … ${mostCentiC / 100} °C`);
  const hot = view.hot.map(
    ({ fromMs, untilMs, peak }) =>
      `above ${view.limitC} °C from ${moment(fromMs)} ${untilMs === null ? 'on' : `to ${moment(untilMs)}`}, up to ${peak / 100} °C`,
  );
  return {
    json: view,
    lines: [...hot, ...(days.length === 0 ? ['No readings yet. Take the file of a logger in with `climate import`.'] : days)],
  };
};

/** The loggers of storehouses. */
export const climate = (parsed: Parsed): Promise<Answer> => {
  const verb = positional(parsed, 0, 'import or show');
  const perform = { import: importLog, show: showLog }[verb];
  if (perform === undefined) throw new UsageError('climate takes import or show');
  return withLedger(positional(parsed, 1, 'FILE'), (ledger) => perform(ledger, parsed));
};

const ANSWERS_FORM = '{"question": "yes" | "no" | "notApplicable", …}';
/** A checklist as it was filled in at a storehouse. */
export const checklist = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const input = checklistInput.safeParse({
      place: needed(parsed, 'place'),
      checklist: needed(parsed, 'checklist'),
      onDate: needed(parsed, 'on'),
      answers: jsonIn(needed(parsed, 'answers'), 'answers', ANSWERS_FORM),
      remark: optional(parsed, 'remark') ?? '',
    });
    if (!input.success) throw wrongOptions(input.error.issues);
    const { id } = recordChecklist(ledger, input.data);
    return { json: { id }, lines: [`Checklist ${id} is recorded.`] };
  });

/** Left out: not measured. An empty text is no zero. */
function millimetresOf(parsed: Parsed, name: string): number | null {
  const text = optional(parsed, name);
  if (text !== undefined && !/^\d+$/.test(text)) throw new UsageError(`--${name} takes whole millimetres`);
  return numberOf(text);
}

/** A survey of a storehouse or bay: what is left out was not measured. */
export const measure = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const input = measuresInput.safeParse({
      place: needed(parsed, 'place'),
      onDate: optional(parsed, 'on') ?? new Date(ledger.deps.nowMs()).toISOString().slice(0, 10),
      stackMm: millimetresOf(parsed, 'stack-mm'),
      wallGapMm: millimetresOf(parsed, 'wall-gap-mm'),
      roofGapMm: millimetresOf(parsed, 'roof-gap-mm'),
      aisleMm: millimetresOf(parsed, 'aisle-mm'),
      dunnageMm: millimetresOf(parsed, 'dunnage-mm'),
      coverAirMm: millimetresOf(parsed, 'cover-air-mm'),
      remark: optional(parsed, 'remark') ?? '',
    });
    if (!input.success) throw wrongOptions(input.error.issues);
    const { id } = recordMeasures(ledger, input.data);
    const view = measuresOf(ledger, input.data.place).places.find(({ place }) => place === input.data.place);
    return { json: { id, rows: view?.rows ?? [] }, lines: [`Survey ${id} is recorded.`, ...(view?.rows ?? []).map(measureLine)] };
  });
