import type { JudgedFinding } from '../../shared/rules/finding.ts';
import { describeFinding } from './wording.ts';

/** A finding as scripts read it. */
export const findingJson = (finding: JudgedFinding) => ({
  rule: finding.rule,
  severity: finding.severity,
  blocked: finding.blocked,
  ...(finding.overridden ? { overridden: true } : {}),
  pack: finding.pack,
  edition: finding.edition,
  source: finding.source,
  status: finding.status,
  place: finding.place,
  subjects: finding.subjects,
  ...(finding.lotId === undefined ? {} : { lotId: finding.lotId }),
  message: describeFinding(finding),
  numbers: finding.numbers,
});

export const findingLine = (finding: JudgedFinding): string =>
  `${finding.severity.toUpperCase().padEnd(4)} ${finding.place.padEnd(8)} ${describeFinding(finding)} [${finding.rule}${finding.facts.cell === undefined ? '' : ` by ${finding.facts.cell}`}, ${finding.pack} ${finding.edition}${finding.status === 'verified' ? '' : ', unverified'}]`;
