import fc from 'fast-check';

/** A decoder under attack. `check` ends in silence where the input is refused as declared, and throws where not. */
export type Target<T> = Readonly<{
  name: string;
  hostile: fc.Arbitrary<T>;
  check: (input: T) => void | Promise<void>;
  /** Cases of every run of the tests; a long run has as many as its time allows. */
  runs: number;
}>;
export type AnyTarget = Readonly<{
  name: string;
  runs: number;
  attack: (options: Readonly<{ seed: number; runs: number }>) => Promise<void>;
}>;

/** Processor time of one case, whatever else the machine does. */
const CASE_SECONDS_MAX = 10;

function withinTime<T>(check: Target<T>['check']) {
  return async (input: T): Promise<void> => {
    const before = process.cpuUsage();
    await check(input);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds > CASE_SECONDS_MAX) throw new Error(`one case took ${seconds} seconds`);
  };
}

/** A target whose failure names its seed and the smallest input that shows it. */
export const target = <T>({ name, hostile, check, runs }: Target<T>): AnyTarget => ({
  name,
  runs,
  attack: ({ seed, runs: numRuns }) => fc.assert(fc.asyncProperty(hostile, withinTime(check)), { seed, numRuns }),
});

/** Where an input is taken, it must be one of those that were valid before. */
export function mustBeKnown(what: string, isKnown: boolean): void {
  if (!isKnown) throw new Error(`${what} was accepted after it was changed`);
}
