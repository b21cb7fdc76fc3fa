import { issueLicence as issueLicenceInput, whatIf as whatIfInput } from '../../shared/contract/inputs.ts';
import type { LicenceBasis, SiteDifference } from '../../shared/contract/siteViews.ts';
import type { GoverningLimit } from '../../shared/domain/site.ts';
import { waivedQuantityOf } from '../../shared/rules/waivers.ts';
import { readCsvFile, secondPerson } from '../data/host/operations.ts';
import type { Ledger } from '../data/ledger.ts';
import { issueLicence, licenceRegister, licenceSheet } from '../data/services/licences.ts';
import { rankPlaces } from '../data/services/rankPlaces.ts';
import { importSitePlan, type SiteFiles } from '../data/services/siteRecords.ts';
import { whatIf } from '../data/services/whatIf.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { findingWriter } from './findings.ts';
import { type Answer, UsageError } from './io.ts';
import { withLedger } from './openFile.ts';
import { jsonIn, wrongFile, wrongOptions } from './options.ts';
import { secondOf } from './second.ts';
import { describeError, describeFunction } from './wording.ts';

function fileAt(path: string | undefined): SiteFiles['structures'] {
  return path === undefined ? undefined : readCsvFile(path, undefined);
}

function writeDifference(ledger: Ledger, { caused, cured }: SiteDifference) {
  const write = findingWriter(ledger);
  const lines = [...caused.map((finding) => `new   ${write.line(finding)}`), ...cured.map((finding) => `cured ${write.line(finding)}`)];
  return { lines, json: { caused: caused.map(write.json), cured: cured.map(write.json) } };
}

const importPlan = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const [structures, exposed] = [fileAt(optional(parsed, 'structures')), fileAt(optional(parsed, 'exposed'))];
    if (structures === undefined && exposed === undefined) throw new UsageError('name --structures or --exposed');
    const isDryRun = parsed.options['dry-run'] === true;
    const files: SiteFiles = { ...(structures ? { structures } : {}), ...(exposed ? { exposed } : {}) };
    const { imported, errors, caused, cured } = importSitePlan(ledger, files, isDryRun);
    if (imported === null) {
      const lines = errors.map((each) => `${each.file} row ${each.row}, ${each.column} "${each.value}": ${each.message}`);
      return { isRefused: true, json: { imported, errors }, lines: ['Nothing was imported:', ...lines] };
    }
    const difference = writeDifference(ledger, { caused, cured });
    return {
      json: { imported, ...difference.json },
      lines: [
        `${isDryRun ? 'Nothing was written. It would import' : 'Imported'} ${imported.structures} structures and ${imported.exposed} exposed sites.`,
        ...difference.lines,
      ],
    };
  });

/** What a limit rests on: `, with condition "…" until 2026-12-31`. */
const heldWords = ({ restsOn = [] }: GoverningLimit): string =>
  restsOn.map(({ id, words, until }) => `, with condition ${id} (${words})${until === null ? '' : ` until ${until}`}`).join('');
const limitLine = (limit: GoverningLimit): string => {
  const { division, limitKg, exposedName, functionId, requiredM, actualM } = limit;
  const because = `because of ${exposedName} at ${actualM} m (${describeFunction(functionId)}; more asks for ${requiredM} m)`;
  return `HD ${division}: ${limitKg === null ? 'nothing around sets a limit' : `${limitKg} kg, ${because}`}${heldWords(limit)}`;
};

function waiverLine({ rule, quantityMaxKg, until, reason }: LicenceBasis['waivers'][number]): string {
  const bound = quantityMaxKg === null ? 'any quantity' : `up to ${quantityMaxKg} kg`;
  return `Waived until ${until}${waivedQuantityOf(rule) === null ? '' : `, ${bound}`}, which raises no limit: ${rule} (${reason})`;
}

