import type { DomainError } from '../../shared/domain/errors.ts';
import { err, type Result } from '../../shared/lib/result.ts';
import { systemRefusalOf } from '../../shared/lib/systemErrors.ts';

/**
 * Carries a refusal out of a transaction or an opening sequence, where returning a value would commit or go on.
 * `answer` turns it back into a value at the edge of the service.
 */
export class Refused extends Error {
  readonly refusal: DomainError;
  constructor(refusal: DomainError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const SQLITE_REFUSALS: Readonly<Record<string, DomainError['code']>> = {
  SQLITE_BUSY: 'depotInUse',
  SQLITE_FULL: 'diskFull',
  SQLITE_NOTADB: 'fileDamaged',
  SQLITE_CORRUPT: 'fileDamaged',
  SQLITE_READONLY: 'notWritable',
  SQLITE_CANTOPEN: 'notWritable',
  SQLITE_IOERR_WRITE: 'notWritable',
  SQLITE_IOERR_FSYNC: 'notWritable',
  SQLITE_IOERR_TRUNCATE: 'notWritable',
};

/** What the disk or SQLite said, as a refusal; null where it is a fault of ours. */
export function refusalOf(cause: unknown): DomainError | null {
  if (cause instanceof Refused) return cause.refusal;
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  const known = Object.entries(SQLITE_REFUSALS).find(([prefix]) => code.startsWith(prefix))?.[1];
  if (known === undefined) return systemRefusalOf(code, 'any');
  return (known === 'depotInUse' || known === 'diskFull' ? { code: known } : { code: known, detail: code }) as DomainError;
}

/** Runs `work` and answers its refusals as values; faults go on as exceptions. */
export function answer<T>(work: () => T): Result<T, DomainError> {
  try {
    return { ok: true, value: work() };
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal === null) throw cause;
    return err(refusal);
  }
}

/** The same for work that waits. */
export async function answerLater<T>(work: () => Promise<T>): Promise<Result<T, DomainError>> {
  try {
    return { ok: true, value: await work() };
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal === null) throw cause;
    return err(refusal);
  }
}
