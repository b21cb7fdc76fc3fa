import { openIncarnation } from '../data/host/incarnation.ts';
import { secondPerson } from '../data/host/operations.ts';
import { needed, type Parsed, positional } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { withLedger } from './openFile.ts';
import { secondOf } from './second.ts';
import { words } from './wording.ts';

/** The device goes on under new keys where an older copy cannot get its later entries back. */
export function incarnation(parsed: Parsed): Promise<Answer> {
  if (positional(parsed, 0, 'open') !== 'open') throw new UsageError('incarnation takes open');
  return withLedger(positional(parsed, 1, 'FILE'), async (ledger) => {
    const second = await secondPerson(ledger, await secondOf(parsed));
    const { statement: _, ...opened } = await openIncarnation(ledger, needed(parsed, 'reason'), second);
    return {
      json: opened,
      lines: [
        `The device goes on as incarnation ${opened.incarnation}; its journal before ends at entry ${opened.previous.seq}.`,
        ...(opened.lacks === null ? [] : [words('copy.lacks', opened.lacks)]),
        `Give the new identity (\`id FILE --out PATH\`) to everybody who trusts it: ${opened.fingerprint}`,
      ],
    };
  });
}
