import { readFileSync } from 'node:fs';
import { decodeRange } from '../../electron/data/sync/decodeRange.ts';
import { BundleRefused } from '../../electron/data/sync/format.ts';
import { peakKib } from './peak.ts';

// Run by bombs.test.ts as a process of its own, so that its memory is its own: `rangeBomb.ts COUNT FILE`. Prints what became of
// the packed entries and by how many MiB reading them raised the most that the process ever held.

const [count = '', file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const before = peakKib();
let answer = 'read';
try {
  for (const entry of decodeRange(bytes, Number(count))) if (entry.payload === '') throw new Error('an entry of nothing');
} catch (cause) {
  answer = cause instanceof BundleRefused ? cause.code : String(cause);
}
process.stdout.write(JSON.stringify({ answer, moreMib: Math.round((peakKib() - before) / 1024) }));
