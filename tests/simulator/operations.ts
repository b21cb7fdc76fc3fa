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
  meet: 1,
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
/** What else happens where the machines are enrolled by trust lists. */
const LIST_WEIGHTS = { list: 6, bringList: 4, replayList: 3, forgeList: 5 } as const;
export type Kind = keyof typeof WEIGHTS | keyof typeof LIST_WEIGHTS;
/** Numbers without a bound: whoever carries it out takes them modulo what there is. */
export type Operation = Readonly<{ kind: Kind; a: number; b: number; c: number }>;

const kindsOf = (weights: Readonly<Record<string, number>>): Kind[] =>
  Object.entries(weights).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as Kind));
const KINDS = kindsOf(WEIGHTS);
const KINDS_WITH_LISTS = kindsOf({ ...WEIGHTS, ...LIST_WEIGHTS });
/** One run of three. */
const LISTS_EVERY = 3;
/** The authority has a list, and one machine has compared its words; the others may get it in a bundle. */
const FIRST_LIST: readonly Operation[] = [
  { kind: 'list', a: 0, b: 0, c: 1 },
  { kind: 'bringList', a: 1, b: 1, c: 0 },
];
const LEAST = 20;
const SPREAD = 41;
const NUMBER = 1_000_000;

export function operationsOf(seed: number): Operation[] {
  const random = new Random(seed);
  const number = () => random.below(NUMBER);
  const isListed = seed % LISTS_EVERY === 0;
  const kinds = isListed ? KINDS_WITH_LISTS : KINDS;
  const operations = Array.from({ length: LEAST + random.below(SPREAD) }, () => ({
    kind: kinds[random.below(kinds.length)] as Kind,
    a: number(),
    b: number(),
    c: number(),
  }));
  return isListed ? [...FIRST_LIST, ...operations] : operations;
}
