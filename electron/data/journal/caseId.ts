import { hash } from 'node:crypto';
import type { CaseKind } from '../../../shared/domain/entries.ts';

/** The id of a case follows from what it is about, so that two devices of one site open the same, and nobody another under it. */
export function caseId(kind: CaseKind, subject: string): string {
  const hex = hash('sha256', Buffer.from(`adi/case/1\0${kind}\0${subject}`), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
