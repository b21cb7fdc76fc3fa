/** Letters to change, add or leave out until one word is the other. */
function steps(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}

/** Known words, those nearest to what was said first; capitals do not count. Equally near ones stay in their order. */
export function nearestFirst(said: string, known: readonly string[]): readonly string[] {
  const lower = said.toLowerCase();
  const far = (word: string): number => steps(lower, word.toLowerCase());
  return known
    .map((word) => ({ word, distance: far(word) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ word }) => word);
}
