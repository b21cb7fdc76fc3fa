import { createRequire } from 'node:module';

/**
 * Prepared statements are reused within a connection: the program prepares the same text thousands of times in a run, which
 * takes a quarter of its time. A statement that is busy, in a loop over its rows, is prepared anew, as without this.
 */

type Native = { readonly busy: boolean; readonly reader: boolean } & Record<
  'run' | 'get' | 'all' | 'iterate',
  (...parameters: unknown[]) => unknown
> &
  Record<'pluck' | 'raw', (isOn?: boolean) => Native>;
type Mode = 'plain' | 'pluck' | 'raw';

class Reused {
  private readonly prepare: (mode: Mode) => Native;
  private mode: Mode = 'plain';
  private native: Native | null = null;

  constructor(prepare: (mode: Mode) => Native) {
    this.prepare = prepare;
  }
  private get idle(): Native {
    if (this.native === null || this.native.busy) this.native = this.prepare(this.mode);
    return this.native;
  }
  run(...parameters: unknown[]) {
    return this.idle.run(...parameters);
  }
  get(...parameters: unknown[]) {
    return this.idle.get(...parameters);
  }
  all(...parameters: unknown[]) {
    return this.idle.all(...parameters);
  }
  iterate(...parameters: unknown[]) {
    return this.idle.iterate(...parameters);
  }
  pluck(isOn = true) {
    return this.inMode(isOn ? 'pluck' : 'plain');
  }
  raw(isOn = true) {
    return this.inMode(isOn ? 'raw' : 'plain');
  }
  private inMode(mode: Mode) {
    this.mode = mode;
    this.native = null;
    return this;
  }
}

/** To be called before a file is opened. */
export function reuseStatements(): void {
  const database = createRequire(import.meta.url)('better-sqlite3') as { prototype: { prepare: (text: string) => unknown } };
  const { prototype } = database;
  const prepareNew = prototype.prepare as (this: unknown, text: string) => Native;
  const known = new WeakMap<object, Record<Mode, Map<string, Native>>>();
  prototype.prepare = function (this: object, text: string) {
    const ofConnection = known.get(this) ?? { plain: new Map(), pluck: new Map(), raw: new Map() };
    known.set(this, ofConnection);
    return new Reused((mode) => {
      const old = ofConnection[mode].get(text);
      if (old !== undefined && !old.busy) return old;
      const made = prepareNew.call(this, text);
      if (mode !== 'plain') made[mode]();
      if (old === undefined) ofConnection[mode].set(text, made);
      return made;
    });
  };
}
