import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openReceiver } from './receiveTargets.ts';
import { TARGETS } from './targets.ts';

// `npm run fuzz -- [--minutes N] [--seed N] [--only TEXT]`: the targets of fuzz.test.ts in turn, each round with a new
// seed, which is printed. It stops at the first failure with what fast-check made of it.

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes takes a number above zero');
const until = Date.now() + minutes * 60_000;
const receiver = await openReceiver();
const targets = [...TARGETS, ...receiver.targets].filter(({ name }) => values.only === undefined || name.includes(values.only));
let cases = 0;
try {
  for (let round = 0; Date.now() < until; round++) {
    for (const { name, runs, attack } of targets) {
      if (Date.now() >= until) break;
      const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed) + round;
      process.stdout.write(`${name}: ${runs} cases, seed ${seed}\n`);
      await attack({ seed, runs });
      cases += runs;
    }
  }
  process.stdout.write(`${cases} cases, nothing found\n`);
} catch (cause) {
  process.stdout.write(`${(cause as Error).stack}\n${((cause as Error).cause as Error | undefined)?.stack ?? ''}\n`);
  process.exitCode = 1;
} finally {
  receiver.close();
}
