import { err, type Result } from '../../../shared/lib/result.ts';
import type { SurveillancePlan } from '../../../shared/rules/surveillance/book.ts';
import { readPlan } from '../../../shared/rules/surveillance/readPlan.ts';

/** Read once for each text: every check asks for the plan of its site. */
const read = new Map<string, Result<SurveillancePlan, readonly string[]>>();

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** The surveillance plan that a text of JSON says, or everything that is wrong with it. */
export function surveillancePlanOf(content: string): Result<SurveillancePlan, readonly string[]> {
  const known = read.get(content);
  if (known !== undefined) return known;
  const json = parsed(content);
  const found = json === undefined ? err(['the file is not JSON']) : readPlan(json);
  read.set(content, found);
  return found;
}
