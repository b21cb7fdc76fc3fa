import { expect, test } from 'vitest';
import { CASE_DECISIONS, type CaseFacts } from '../../shared/domain/cases.ts';
import type { CaseKind } from '../../shared/domain/entries.ts';
import { caseLines, describeCase, describeDecision } from './caseWording.ts';

test('every kind of case and every decision has words', () => {
  const kinds = Object.keys(CASE_DECISIONS) as CaseKind[];
  const spoken = kinds.flatMap((kind) => [describeCase(kind), ...CASE_DECISIONS[kind].map((each) => describeDecision(kind, each))]);
  expect(spoken.filter((words) => words.startsWith('case.'))).toEqual([]);
});

test('what only the other history says can be recorded again from its lines', () => {
  const side = { seq: 8, hash: '', root: '', signature: '' };
  const nothing = { kind: null, item: null, lot: null, quantity: null, from: null, to: null, condition: null, voucher: null, reason: null };
  const said = { ...nothing, seq: 7, type: 'movement.posted', recordedAtMs: 0, person: 'admin', happenedAtMs: Date.UTC(2026, 5, 1, 7) };
  const facts: CaseFacts = {
    kind: 'fork',
    of: 'journal',
    device: '3fa9'.repeat(8),
    incarnation: 1,
    site: 'DEP1',
    seq: 7,
    held: side,
    other: side,
    bundle: '',
    says: [
      { ...said, kind: 'issue', item: 'HE', lot: 'АБВ-12-83', quantity: 11, from: 'S1', to: 'RANGE', voucher: 'I2026-000004' },
      { ...said, seq: 8, type: 'place.put', happenedAtMs: null, to: 'S9' },
    ],
    omitted: 3,
  };
  expect(caseLines(facts).slice(1)).toEqual([
    '2 entries that only the other history has; record again what is true of them:',
    '  Issue of 11 HE, lot АБВ-12-83, from S1 to RANGE, on 2026-06-01 07:00 by admin, voucher I2026-000004',
    '  place.put S9, on 1970-01-01 00:00 by admin',
    '3 more entries are in the file in quarantine only.',
  ]);
  const stale: CaseFacts = {
    kind: 'staleCopy',
    site: 'DEP1',
    device: 'ab',
    incarnation: 1,
    wentOnFrom: 3,
    heldUpto: 9,
    isSameHistory: true,
  };
  expect(caseLines(stale)[0]).toContain('went on after entry 3');
});
