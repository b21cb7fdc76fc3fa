// Opens a depot as the data process does and reads what a working day reads; prints the resident memory in MiB.
import { readFileSync } from 'node:fs';
import { createHost } from '../../electron/data/host/host.ts';
import type { LotPage, StockPage } from '../../shared/contract/views.ts';
import { say } from './measure.ts';

const [file, userDataDir] = process.argv.slice(2) as [string, string];
const host = createHost({
  userDataDir,
  emit: () => undefined,
  log: (id, cause) => say(`${id}: ${String(cause)}`),
});
const mebibytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);

async function answer<T>(name: string, input: object): Promise<T> {
  const startedAtMs = performance.now();
  const reply = await host.call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
  say(`  ${name}: ${(performance.now() - startedAtMs).toFixed(0)} ms, ${mebibytes()} MiB`);
  return reply.value as T;
}

await answer('depot.unlock', { file, passphrase: readFileSync(0, 'utf8') });
const page = await answer<StockPage>('stock.list', {});
await answer('stock.list', { search: '7', offset: 1_000 });
await answer('check.depot', {});
const [first] = page.rows;
await answer<LotPage>('lot.page', { site: first?.site, lotId: first?.lotId });
await answer('check.depot', {});
process.stdout.write(String(mebibytes()));
await host.close();
