/** The words by which a pair of places is asked about, and which of those said are none of them. */

import { nearestFirst } from '../../lib/nearWords.ts';
import { type DistanceBook, potentialColumns } from './book.ts';

/** Potential sites that are no column of a matrix. */
export const placesBeside = ['berth', 'underground'] as const;

const portRows = (books: readonly DistanceBook[]): readonly string[] =>
  books.flatMap(({ ports }) => [...ports.keys()].map((key) => key.slice(key.indexOf(' ') + 1)));

/** What the first place may be: columns of the matrix, kinds of building, and those with rules of their own. */
export const potentialWords = (books: readonly DistanceBook[]): readonly string[] => [
  ...potentialColumns,
  ...new Set(books.flatMap((book) => [...book.potentialTypes.keys()])),
  ...placesBeside,
];

/** What the second may be. Some rows are known of a berth alone. */
export const exposedWords = (books: readonly DistanceBook[], isToBerth: boolean): readonly string[] => [
  ...new Set([
    ...books.flatMap((book) => [...(book.matrices.get('1.1')?.keys() ?? [])]),
    ...(isToBerth ? portRows(books) : []),
    ...books.flatMap((book) => [...book.exposedTypes.keys()]),
  ]),
  ...placesBeside,
];

/** One of the two places of which the worst is assumed; `said` null: nothing was said of it. */
export type AssumedPlace = Readonly<{ side: 'pes' | 'es'; said: string | null; known: readonly string[] }>;

/** Which of two places is unknown, so that its worst column or row counts, with the words that are known: near ones first. */
export function assumedPlaces(
  books: readonly DistanceBook[],
  { pes, es }: Readonly<{ pes: string | null; es: string | null }>,
): readonly AssumedPlace[] {
  const sides = [
    { side: 'pes', said: pes, known: potentialWords(books) },
    { side: 'es', said: es, known: exposedWords(books, pes === 'berth') },
  ] as const;
  return sides
    .filter(({ said, known }) => said === null || !known.includes(said))
    .map(({ side, said, known }) => ({ side, said, known: said === null ? known : nearestFirst(said, known) }));
}
