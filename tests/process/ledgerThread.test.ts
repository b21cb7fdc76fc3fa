// Goal: the thread that owns the file answers, tells how far it is while it works, stops when it is told to, leaves the
// file as it was, and takes the process with it when it dies. Method: the real thread on a real depot.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { LedgerThread } from '../../electron/data/process/ledgerThread.ts';
import type { DepotEvent, InputOf, ProcedureName, Reply } from '../../shared/contract/procedures.ts';

const PASSPHRASE = 'correct horse battery staple';
const HOUR_MS = 3_600_000;
const entry = new URL('../../electron/data/process/ledger.ts', import.meta.url);

type Thread = Readonly<{
  folder: string;
  file: string;
  events: DepotEvent[];
  faults: string[];
  deaths: string[];
  host: LedgerThread;
  call: <P extends ProcedureName>(name: P, input: InputOf<P>, task?: string) => Promise<Reply<P>>;
}>;

let running: LedgerThread | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

function aThread(idleMs = HOUR_MS, onEvent: (event: DepotEvent, host: LedgerThread) => void = () => undefined): Thread {
  const folder = mkdtempSync(join(tmpdir(), 'depot-thread-'));
  const events: DepotEvent[] = [];
  const faults: string[] = [];
  const deaths: string[] = [];
  const host = new LedgerThread({
    entry,
    userDataDir: join(folder, 'machine'),
    onEvent: (event) => {
      events.push(event);
      onEvent(event, host);
    },
    logFault: (_id, text) => faults.push(text),
    describe: (cause) => String(cause),
    onDied: (what) => deaths.push(what),
    idleMs,
  });
  running = host;
  const call = ((name: ProcedureName, input: unknown, task?: string) => host.call(name, input, task)) as Thread['call'];
  return { folder, file: join(folder, 'ONE.depot'), events, faults, deaths, host, call };
}

async function opened(thread: Thread): Promise<Thread> {
  const { call, file } = thread;
  expect(
    await call('depot.create', { file, passphrase: PASSPHRASE, site: 'ONE', name: 'Depot One', role: 'depot', user: 'anna' }),
  ).toMatchObject({
    ok: true,
  });
  expect(await call('depot.unlock', { file, passphrase: PASSPHRASE })).toMatchObject({ ok: true });
  return thread;
}

/** Items, a store and a lot of opening lines each of one row, as many as asked for. */
function writeLots(folder: string, count: number) {
  const write = (name: string, header: string, rows: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
    return path;
  };
  const numbers = Array.from({ length: count }, (_, at) => at);
  return {
    items: write('items.csv', 'item,name,un,hazard_code,neq_g,unit', ['BALL,Ball,0012,1.4S,3,rd']),
    places: write('places.csv', 'place,name,kind,parent,type', ['S1,Store 1,store,,light']),
    lots: write(
      'lots.csv',
      'item,lot,identity',
      numbers.map((at) => `BALL,LOT-${at},known`),
    ),
    stock: write(
      'stock.csv',
      'item,lot,place,quantity,condition,owner,holder',
      numbers.map((at) => `BALL,LOT-${at},S1,10,A1,ARMY,DEPOT`),
    ),
  };
}

const imports = (thread: Thread, count: number) => ({ files: writeLots(thread.folder, count), mapping: {}, isDryRun: false }) as const;

describe('the thread of the ledger', () => {
  test('refuses what does not decode, with an id that the log knows', async () => {
    const { host, faults } = aThread();
    expect(await host.call('no.such', {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await host.call('stock.list', { limit: 'all' })).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await host.call({ hostile: true }, {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(faults).toHaveLength(3);
  });

  test('tells how far it is while it works, and answers', async () => {
    const thread = await opened(aThread());
    let seenBeforeTheAnswer = 0;
    const reply = await thread.call('import.run', imports(thread, 3_000), 'task-1').then((answer) => {
      seenBeforeTheAnswer = thread.events.filter((event) => event.kind === 'progress').length;
      return answer;
    });
    expect(reply).toMatchObject({ ok: true, value: { imported: { stock: 3_000 } } });
    expect(seenBeforeTheAnswer).toBeGreaterThan(3);
    expect(thread.events).toContainEqual(expect.objectContaining({ kind: 'progress', task: 'task-1', label: 'import', done: 1_000 }));
    expect(await thread.call('verify.run', {})).toMatchObject({ ok: true, value: { ok: true } });
  });

  test('stops an import in its middle when told to, and nothing of it stays', async () => {
    const thread = await opened(
      aThread(HOUR_MS, (event, host) => {
        if (event.kind === 'progress' && event.label === 'import' && event.done === 2_000)
          void host.call('task.cancel', { task: 'task-2' });
      }),
    );
    const before = await thread.call('verify.run', {});
    const reply = await thread.call('import.run', imports(thread, 20_000), 'task-2');
    expect(reply).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(await thread.call('stock.list', {})).toMatchObject({ ok: true, value: { total: 0 } });
    expect(await thread.call('verify.run', {})).toEqual(before);
    expect(await thread.call('import.run', imports(thread, 10), 'task-3')).toMatchObject({ ok: true, value: { imported: { stock: 10 } } });
  });

  test('a cancel of a task that is over, or of none, does nothing', async () => {
    const thread = await opened(aThread());
    expect(await thread.call('task.cancel', { task: 'never' })).toEqual({ ok: true, value: null });
    expect(await thread.call('verify.run', {}, 'task-4')).toMatchObject({ ok: true });
    await thread.call('task.cancel', { task: 'task-4' });
    expect(await thread.call('verify.run', {}, 'task-4')).toMatchObject({ ok: true, value: { ok: true } });
  });

  test('half a demo depot is never left, and the next try makes a whole one', async () => {
    let cancels = true;
    const thread = aThread(HOUR_MS, (event, host) => {
      if (cancels && event.kind === 'progress' && event.label === 'history') void host.call('task.cancel', { task: 'demo' });
    });
    expect(await thread.call('depot.openDemo', {}, 'demo')).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(
      existsSync(join(thread.folder, 'machine'))
        ? readdirSync(join(thread.folder, 'machine')).filter((name) => name.startsWith('demo'))
        : [],
    ).toEqual([]);
    cancels = false;
    expect(await thread.call('depot.openDemo', {}, 'demo')).toMatchObject({ ok: true, value: { state: 'open' } });
  }, 60_000);

  test('nobody asked for anything: the depot is locked', async () => {
    const thread = await opened(aThread(300));
    await expect.poll(() => thread.events.some((event) => event.kind === 'locked'), { timeout: 5_000 }).toBe(true);
    expect(await thread.call('stock.list', {})).toEqual({ ok: false, error: { code: 'locked' } });
  });

  test('its death is not passed over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'depot-thread-'));
    const broken = join(folder, 'broken.mjs');
    writeFileSync(broken, "setTimeout(() => { throw new Error('broken'); }, 10);\n");
    const deaths: string[] = [];
    const host = new LedgerThread({
      entry: new URL(`file://${broken}`),
      userDataDir: folder,
      onEvent: () => undefined,
      logFault: () => undefined,
      describe: (cause) => String(cause),
      onDied: (what) => deaths.push(what),
      idleMs: HOUR_MS,
    });
    await expect.poll(() => deaths.length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(deaths[0]).toBe('error in the ledger thread');
    expect(host).toBeDefined();
  });
});
