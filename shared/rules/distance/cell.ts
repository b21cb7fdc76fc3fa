import { err, ok, type Result } from '../../lib/result.ts';
import type { CellOption, DistanceCondition, Protection } from './book.ts';

const functionForm = /^(?:(0\.5|2) × )?([A-Z]+\d+)(?: ≥ (\d+))?(?: (complete|high|limited))?(?: \? (.+))?$/;
const fixedForm = /^(\d+) m(?: \? (.+))?$/;

/**
 * Reads one cell of a matrix: options divided by ` | `, the one without a condition first. An option is `none`, `25 m`,
 * or `[0.5 × |2 × ]D7[ ≥ 270][ high][ ? condition + condition]`: factor, function, least distance in metres, protection
 * that it gives, and what must be recorded before it may be used.
 */
export function readCell(text: string, conditions: ReadonlyMap<string, DistanceCondition>): Result<readonly CellOption[], string> {
  const options: CellOption[] = [];
  for (const part of text.split(' | ')) {
    const option = readOption(part, conditions);
    if (option === null) return err(`"${part}" cannot be read`);
    options.push(option);
  }
  return options.some(({ needs }) => needs.length === 0) ? ok(options) : err('no option without a condition');
}

function readOption(text: string, conditions: ReadonlyMap<string, DistanceCondition>): CellOption | null {
  const none = { functionId: null, factorMilli: 1000, fixedM: 0, minimumM: null, protection: null, needs: [] };
  if (text === 'none') return none;
  const fixed = fixedForm.exec(text);
  const [, factor, functionId, minimum, protection, needed] = functionForm.exec(text) ?? [];
  if (fixed === null && functionId === undefined) return null;
  const names = (fixed === null ? needed : fixed[2])?.split(' + ') ?? [];
  const needs = names.flatMap((name) => conditions.get(name) ?? []);
  if (needs.length !== names.length) return null;
  if (fixed !== null) return { ...none, fixedM: Number(fixed[1]), needs };
  return {
    functionId: functionId ?? null,
    factorMilli: Number(factor ?? 1) * 1000,
    fixedM: 0,
    minimumM: minimum === undefined ? null : Number(minimum),
    protection: (protection as Protection | undefined) ?? null,
    needs,
  };
}
