// A process of its own that posts, with a copy on a second medium, until it is killed. It says on standard output what was
// acknowledged, and up to which entry the copy says that it holds the journal.
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openLedger } from '../../electron/data/host/openLedger.ts';
import { setPolicy } from '../../electron/data/services/administer.ts';
import { Tail } from '../../electron/data/sync/tail.ts';
import { slotsOfParent } from '../support/child.ts';

const [file = '', userDataDir = '', folder = ''] = process.argv.slice(2);
const deps = { nowMs: Date.now, newId: () => crypto.randomUUID() };
let tail: Tail | null = null;
const ledger = openLedger({ file, candidates: slotsOfParent(), userDataDir, deps, onCommitted: () => tail?.committed() });
tail = new Tail(ledger, { delayMs: 20 });
writeSync(1, 'ready\n');
await tail.set(folder);
for (;;) {
  setPolicy(ledger, { family: 'mix', kind: 'move', mode: 'warn' });
  const { seq, hash } = ledger.journal.last;
  writeSync(1, `posted ${seq} ${hash.toString('hex')}\ntail ${tail.view.lastSeq} 0\n`);
  await setTimeout(1);
}
