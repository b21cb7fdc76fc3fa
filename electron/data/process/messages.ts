import type { DepotEvent, ProcedureName, Reply } from '../../../shared/contract/procedures.ts';

/** What the main process sends. Name and input come from the page and are decoded in this process, not there. */
export type ToData =
  | Readonly<{ kind: 'call'; id: number; name: unknown; input: unknown; task?: string }>
  /** Close the file, then end. */
  | Readonly<{ kind: 'close' }>;

/** What the data process sends. */
export type FromData =
  | Readonly<{ kind: 'reply'; id: number; reply: Reply<ProcedureName> }>
  | Readonly<{ kind: 'event'; event: DepotEvent }>;

/** What the process's own thread sends to the thread that owns the file: decoded calls only. */
export type ToLedger =
  | Readonly<{ kind: 'call'; id: number; name: ProcedureName; input: unknown; task: string; cancelSlot: number }>
  | Readonly<{ kind: 'close' }>;

/** What that thread sends back. */
export type FromLedger =
  | FromData
  /** A fault for the log: its id and a text without contents. */
  | Readonly<{ kind: 'fault'; id: string; text: string }>
  | Readonly<{ kind: 'closed' }>;

export type LedgerThreadData = Readonly<{ userDataDir: string; cancelFlags: SharedArrayBuffer }>;
/** Calls at work at the same time that can be told apart by their flag. */
export const CANCEL_SLOTS = 256;
