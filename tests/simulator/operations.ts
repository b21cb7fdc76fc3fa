import { Random } from './random.ts';

/**
 * What a run consists of, as data: kinds and numbers that are made sense of where they are carried out. So an operation
 * can be left out of a run, and the others still mean something.
 */
const WEIGHTS = {
  write: 16,
  move: 8,
  consign: 4,
  send: 14,
  splitSend: 4,
  deliver: 26,
  damage: 3,
  forge: 8,
  clock: 3,
  killWriting: 2,
  killTaking: 6,
  kill: 2,
  keepCopy: 4,
  restore: 3,
  clone: 1,
  incarnation: 2,
  revoke: 1,
  decide: 1,
  insider: 1,
  verify: 1,
} as const;
export type Kind = keyof typeof WEIGHTS;
/** Numbers without a bound: whoever carries it out takes them modulo what there is. */
export type Operation = Readonly<{ kind: Kind; a: number; b: number; c: number }>;

const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as Kind));
const LEAST = 20;
const SPREAD = 41;
const NUMBER = 1_000_000;

export function operationsOf(seed: number): Operation[] {
  const random = new Random(seed);
  const number = () => random.below(NUMBER);
  return Array.from({ length: LEAST + random.below(SPREAD) }, () => ({
    kind: KINDS[random.below(KINDS.length)] as Kind,
    a: number(),
    b: number(),
    c: number(),
  }));
}
