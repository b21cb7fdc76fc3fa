import { expect, test } from 'vitest';
import type { FromData, ToData } from './messages.ts';
import { portPair } from './port.ts';
import { type Host, serve } from './serve.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function served(host: Partial<Host>) {
  const [near, far] = portPair<ToData, FromData>();
  const got: FromData[] = [];
  const exits: number[] = [];
  const logged: string[] = [];
  let goneListener: () => void = () => undefined;
  far.onMessage((message) => got.push(message));
  serve({
    port: {
      ...near,
      onGone: (listener) => {
        goneListener = listener;
      },
    },
    host: { call: async () => ({ ok: true, value: null }), close: async () => undefined, ...host },
    log: (id) => logged.push(id),
    exit: (code) => exits.push(code),
  });
  return { post: far.post, got, exits, logged, goAway: () => goneListener() };
}

test('a call reaches the host as it was sent, its reply goes back under its number', async () => {
  const seen: unknown[] = [];
  const { post, got } = served({
    call: async (...given) => {
      seen.push(given);
      return { ok: false, error: { code: 'locked' } };
    },
  });
  post({ kind: 'call', id: 3, name: { hostile: true }, input: ['anything'], task: 't' });
  await settle();
  expect(seen).toEqual([[{ hostile: true }, ['anything'], 't']]);
  expect(got).toEqual([{ kind: 'reply', id: 3, reply: { ok: false, error: { code: 'locked' } } }]);
});

test('a host that throws is answered for, with an id that the log knows', async () => {
  const { post, got, logged } = served({ call: () => Promise.reject(new Error('secret')) });
  post({ kind: 'call', id: 1, name: 'verify.run', input: {} });
  await settle();
  expect(got).toEqual([{ kind: 'reply', id: 1, reply: { ok: false, error: { code: 'internal', id: logged[0] } } }]);
});

test('asked to close, it closes the file and then ends', async () => {
  const order: string[] = [];
  const { post, exits } = served({
    close: async () => {
      order.push('closed');
    },
  });
  post({ kind: 'close' });
  post({ kind: 'close' });
  await settle();
  expect({ order, exits }).toEqual({ order: ['closed'], exits: [0] });
});

test('without a parent it closes the file and ends', async () => {
  const { goAway, exits } = served({});
  goAway();
  await settle();
  expect(exits).toEqual([0]);
});

test('a file that does not close is said and ends it with a fault', async () => {
  const { goAway, exits, logged } = served({ close: () => Promise.reject(new Error('disk')) });
  goAway();
  await settle();
  expect({ exits, logged }).toEqual({ exits: [1], logged: ['close'] });
});
