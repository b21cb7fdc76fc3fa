import { useMemo } from 'react';
import type { LotPage } from '../../../shared/contract/views.ts';
import type { JudgedFinding } from '../../../shared/rules/finding.ts';
import { findingKey } from '../../../shared/rules/ruleFinding.ts';
import { useAnswer } from '../../api/answers.ts';
import { bySeverity } from '../../components/findings.ts';

/** Findings about the lot, then those about its item in the places where it lies, which the depot's check holds. */
export function useLotFindings(page: LotPage): readonly JudgedFinding[] {
  const { reply } = useAnswer('check.depot', {});
  return useMemo(() => {
    const places = new Set(page.holdings.map(({ place }) => place));
    const isAboutIt = ({ place, subjects, lotId }: JudgedFinding): boolean =>
      places.has(place) && subjects.includes(page.lot.item) && (lotId === undefined || lotId === page.lot.lotId);
    const ofPlaces = reply?.ok ? reply.value.findings.filter(isAboutIt) : [];
    const all = new Map([...page.findings, ...ofPlaces].map((finding) => [findingKey(finding), finding]));
    return [...all.values()].sort(bySeverity);
  }, [page, reply]);
}
