// A process of its own that opens a depot as the data process does, reads what a working day reads, and verifies.
// Prints the resident memory after the reading, in MiB, and how long verifying took.
import { readFileSync } from 'node:fs';
import { createHost } from '../../electron/data/host/host.ts';
import type { StockPage, VerifyReply } from '../../shared/contract/views.ts';
import { say } from './measure.ts';

const [file, userDataDir] = process.argv.slice(2) as [string, string];
const host = createHost({
  userDataDir,
  emit: () => undefined,
  log: (id, cause) => say(`${id}: ${String(cause)}`),
});
const mebibytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);

async function answer<T>(name: string, input: object): Promise<Readonly<{ value: T; ms: number }>> {
  const startedAtMs = performance.now();
  const reply = await host.call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
  const ms = performance.now() - startedAtMs;
  say(`  ${name}: ${ms.toFixed(0)} ms, ${mebibytes()} MiB`);
  return { value: reply.value as T, ms };
}

await answer('depot.unlock', { file, passphrase: readFileSync(0, 'utf8') });
const page = await answer<StockPage>('stock.list', {});
await answer('stock.list', { search: '7', offset: 1_000 });
await answer('check.depot', {});
const [first] = page.value.rows;
await answer('lot.page', { site: first?.site, lotId: first?.lotId });
await answer('check.depot', {});
const memoryMiB = mebibytes();
const verified = await answer<VerifyReply>('verify.run', {});
if (!verified.value.ok) throw new Error(verified.value.firstBad.reason);
process.stdout.write(JSON.stringify({ memoryMiB, entries: verified.value.entries, verifyMs: verified.ms }));
await host.close();
