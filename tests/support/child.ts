import type { Unwrapped } from '../../electron/data/keys/slots.ts';

/** Opened slots handed to a child process of a test through its environment: deriving a key takes longer than what is tested. */
const NAME = 'DEPOT_TEST_SLOTS';
const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null;

export const slotsForChild = (candidates: readonly Unwrapped[]): Record<string, string> => ({
  [NAME]: JSON.stringify(candidates.map(({ slot, dataKey, signingSeed }) => [slot, hex(dataKey), hex(signingSeed)])),
});

export const slotsOfParent = (): Unwrapped[] =>
  (JSON.parse(process.env[NAME] ?? '[]') as [string, string, string | null][]).map(([slot, dataKey, seed]) => ({
    slot,
    dataKey: Buffer.from(dataKey, 'hex'),
    signingSeed: seed === null ? null : Buffer.from(seed, 'hex'),
  }));
