// A process of its own that makes or takes in one bundle, or a folder of them, as it would in daily work, and may be killed at any
// moment. It says on standard output when it begins, and how it ended: `done`, or the code of the refusal.
import { writeSync } from 'node:fs';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { applyBundleFile, createBundle } from '../../electron/data/host/operations.ts';
import { closeLedger } from '../../electron/data/ledger.ts';
import { refusalOf } from '../../electron/data/refused.ts';
import { slotsOfParent } from '../support/child.ts';

const [what = '', file = '', userDataDir = '', path = ''] = process.argv.slice(2);
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
const ledger = openLedger({ file, candidates: slotsOfParent(), userDataDir, deps });
writeSync(1, 'ready\n');
const work: Promise<unknown> =
  what === 'export' ? createBundle(ledger, 'HQ', path, () => undefined, 20_000) : applyBundleFile(ledger, path);
const end = await work.then(
  () => 'done',
  (cause: unknown) => refusalOf(cause)?.code ?? String(cause),
);
closeLedger(ledger);
writeSync(1, `${end}\n`);
