import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** 32 bytes → 24 words that carry their own check sum. */
export const wordsOf = (entropy: Uint8Array): string[] => entropyToMnemonic(entropy, wordlist).split(' ');

/** 24 words → 32 bytes; null where a word is unknown or the check sum does not fit. Case and spacing do not matter. */
export function entropyOf(words: string): Uint8Array | null {
  const tidy = words.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');
  try {
    const entropy = mnemonicToEntropy(tidy, wordlist);
    return entropy.length === 32 ? entropy : null;
  } catch {
    return null;
  }
}

const FINGERPRINT_WORDS = 8;
const BITS_PER_WORD = 11;

/** Eight words for reading out over the telephone: the first 88 bits of a hash. */
export function spokenWords(hash: Uint8Array): string {
  const bits = [...hash.subarray(0, (FINGERPRINT_WORDS * BITS_PER_WORD) / 8)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from(
    { length: FINGERPRINT_WORDS },
    (_, at) => wordlist[Number.parseInt(bits.slice(at * BITS_PER_WORD, (at + 1) * BITS_PER_WORD), 2)],
  ).join(' ');
}
