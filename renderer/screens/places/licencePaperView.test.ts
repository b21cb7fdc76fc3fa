import { expect, test } from 'vitest';
import type { LicenceLimit, LicenceView } from '../../../shared/contract/siteViews.ts';
import type { GoverningLimit } from '../../../shared/domain/site.ts';
import { changesSinceIssue, paperLimits } from './licencePaperView.ts';

const issued = (division: string, limitKg: number | null, exposed: string | null): GoverningLimit => ({
  division,
  limitKg,
  exposed,
  exposedName: exposed,
  functionId: exposed === null ? null : 'D13',
  requiredM: exposed === null ? null : 401,
  actualM: exposed === null ? null : 400,
});
const today = (division: string, limitKg: number | null, exposed: string | null): LicenceLimit => ({
  ...issued(division, limitKg, exposed),
  rule: exposed === null ? null : 'qd.1.1.ES1.P1',
  source: exposed === null ? null : 'STANDARD, Table 1',
  status: exposed === null ? null : 'unverified',
});
const view = (documents: readonly (readonly GoverningLimit[])[], limits: readonly LicenceLimit[] | null): LicenceView => ({
  place: 'S1',
  name: '',
  pack: '',
  edition: '',
  structure: null,
  shape: null,
  limits,
  set: [],
  lapsed: [],
  neqKg: 0,
  documents: documents.map((each, index) => ({
    id: String(index),
    place: 'S1',
    number: '',
    authority: '',
    issuedOn: '2026-01-01',
    reviewOn: '2027-01-01',
    pack: '',
    edition: '',
    limits: each,
    person: '',
    second: '',
  })),
  basis: { conditions: [], uncounted: [], waivers: [] },
  surroundings: [],
  findings: [],
  effects: [],
});

test('without a document the paper has the limits of today, and nothing changed', () => {
  const limits = [today('1.1', 500, 'H1')];
  expect(paperLimits(view([], limits))).toEqual(limits);
  expect(paperLimits(view([], null))).toEqual([]);
  expect(changesSinceIssue(view([], limits))).toEqual([]);
});

test('an issued figure is never replaced by that of today; its row is named while the same row governs', () => {
  const given = view([[issued('1.1', 900, 'H1'), issued('1.3.1', 800, 'H1')]], [today('1.1', 500, 'H1'), today('1.3.1', 800, 'H2')]);
  expect(paperLimits(given)).toMatchObject([
    { division: '1.1', limitKg: 900, exposed: 'H1', status: 'unverified', source: 'STANDARD, Table 1' },
    { division: '1.3.1', limitKg: 800, exposed: 'H1', status: null, source: null },
  ]);
});

test('the latest document counts, and its changes are told apart: less must be kept, more need not', () => {
  const given = view(
    [[issued('1.1', 900, 'H1'), issued('1.3.1', null, null), issued('1.4', 100, 'H1')], [issued('1.1', 1, 'H1')]],
    [today('1.1', 500, 'H2'), today('1.3.1', 700, 'H2'), today('1.4', null, null)],
  );
  expect(changesSinceIssue(given)).toEqual([
    { division: '1.1', issuedKg: 900, todayKg: 500, isLess: true, isUnknown: false },
    { division: '1.3.1', issuedKg: null, todayKg: 700, isLess: true, isUnknown: false },
    { division: '1.4', issuedKg: 100, todayKg: null, isLess: false, isUnknown: false },
  ]);
});

test('where the position is not known today nothing can be allowed, and the paper says so of every line', () => {
  const unknown = { todayKg: 0, isLess: true, isUnknown: true };
  expect(changesSinceIssue(view([[issued('1.1', 900, 'H1'), issued('1.4', null, null)]], null))).toEqual([
    { division: '1.1', issuedKg: 900, ...unknown },
    { division: '1.4', issuedKg: null, ...unknown },
  ]);
  expect(changesSinceIssue(view([], null))).toEqual([]);
});
