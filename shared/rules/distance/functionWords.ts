import { type UndergroundHazard, undergroundHazards } from './book.ts';

/**
 * What set a distance, for a person: a function of the tables by its own name (`D13`, `0.5 × D12`), what reaches out of a
 * chamber by its word; empty where nothing did. The words are those of `reach.` in the locale file.
 */
export function functionWords(id: string | null, wordOf: (hazard: UndergroundHazard) => string): string {
  const hazard = undergroundHazards.find((each) => each === id);
  return hazard === undefined ? (id ?? '') : wordOf(hazard);
}
