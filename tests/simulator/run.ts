import { carryOut } from './carryOut.ts';
import { type Operation, operationsOf } from './operations.ts';
import { setRealSeal } from './sealing.ts';
import { settle } from './settle.ts';
import { aFolder, makeTemplate } from './template.ts';
import { Broken, World } from './world.ts';

/** One seed is one run. Every fiftieth is sealed with age itself. */
const REAL_SEAL_EVERY = 50;

export type Failure = Readonly<{ seed: number; invariant: string; message: string; operations: readonly Operation[] }>;
type Template = Readonly<{ folder: string; runFolder: string }>;

async function runOperations(
  template: Template,
  operations: readonly Operation[],
  counts: Map<string, number>,
): Promise<Failure['message'] | null> {
  const world = new World(template);
  try {
    for (const operation of operations) await carryOut(world, operation);
    await settle(world);
    return null;
  } catch (cause) {
    return cause instanceof Broken ? cause.message : `FAULT: ${cause instanceof Error ? cause.stack : String(cause)}`;
  } finally {
    for (const [what, count] of world.counts) counts.set(what, (counts.get(what) ?? 0) + count);
    world.close();
  }
}

const invariantOf = (message: string): string => message.split(':', 1)[0] as string;

export class Simulator {
  readonly counts = new Map<string, number>();
  private readonly template: Template;

  private constructor(template: Template) {
    this.template = template;
  }

  /** @param made Where the files that every run begins with were made already. */
  static async prepare(made: string | undefined): Promise<Simulator> {
    setRealSeal(false);
    const folder = made ?? aFolder();
    if (made === undefined) await makeTemplate(folder);
    return new Simulator({ folder, runFolder: aFolder() });
  }

  async run(seed: number): Promise<Failure | null> {
    const operations = operationsOf(seed);
    setRealSeal(seed % REAL_SEAL_EVERY === 0);
    const message = await runOperations(this.template, operations, this.counts);
    return message === null ? null : { seed, invariant: invariantOf(message), message, operations };
  }

  /** Operations that once broke a promise. @returns what they break now; null: nothing. */
  async repeat(operations: readonly Operation[]): Promise<string | null> {
    setRealSeal(false);
    return runOperations(this.template, operations, this.counts);
  }

  /** The shortest operations found that break the same promise: whole halves are left out first, then less and less. */
  async shrink(failure: Failure): Promise<Failure> {
    let best = failure;
    for (let size = Math.ceil(best.operations.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < best.operations.length; ) {
        const operations = [...best.operations.slice(0, at), ...best.operations.slice(at + size)];
        const message = await runOperations(this.template, operations, new Map());
        if (message !== null && invariantOf(message) === failure.invariant) best = { ...best, message, operations };
        else at += size;
      }
    }
    return best;
  }
}
