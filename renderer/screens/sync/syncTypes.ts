import type { ApplyReply, BundleReply } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';

/** What the last bundle did; it stays on the screen until the next one or until it is closed. */
export type SyncOutcome =
  | Readonly<{ kind: 'exported'; to: string; file: string; reply: BundleReply }>
  | Readonly<{ kind: 'applied'; file: string; reply: ApplyReply }>
  | Readonly<{ kind: 'refused'; asked: string; error: DomainError | Fault }>;
