import type { CaseRow, CaseView, ConsignmentRow, SiteRow } from '../../shared/contract/caseViews.ts';
import type { PartnerView } from '../../shared/contract/views.ts';
import { decideAndRetry } from '../data/host/caseHandlers.ts';
import { secondPerson } from '../data/host/operations.ts';
import { onlyHereOf } from '../data/services/acknowledged.ts';
import { listCases, showCase } from '../data/services/cases.ts';
import { listConsignments } from '../data/services/consignments.ts';
import { listPartners } from '../data/services/partners.ts';
import { listSites } from '../data/services/sites.ts';
import { tellingAccounts } from './accounts.ts';
import { needed, type Parsed, positional } from './arguments.ts';
import { caseLines, describeCase, describeDecision } from './caseWording.ts';
import { type Answer, UsageError } from './io.ts';
import { withLedger } from './openFile.ts';
import { secondOf } from './second.ts';

/** What two people decide between devices, and what is known of other sites. */

const momentOf = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());

const caseLine = (row: CaseRow): string => {
  const state = row.decision === null ? 'open' : describeDecision(row.kind, row.decision);
  return [row.id.slice(0, 8), momentOf(row.openedAtMs), describeCase(row.kind), row.subject, state].join('\t');
};

const list = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const cases = listCases(ledger, { isOpenOnly: parsed.options.all !== true });
    return { json: { cases }, lines: cases.length === 0 ? ['There is no open case.'] : cases.map(caseLine) };
  });

const decisionLine = (view: CaseView): string =>
  view.decision === null
    ? `To be decided by two people: ${view.decisions.map((each) => `${each} (${describeDecision(view.kind, each)})`).join(', ')}`
    : `Decided ${momentOf(view.decidedAtMs)} by ${view.person} and ${view.second}: ${describeDecision(view.kind, view.decision)} – ${view.reason}`;

const show = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), (ledger) => {
    const view = showCase(ledger, { id: positional(parsed, 2, 'ID') });
    return { json: view, lines: [caseLine(view), ...caseLines(view.facts), decisionLine(view)] };
  });

const decide = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const said = { id: positional(parsed, 2, 'ID'), decision: needed(parsed, 'decision'), reason: needed(parsed, 'reason') };
    const decided = await decideAndRetry(ledger, said, await secondPerson(ledger, await secondOf(parsed)));
    return { json: decided, lines: [`Case ${decided.id} is decided: ${decided.decision}`] };
  });

export function caseCommand(parsed: Parsed): Promise<Answer> {
  const verb = positional(parsed, 0, 'list, show or decide');
  if (verb === 'list') return list(parsed);
  if (verb === 'show') return show(parsed);
  if (verb === 'decide') return decide(parsed);
  throw new UsageError('case takes list, show or decide');
}

const consignmentLines = (row: ConsignmentRow): string[] => [
  [
    row.consignment,
    `${row.from.join(', ') || '?'} → ${row.receivedBy.join(', ') || row.sentTo.join(', ') || '?'}`,
    row.state,
    momentOf(row.sentAtMs),
    ...row.cases.map((id) => `case ${id.slice(0, 8)}`),
  ].join('\t'),
  ...row.lines.map(
    ({ item, lot, issued, received, inTransit }) =>
      `  ${item}\t${lot || '(unknown lot)'}\tissued ${issued}\treceived ${received}\tin transit ${inTransit}`,
  ),
];

export const consignments = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const reply = listConsignments(ledger);
    const totals = reply.totals.map(
      ({ item, name, onHand, inTransit, total, unit }) =>
        `${item}\t${name}\ton hand ${onHand}\tin transit ${inTransit}\ttotal ${total} ${unit}`,
    );
    return { json: reply, lines: [...reply.consignments.flatMap(consignmentLines), ...totals] };
  });

const siteLine = ({ site, name, role, asOfMs, heardAtMs, isOwn, entries, waiting, frozen, openCases, notUnderstood }: SiteRow): string =>
  [
    site,
    `${name} (${role})`,
    `as of ${momentOf(asOfMs)}`,
    isOwn ? 'this site' : `heard ${momentOf(heardAtMs)}`,
    `${entries} entries`,
    `${waiting} waiting`,
    `${frozen} frozen`,
    `${openCases} open cases`,
    ...(notUnderstood > 0 ? [`incomplete: ${notUnderstood} entries of a newer program; update this one`] : []),
  ].join('\t');

export const sites = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const rows = listSites(ledger);
    return tellingAccounts(ledger, { json: { sites: rows }, lines: rows.map(siteLine) });
  });

const partnerLine = (row: PartnerView): string =>
  [
    row.site,
    row.role,
    row.device.slice(0, 8),
    row.lastSentAtMs === null ? 'never sent' : `sent ${momentOf(row.lastSentAtMs)} up to ${row.lastSentSeq}`,
    `heard ${momentOf(row.lastHeardAtMs)}`,
    row.acknowledgedSeq === null ? 'nothing acknowledged' : `acknowledged up to ${row.acknowledgedSeq}`,
    `${row.onlyHere} not there`,
    `${row.waiting} waiting`,
    ...(row.notUnderstood > 0 ? [`${row.notUnderstood} not understood`] : []),
  ].join('\t');

export const partners = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const rows = listPartners(ledger);
    const here = onlyHereOf(ledger);
    const sent = here.sentNotAcknowledged === 0 ? '' : `, ${here.sentNotAcknowledged} of them sent and not yet acknowledged`;
    return tellingAccounts(ledger, {
      json: { ...here, partners: rows },
      lines: [`${here.onlyHere} entries exist on this machine only${sent}.`, ...rows.map(partnerLine)],
    });
  });
