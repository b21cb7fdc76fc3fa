/** How hard a passphrase is to guess, in steps that the meter shows. Lengths below the minimum are refused by the data process. */
export type Strength = Readonly<{ level: 0 | 1 | 2 | 3 | 4; bits: number }>;

const kinds: readonly (readonly [RegExp, number])[] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{Nd}/u, 10],
  [/\p{Lo}/u, 60],
  [/[^\p{L}\p{Nd}]/u, 20],
];

/** Repeated signs and runs (aaaa, abcd, 4321) add next to nothing, so they are counted once. */
function countedSigns(signs: readonly string[]): number {
  let counted = 0;
  for (const [index, sign] of signs.entries()) {
    const before = signs[index - 1];
    const step = before === undefined ? null : (sign.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    counted += step !== null && Math.abs(step) <= 1 ? 0.25 : 1;
  }
  return counted;
}

/**
 * A careful guess, not a promise: random signs would carry more, so each counts for at most 2.6 bits, as in a sentence of
 * common words.
 */
export function strengthOf(passphrase: string): Strength {
  const signs = Array.from(passphrase.normalize('NFC'));
  const pool = kinds.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  const variety = new Set(signs).size / Math.max(signs.length, 1);
  const bits = pool === 0 ? 0 : countedSigns(signs) * Math.min(Math.log2(pool), 2.6) * Math.min(1, variety * 2);
  const level = bits < 24 ? 0 : bits < 36 ? 1 : bits < 48 ? 2 : bits < 62 ? 3 : 4;
  return { level: signs.length === 0 ? 0 : level, bits };
}
