import { readFileSync } from 'node:fs';
import { type BundleHeader, BundleRefused, LIMITS, splitBundle, unpackBody } from '../../electron/data/sync/format.ts';
import { bundleOf } from './bundleParts.ts';
import { peakKib } from './peak.ts';

// Run by bombs.test.ts as a process of its own, so that its memory is its own: `bomb.ts brotli|gzip STATED FILE`. Prints the
// refusal and by how many MiB unpacking raised the most that the process ever held.

const [comp = '', stated = '0', file = ''] = process.argv.slice(2);
const body = readFileSync(file);
const opened = splitBundle(bundleOf());
const header = { ...opened.header, comp, raw: Math.min(Number(stated), LIMITS.rawBytesMax), body: body.length } as BundleHeader;
const before = peakKib();
let answer = 'unpacked';
try {
  unpackBody({ ...opened, header, body });
} catch (cause) {
  answer = cause instanceof BundleRefused ? cause.code : String(cause);
}
process.stdout.write(JSON.stringify({ answer, moreMib: Math.round((peakKib() - before) / 1024) }));
