import type { JudgedMeasure } from '../../shared/rules/storehouse/measures.ts';

const verdictOf = ({ measuredMm, broken, exceededOwnMm }: JudgedMeasure): string =>
  measuredMm === null ? 'not measured' : broken === null ? 'kept' : exceededOwnMm === null ? 'NOT KEPT' : 'STOP, above its own limit';

/** One row of practice beside what was measured. */
export function measureLine(judged: JudgedMeasure): string {
  const { row, measuredMm, onDate, leastMm, mostMm, exceededOwnMm } = judged;
  const numbers = `${measuredMm ?? '?'} mm${onDate === null ? '' : ` on ${onDate}`} of ${leastMm ?? ''}…${exceededOwnMm ?? mostMm ?? ''} mm`;
  return `${row.words}: ${numbers}, ${verdictOf(judged)} [${row.source}, ${row.status}]`;
}
