import type { JudgedFinding } from '../../shared/rules/finding.ts';
import type { Ledger } from '../data/ledger.ts';
import { lotFinder } from '../data/repositories/reference.ts';
import { describeFinding } from './wording.ts';

type Listed = Omit<JudgedFinding, 'blocked'> & Readonly<{ blocked?: boolean }>;

/** Writes findings as scripts read them and as people do; a finding on a lot names the lot. */
export function findingWriter(ledger: Ledger) {
  const find = lotFinder(ledger);
  const textOf = ({ lotId }: Listed): string | null => (lotId === undefined ? null : (find(lotId)?.text ?? null));
  const json = (finding: Listed) => {
    const lot = textOf(finding);
    return {
      rule: finding.rule,
      severity: finding.severity,
      blocked: finding.blocked ?? false,
      ...(finding.overridden ? { overridden: true } : {}),
      pack: finding.pack,
      edition: finding.edition,
      source: finding.source,
      status: finding.status,
      place: finding.place,
      subjects: finding.subjects,
      ...(finding.lotId === undefined ? {} : { lotId: finding.lotId }),
      ...(lot === null ? {} : { lot }),
      message: describeFinding(finding, lot),
      numbers: finding.numbers,
    };
  };
  const line = (finding: Listed): string =>
    `${finding.severity.toUpperCase().padEnd(4)} ${finding.place.padEnd(8)} ${describeFinding(finding, textOf(finding))} [${finding.rule}${finding.facts.cell === undefined ? '' : ` by ${finding.facts.cell}`}, ${finding.pack} ${finding.edition}${finding.status === 'verified' ? '' : ', unverified'}]`;
  return { json, line };
}
