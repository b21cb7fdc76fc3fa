import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReceiver, type Receiver } from './receiveTargets.ts';

// Goal: a partner with the right keys can say what it wants and gets a refusal or an entry in the books, never a fault of
// this program, and never a half of something. Method: real files; what is taken in is looked at by the whole check and
// taken back.

const SEED = 20_261_128;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

test.each([0, 1, 2, 3])('attack %i', async (at) => {
  const found = receiver.targets[at];
  if (found === undefined) throw new Error('there is no such attack');
  await expect(found.attack({ seed: SEED, runs: found.runs })).resolves.toBeUndefined();
});
