import type { Finding } from './finding.ts';
import { findingIdentity } from './ruleFinding.ts';

/** How bad a trouble was before: who was concerned, and the worst of each number. */
type Level = { subjects: Set<string>; neqKg: number; limitKg: number; isStop: boolean };

/**
 * The findings that a change brought about: new ones, and those that became worse (more subjects, a larger NEQ or mass, a lower
 * limit, or a stop that was a warning). The rest was there before and is nobody's doing. A finding on a lot goes with the
 * lot, so moving an expired lot causes nothing.
 *
 * @param before Findings on the touched places before the change, source and destination.
 * @param after Findings on the same places after it.
 */
export function causedBy(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const levels = new Map<string, Level>();
  for (const finding of before) raise(levels, finding);
  return after.filter((finding) => {
    const level = levels.get(findingIdentity(finding));
    return level === undefined || isWorseThan(finding, level);
  });
}

function raise(levels: Map<string, Level>, finding: Finding): void {
  const key = findingIdentity(finding);
  const level = levels.get(key) ?? {
    subjects: new Set<string>(),
    neqKg: Number.NEGATIVE_INFINITY,
    limitKg: Number.POSITIVE_INFINITY,
    isStop: false,
  };
  for (const subject of finding.subjects) level.subjects.add(subject);
  level.neqKg = Math.max(level.neqKg, finding.numbers.neqKg ?? finding.numbers.massKg ?? Number.NEGATIVE_INFINITY);
  level.limitKg = Math.min(level.limitKg, finding.numbers.limitKg ?? Number.POSITIVE_INFINITY);
  level.isStop ||= finding.severity === 'stop';
  levels.set(key, level);
}

function isWorseThan(finding: Finding, level: Level): boolean {
  const { massKg = Number.NEGATIVE_INFINITY, neqKg = massKg, limitKg = Number.POSITIVE_INFINITY } = finding.numbers;
  if (finding.severity === 'stop' && !level.isStop) return true;
  return neqKg > level.neqKg || limitKg < level.limitKg || finding.subjects.some((subject) => !level.subjects.has(subject));
}

/**
 * What a change brings about and what it ends. A lot that lies in two places has a trouble of its own in each. A finding that
 * is the very same before and after is neither, and of a large site almost all are.
 */
export function differenceOf(
  before: readonly Finding[],
  after: readonly Finding[],
): Readonly<{ caused: readonly Finding[]; cured: readonly Finding[] }> {
  const [was, is] = [new Set(before), new Set(after)];
  const [gone, come] = [before.filter((each) => !is.has(each)), after.filter((each) => !was.has(each))];
  const places = new Set([...gone, ...come].map(({ place }) => place));
  // A trouble is told by its place, or by its lot wherever that lies.
  const mayBeSame = ({ place, lotId }: Finding): boolean => lotId !== undefined || places.has(place);
  const keyOf = (finding: Finding): string => `${findingIdentity(finding)} ${finding.place}`;
  const left = new Set(after.filter(mayBeSame).map(keyOf));
  return { caused: causedBy(before.filter(mayBeSame), come), cured: gone.filter((finding) => !left.has(keyOf(finding))) };
}
