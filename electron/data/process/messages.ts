import type { DepotEvent, ProcedureName, Reply } from '../../../shared/contract/procedures.ts';

/** What the main process sends. Name and input come from the page and are decoded in the host, not here. */
export type ToData =
  | Readonly<{ kind: 'call'; id: number; name: unknown; input: unknown; task?: string }>
  /** Close the file, then end. */
  | Readonly<{ kind: 'close' }>;

/** What the data process sends. */
export type FromData =
  | Readonly<{ kind: 'reply'; id: number; reply: Reply<ProcedureName> }>
  | Readonly<{ kind: 'event'; event: DepotEvent }>;
