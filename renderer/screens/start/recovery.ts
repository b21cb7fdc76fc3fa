/** Three different positions out of all the words, in rising order, drawn with the random numbers given. */
export function askedPositions(wordCount: number, random: () => number): readonly number[] {
  const left = Array.from({ length: wordCount }, (_, position) => position);
  const drawn = Array.from({ length: Math.min(3, wordCount) }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 0);
  return drawn.toSorted((a, b) => a - b);
}

/** Even numbers from 0 up to 1, from the machine's secure source. */
export const secureRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

export const isSameWord = (typed: string, word: string): boolean =>
  typed.trim().toLowerCase().normalize('NFKD') === word.toLowerCase().normalize('NFKD');
