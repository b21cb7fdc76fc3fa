import type { Envelope } from './envelope.ts';

/** Where an entry stands among all entries of its site, whatever device made it. */
export type EntryKey = Pick<Envelope, 'hlc' | 'dev' | 'inc' | 'seq'>;

/** Negative where `a` comes first: by `(hlc, dev, inc, seq)`, the same on every machine. Zero for the same entry only. */
export function compareEntries(a: EntryKey, b: EntryKey): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  if (a.dev !== b.dev) return a.dev < b.dev ? -1 : 1;
  return a.inc === b.inc ? a.seq - b.seq : a.inc - b.inc;
}

/**
 * Runs readers of streams side by side, so that what they yield comes in the order of `compareEntries`: the one whose
 * entry comes first goes on. Each holds one entry at a time. What the first of them returns early, other than null, ends all.
 *
 * @param readers generators that yield the key of an entry, and take it in when they are resumed.
 */
export function runInOrder<R>(readers: readonly Generator<EntryKey, R | null>[]): R | null {
  const waiting: { reader: Generator<EntryKey, R | null>; key: EntryKey }[] = [];
  try {
    for (const reader of readers) {
      const next = reader.next();
      if (!next.done) waiting.push({ reader, key: next.value });
      else if (next.value !== null) return next.value;
    }
    while (waiting.length > 0) {
      const first = waiting.reduce((best, other) => (compareEntries(other.key, best.key) < 0 ? other : best));
      const next = first.reader.next();
      if (!next.done) first.key = next.value;
      else if (next.value === null) waiting.splice(waiting.indexOf(first), 1);
      else return next.value;
    }
    return null;
  } finally {
    for (const reader of readers) reader.return(null); // an open query would keep the file from closing
  }
}
