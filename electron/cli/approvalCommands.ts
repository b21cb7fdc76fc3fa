import { secondPerson } from '../data/host/operations.ts';
import { grantApproval, withdrawApproval, withdrawWaiver } from '../data/services/approvals.ts';
import { measuresOf } from '../data/services/measures.ts';
import { sheetOf } from '../data/services/storehouse.ts';
import { needed, optional, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { measureLine } from './measureLine.ts';
import { withLedger } from './openFile.ts';
import { secondOf } from './second.ts';

const answered = ({ id }: { id: string }): Answer => ({ json: { id }, lines: [id] });

/** Records that the conditions of a cell are met at a place. */
export const approve = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const data = {
      rule: needed(parsed, 'rule'),
      place: needed(parsed, 'place'),
      conditions: needed(parsed, 'conditions')
        .split(',')
        .map((each) => each.trim()),
      authority: needed(parsed, 'authority'),
      until: needed(parsed, 'until'),
      reason: needed(parsed, 'reason'),
    };
    return answered(grantApproval(ledger, data, await secondPerson(ledger, await secondOf(parsed))));
  });

/** Takes back an approval or a waiver. */
export const withdraw = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const reason = needed(parsed, 'reason');
    const [approval, waiver] = [optional(parsed, 'approval'), optional(parsed, 'waiver')];
    if (approval !== undefined && waiver === undefined) return answered(withdrawApproval(ledger, { id: approval, reason }));
    if (waiver !== undefined && approval === undefined) return answered(withdrawWaiver(ledger, { id: waiver, reason }));
    throw new UsageError('name either --approval or --waiver');
  });

/** The sheet of a storehouse: symbols to display, withdrawal, floor, practice, what was measured, and checklists. */
export const storehouse = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const sheet = sheetOf(ledger, needed(parsed, 'place'));
    const { places } = measuresOf(ledger, needed(parsed, 'place'));
    const { symbols, withdrawal, floor, practice, checklists } = sheet;
    return {
      json: { ...sheet, measures: places },
      lines: [
        `fire division ${symbols.fire?.fireDivision ?? '-'}`,
        ...symbols.supplementary.map(({ id, source, status }) => `${id} [${source}, ${status}]`),
        `withdrawal ${withdrawal?.distanceM ?? 0} m`,
        `floor ${Math.ceil(floor.massG / 1000)} kg of ${floor.massMaxKg ?? '?'} kg`,
        ...practice.map(({ words, least, most, unit, status }) => `${words}: ${least ?? ''}…${most ?? ''} ${unit} [${status}]`),
        ...places.flatMap(({ place, survey, rows, dueOn }) =>
          survey === null
            ? [`${place}: nobody measured yet`]
            : [`${place}: measured on ${survey.onDate} by ${survey.person}, again by ${dueOn ?? '-'}`, ...rows.map(measureLine)],
        ),
        ...checklists.flatMap(({ id, title, questions }) => [
          `checklist ${id}: ${title}`,
          ...questions.map((question) => `  ${question.id}: ${question.words}`),
        ]),
      ],
    };
  });
