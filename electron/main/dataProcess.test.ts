import { describe, expect, test } from 'vitest';
import type { DepotEvent } from '../../shared/contract/procedures.ts';
import type { FromData, ToData } from '../data/process/messages.ts';
import { DataProcess } from './dataProcess.ts';
import type { DataHandle } from './runtime.ts';

type Started = DataHandle & { sent: ToData[]; say(message: FromData): void; die(code: number | null): void; wasKilled: boolean };

/** A process that does what the test says. */
function fakeProcess(): Started {
  let hear: (message: FromData) => void = () => undefined;
  let end: (code: number | null) => void = () => undefined;
  const fake: Started = {
    sent: [],
    wasKilled: false,
    post: (message) => void fake.sent.push(message),
    onMessage: (listener) => {
      hear = listener;
    },
    onExit: (listener) => {
      end = listener;
    },
    kill: () => {
      fake.wasKilled = true;
      end(null);
    },
    say: (message) => hear(message),
    die: (code) => end(code),
  };
  return fake;
}

function watched() {
  const started: Started[] = [];
  const events: DepotEvent[] = [];
  const clock = { nowMs: 0 };
  const data = new DataProcess({
    start: () => {
      started.push(fakeProcess());
      return started.at(-1)!;
    },
    onEvent: (event) => events.push(event),
    log: () => undefined,
    nowMs: () => clock.nowMs,
  });
  return { data, started, events, clock };
}

const closed = { ok: true as const, value: null };

describe('calls', () => {
  test('each gets its own answer, whatever the order', async () => {
    const { data, started } = watched();
    const first = data.call('stock.list', { limit: 1 }, 'task');
    const second = data.call('verify.run', {});
    expect(started[0]!.sent).toEqual([
      { kind: 'call', id: 1, name: 'stock.list', input: { limit: 1 }, task: 'task' },
      { kind: 'call', id: 2, name: 'verify.run', input: {} },
    ]);
    started[0]!.say({ kind: 'reply', id: 2, reply: closed });
    started[0]!.say({ kind: 'reply', id: 1, reply: { ok: false, error: { code: 'locked' } } });
    expect(await second).toEqual(closed);
    expect(await first).toEqual({ ok: false, error: { code: 'locked' } });
  });

  test('an answer to nothing is passed over', () => {
    const { started } = watched();
    expect(() => started[0]!.say({ kind: 'reply', id: 7, reply: closed })).not.toThrow();
  });

  test('events go on', () => {
    const { started, events } = watched();
    started[0]!.say({ kind: 'event', event: { kind: 'changed', tables: [], revision: 1 } });
    expect(events).toEqual([{ kind: 'changed', tables: [], revision: 1 }]);
  });
});

describe('a death', () => {
  test('answers what was waiting with a fault, says locked, and starts a new one', async () => {
    const { data, started, events } = watched();
    const waiting = data.call('verify.run', {});
    started[0]!.die(1);
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(events).toEqual([{ kind: 'locked' }]);
    expect(started).toHaveLength(2);
    const next = data.call('session.state', {});
    started[1]!.say({ kind: 'reply', id: 2, reply: closed });
    expect(await next).toEqual(closed);
  });

  test('the third in a minute is the last, and calls are still answered', async () => {
    const { data, started } = watched();
    for (const index of [0, 1, 2]) started[index]!.die(1);
    expect(started).toHaveLength(3);
    expect(await data.call('session.state', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  test('a rare one is not counted with the others', () => {
    const { started, clock } = watched();
    for (const index of [0, 1, 2, 3]) {
      started[index]!.die(1);
      clock.nowMs += 40_000;
    }
    expect(started).toHaveLength(5);
  });
});

describe('closing', () => {
  test('waits for the end and starts nothing', async () => {
    const { data, started, events } = watched();
    const done = data.close();
    expect(started[0]!.sent).toEqual([{ kind: 'close' }]);
    started[0]!.die(0);
    await done;
    expect(started).toHaveLength(1);
    expect(events).toEqual([]);
  });

  test('is done at once where nothing runs', async () => {
    const { data, started } = watched();
    for (const index of [0, 1, 2]) started[index]!.die(1);
    await data.close();
  });
});
