import type { MovementRequest } from '../../../shared/contract/inputs.ts';
import type { PlaceRanking } from '../../../shared/contract/siteViews.ts';
import type { Ledger } from '../ledger.ts';
import { listPotentials } from '../repositories/site.ts';
import { previewMovement } from './postMovement.ts';

const count = ({ findings }: PlaceRanking, severity: string): number => findings.filter((finding) => finding.severity === severity).length;

/** Possible before refused, then fewer stops, fewer warnings, and the code of the place. */
function compare(a: PlaceRanking, b: PlaceRanking): number {
  if (a.isPossible !== b.isPossible) return a.isPossible ? -1 : 1;
  const [stops, warnings] = [count(a, 'stop') - count(b, 'stop'), count(a, 'warn') - count(b, 'warn')];
  if (stops !== 0) return stops;
  return warnings !== 0 ? warnings : a.place < b.place ? -1 : 1;
}

/**
 * "Could I put this here?", asked of every storehouse and every open ground: what posting the movement there would
 * answer, the best place first. Nothing is written. A refusal that has nothing to do with the place is on every line.
 */
export function rankPlaces(ledger: Ledger, request: Omit<MovementRequest, 'to'>): readonly PlaceRanking[] {
  return listPotentials(ledger, ledger.site)
    .filter(({ place }) => place !== request.from)
    .map(({ place, name }): PlaceRanking => {
      const { refusal, findings } = previewMovement(ledger, { ...request, to: place });
      return { place, name, isPossible: refusal === null, refusal, findings };
    })
    .sort(compare);
}
