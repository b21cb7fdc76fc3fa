import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTail } from '../data/host/operations.ts';
import { Tail } from '../data/sync/tail.ts';
import { optional, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { withLedger } from './openFile.ts';
import { describeTail } from './tailWording.ts';

/** Keeps a copy of the journal on a second medium, or says how it stands. */
export const tail = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const to = optional(parsed, 'to');
    const isOff = parsed.options.off === true;
    if (to !== undefined && isOff) throw new UsageError('tail takes --to FOLDER or --off');
    const kept = new Tail(ledger);
    if (to === undefined && !isOff) {
      await kept.flush();
      return { json: kept.view, lines: [describeTail(kept.view)] };
    }
    const folder = to === undefined ? null : resolve(to);
    const view = await setTail(ledger, kept, folder);
    const isSameDisk = folder !== null && statSync(folder).dev === statSync(ledger.file).dev;
    const warning = isSameDisk
      ? ['This folder lies on the disk of the depot itself: choose another medium, or both are lost together.']
      : [];
    return { json: { ...view, ...(folder === null ? {} : { isSameDisk }) }, lines: [describeTail(view), ...warning] };
  });
