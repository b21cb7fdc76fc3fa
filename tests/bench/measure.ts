/** One line of the answer: `ratio` against the bare library where `unit` is not set, else the figure itself in that unit. */
export type Figure = Readonly<{ name: string; ratio: number; limit: number; unit?: string }>;

export const say = (text: string) => process.stderr.write(`${text}\n`);
/** Milliseconds. */
export const timed = (work: () => unknown): number => {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
};
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