const sheet = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const view = licenceSheet(ledger, needed(parsed, 'place'));
    const write = findingWriter(ledger);
    const effects = view.effects.map(
      ({ name, actualM, incidentKPa, bands }) =>
        `${name}, ${actualM} m: ${incidentKPa ?? 'outside the formula'} kPa${bands.map(({ words }) => `; ${words}`).join('')}`,
    );
    const lines = [
      `${view.place} ${view.name}, ${view.pack} ${view.edition}: ${view.neqKg} kg NEQ`,
      ...(view.limits === null ? ['Its position is not known, so nothing can be allowed.'] : view.limits.map(limitLine)),
      ...view.basis.waivers.map(waiverLine),
      ...view.basis.uncounted.map(
        ({ id, words, until }) =>
          `Counts as not met: ${id} (${words}), ${until === null ? 'entered without a last day' : `over since ${until}`}`,
      ),
      ...view.lapsed.map(
        ({ division, licence, conditions }) =>
          `Not in force for ${division}: licence ${licence} rests on what is over or withdrawn: ${conditions.join('; ')}. Issue it anew.`,
      ),
      ...view.set.map(({ division, limitKg }) => `In force for ${division}: ${limitKg} kg`),
      ...view.findings.map(write.line),
      ...effects,
    ];
    return { json: { ...view, findings: view.findings.map(write.json) }, lines };
  });

const register = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const rows = licenceRegister(ledger);
    const lines = rows.map(({ place, number, reviewOn, isReviewDue, limits }) =>
      [
        place,
        number ?? 'no document',
        reviewOn ?? '',
        isReviewDue ? 'REVIEW DUE' : '',
        ...limits.map((each) => `${each.division}: ${each.limitKg} kg`),
      ].join('\t'),
    );
    return { json: { register: rows }, lines };
  });

const issue = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const capacity = optional(parsed, 'capacity-kg');
    const input = issueLicenceInput.shape.licence.safeParse({
      place: needed(parsed, 'place'),
      number: needed(parsed, 'number'),
      authority: needed(parsed, 'authority'),
      issuedOn: needed(parsed, 'issued-on'),
      reviewOn: needed(parsed, 'review-on'),
      capacityKg: capacity === undefined ? null : Number(capacity),
    });
    if (!input.success) throw wrongOptions(input.error.issues);
    const made = issueLicence(ledger, input.data, await secondPerson(ledger, await secondOf(parsed)));
    return { json: made, lines: [`Licence ${made.id} is issued.`, ...made.limits.map(limitLine)] };
  });

const CHANGES_FORM = '{"stock": […], "structures": […], "exposed": […]}';
const ask = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const changes = whatIfInput.safeParse(jsonIn(needed(parsed, 'changes'), 'changes', CHANGES_FORM));
    if (!changes.success) throw wrongFile('changes', changes.error.issues);
    const { caused, cured, limits } = whatIf(ledger, changes.data);
    const difference = writeDifference(ledger, { caused, cured });
    const lines = [...difference.lines, ...limits.flatMap(({ place, after }) => [`${place}:`, ...(after ?? []).map(limitLine)])];
    return { json: { ...difference.json, limits }, lines: lines.length > 0 ? lines : ['Nothing would change.'] };
  });

const where = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const from = optional(parsed, 'from');
    const lot = optional(parsed, 'lot');
    const ranking = rankPlaces(ledger, {
      id: ledger.deps.newId(),
      kind: from === undefined || from.startsWith('ext:') ? 'receipt' : 'move',
      item: needed(parsed, 'item'),
      ...(lot === undefined ? {} : { lot }),
      ...(from === undefined ? {} : { from }),
      quantity: needed(parsed, 'quantity'),
    });
    const write = findingWriter(ledger);
    const places = ranking.map(({ place, isPossible, refusal, findings }) => ({
      place,
      possible: isPossible,
      ...(refusal === null ? {} : { refusal: { ...refusal, message: describeError(refusal) } }),
      findings: findings.map(write.json),
    }));
    const lines = ranking.map(
      ({ place, isPossible, refusal, findings }) =>
        `${place.padEnd(10)} ${isPossible ? 'possible' : 'refused '} ${refusal === null ? '' : describeError(refusal)} ${findings.map((finding) => finding.rule).join(', ')}`,
    );
    return { json: { places }, lines };
  });

const VERBS: Readonly<Record<string, (parsed: Parsed) => Promise<Answer>>> = {
  import: importPlan,
  licence: sheet,
  register,
  issue,
  'what-if': ask,
  where,
};

/** Where things stand, what they allow, and what would change. */
export async function site(parsed: Parsed): Promise<Answer> {
  const verb = VERBS[positional(parsed, 0, Object.keys(VERBS).join(', '))];
  if (verb === undefined) throw new UsageError(`site takes ${Object.keys(VERBS).join(', ')}`);
  return verb(parsed);
}
