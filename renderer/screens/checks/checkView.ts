import { familyOf, type JudgedFinding, type RuleFamily, type Severity } from '../../../shared/rules/finding.ts';
import type { Query } from '../../app/router.ts';

export type CheckFilter = Readonly<{ severity: string; family: string; rule: string; place: string; item: string }>;
export type FacetName = 'severity' | 'family' | 'rule' | 'place';
export type Facet = Readonly<{ value: string; count: number }>;

export const severities: readonly Severity[] = ['stop', 'warn', 'info'];
export const families: readonly RuleFamily[] = ['class', 'mix', 'limit', 'life', 'qd', 'store', 'unknown'];
export const isSeverity = (text: string): text is Severity => severities.some((one) => one === text);
export const isFamily = (text: string): text is RuleFamily => families.some((one) => one === text);

export const filterOf = (query: Query): CheckFilter => ({
  severity: query.severity ?? '',
  family: query.family ?? '',
  rule: query.rule ?? '',
  place: query.place ?? '',
  item: query.item ?? '',
});
export const hasFilter = (filter: CheckFilter): boolean => Object.values(filter).some((value) => value !== '');

const valueFor: Readonly<Record<FacetName, (finding: JudgedFinding) => string>> = {
  severity: (finding) => finding.severity,
  family: (finding) => familyOf(finding.rule),
  rule: (finding) => finding.rule,
  place: (finding) => finding.place,
};

export function matching(findings: readonly JudgedFinding[], filter: CheckFilter, except?: FacetName): readonly JudgedFinding[] {
  const names = (Object.keys(valueFor) as FacetName[]).filter((name) => name !== except && filter[name] !== '');
  return findings.filter(
    (finding) =>
      names.every((name) => valueFor[name](finding) === filter[name]) && (filter.item === '' || finding.subjects.includes(filter.item)),
  );
}

function counted(findings: readonly JudgedFinding[], name: FacetName): readonly Facet[] {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(valueFor[name](finding), (counts.get(valueFor[name](finding)) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** One for all comparisons: making it costs more than using it. */
const collator = new Intl.Collator(undefined, { numeric: true });
const mostFirst = (facets: readonly Facet[]): readonly Facet[] =>
  facets.toSorted((a, b) => b.count - a.count || collator.compare(a.value, b.value));

/** How many findings each choice would show, the other choices kept. The chosen one is offered even where it has none. */
export function facetsOf(findings: readonly JudgedFinding[], filter: CheckFilter): Readonly<Record<FacetName, readonly Facet[]>> {
  const facet = (name: FacetName): readonly Facet[] => {
    const found = counted(matching(findings, filter, name), name);
    const chosen = filter[name];
    return chosen === '' || found.some(({ value }) => value === chosen) ? found : [...found, { value: chosen, count: 0 }];
  };
  const ordered = (name: FacetName, order: readonly string[]) =>
    facet(name).toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  return {
    severity: ordered('severity', severities),
    family: ordered('family', families),
    rule: mostFirst(facet('rule')),
    place: mostFirst(facet('place')),
  };
}

const severityOrder: Readonly<Record<Severity, number>> = { stop: 0, warn: 1, info: 2 };

/** What a column of the list sorts by. */
export function findingValue(finding: JudgedFinding, column: string): string | number | null {
  switch (column) {
    case 'severity':
      return severityOrder[finding.severity] * 2 + (finding.blocked ? 0 : 1);
    case 'place':
      return finding.place === '' ? null : finding.place;
    case 'subjects':
      return finding.subjects.join(' ');
    default:
      return finding.rule;
  }
}
