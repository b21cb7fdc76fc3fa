import type { ScaledView } from '../../../shared/contract/measureViews.ts';
import { type ScaledAsk, scaledFor } from '../../../shared/rules/blast/scaled.ts';
import { Refused } from '../refused.ts';
import { blastBook } from '../rules/books.ts';

/** One question to the calculator of scaled distance. */
export function askScaled(neqKg: number, ask: ScaledAsk): ScaledView {
  const found = scaledFor(blastBook(), neqKg, ask);
  if (found === null) {
    const figure = blastBook().figures.incidentKPa;
    throw new Refused({
      code: 'badValue',
      field: ask.kind,
      value: String(ask.value),
      expected: `${figure.source}: a pressure within the formula`,
    });
  }
  return {
    ...found,
    neqKg,
    scaledDistance: Number(found.scaledDistance.toPrecision(6)),
    incidentKPa: found.incidentKPa === null ? null : Math.ceil(found.incidentKPa * 10) / 10,
  };
}
