import type { Finding, Severity } from './finding.ts';
import type { RuleRow } from './pack.ts';

/** What differs from finding to finding; the rest comes from the row. */
export type FindingParts = Readonly<{
  /** Where the row's id is not the rule (several rows share one rule). */
  rule?: string;
  says: string;
  severity: Severity;
  place: string;
  subjects: Iterable<string>;
  lotId?: string;
  numbers?: Readonly<Record<string, number>>;
  facts?: Readonly<Record<string, string>>;
}>;

/** A finding that names the row it rests on. Subjects are sorted and each named once. */
export function findingFrom(row: RuleRow, parts: FindingParts): Finding {
  return {
    rule: parts.rule ?? row.id,
    says: parts.says,
    severity: parts.severity,
    pack: row.pack,
    edition: row.edition,
    source: row.source,
    status: row.status,
    place: parts.place,
    subjects: [...new Set(parts.subjects)].sort(),
    ...(parts.lotId === undefined ? {} : { lotId: parts.lotId }),
    numbers: parts.numbers ?? {},
    facts: parts.facts ?? {},
  };
}

/**
 * What a finding is about, apart from who is concerned and how much: two findings with the same identity are the same
 * trouble, before and after a change. A finding on a lot goes with the lot, so its place does not count.
 */
export function findingIdentity(finding: Finding): string {
  const place = finding.lotId === undefined ? finding.place : '';
  const { division, condition, exposed, inspection, questionId, account } = finding.facts;
  const about = division ?? condition ?? exposed ?? inspection ?? questionId ?? account ?? '';
  return [finding.rule, place, finding.lotId ?? '', about].join('|');
}

/** Facts for a sentence: rows that leave NEQ out are named in words. A row without a name stays as it is. */
export function factsInWords(facts: Finding['facts'], nameOf: (row: string) => string | null): Finding['facts'] {
  const { leftOut } = facts;
  if (leftOut === undefined) return facts;
  return { ...facts, leftOut: leftOut.replaceAll(/limit\.exclusion\.\w+/g, (row) => nameOf(row) ?? row) };
}

const severityOrder = { stop: 0, warn: 1, info: 2 } as const;
/** One finding among all those of a check: no two have the same key. The order of the keys is worst first, then by place. */
export const findingKey = (f: Finding): string => [severityOrder[f.severity], f.place, findingIdentity(f), ...f.subjects].join('\n');

/** A key without its severity: the same trouble before and after an authority decided about it. */
export const troubleOf = (key: string): string => key.slice(key.indexOf('\n') + 1);

/** Worst first, then by place, rule and subjects; the same finding twice is listed once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const keyed = new Map(findings.map((finding) => [findingKey(finding), finding]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}
