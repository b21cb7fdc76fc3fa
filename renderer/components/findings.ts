import { assertNever } from '../../shared/lib/result.ts';
import { type Finding, familyOf, type JudgedFinding, type Severity } from '../../shared/rules/finding.ts';
import { type Address, to } from '../app/router.ts';

const order: Readonly<Record<Severity, number>> = { stop: 0, warn: 1, info: 2 };

/** Worst first; the blocking ones before the others of the same severity. */
export const bySeverity = (a: JudgedFinding, b: JudgedFinding): number =>
  order[a.severity] - order[b.severity] || Number(b.blocked) - Number(a.blocked) || a.rule.localeCompare(b.rule);

/** Splits `neqKg` into what it is and its unit, for numbers that have no wording of their own yet. */
export function numberName(name: string): Readonly<{ words: string; unit: string }> {
  const units: readonly (readonly [string, string])[] = [
    ['Mm', 'mm'],
    ['Kg', 'kg'],
    ['G', 'g'],
    ['M', 'm'],
    ['Days', 'd'],
    ['Years', 'y'],
    ['Percent', '%'],
    ['KPa', 'kPa'],
  ];
  const [suffix, unit] = units.find(([ending]) => name.endsWith(ending)) ?? ['', ''];
  const stem = suffix === '' ? name : name.slice(0, -suffix.length);
  return { words: stem.replaceAll(/([A-Z])/g, ' $1').toLowerCase(), unit };
}

/** What is cured at the storehouse itself, by measuring, restacking or walking through a list. */
const isOfPractice = ({ rule }: Finding): boolean => /^store\.(measure|unmeasured|checklist)/.test(rule);
/** The sheet of the storehouse where such a finding is cured; null for every other. */
export const storehouseAddress = (finding: Finding): Address | null =>
  isOfPractice(finding) ? to.licence(finding.facts.store ?? finding.place) : null;

/** Where a person can begin to cure it by a movement. */
export function cureAddress(finding: Finding): Address | null {
  const family = familyOf(finding.rule);
  const [item = ''] = finding.subjects;
  switch (family) {
    case 'mix':
    case 'limit':
    case 'qd':
    case 'store':
      return finding.place === '' || isOfPractice(finding) ? null : to.post({ kind: 'move', from: finding.place, item });
    case 'life':
      return to.post({ kind: 'condition', from: finding.place, item, ...(finding.lotId ? { lotId: finding.lotId } : {}) });
    case 'class':
    case 'unknown':
      return null;
    default:
      return assertNever(family);
  }
}
