import { closeLedger } from '../../../electron/data/ledger.ts';
import { grantWaiver } from '../../../electron/data/services/administer.ts';
import { grantApproval } from '../../../electron/data/services/approvals.ts';
import { issueLicence } from '../../../electron/data/services/licences.ts';
import { putExposed, putStructure } from '../../../electron/data/services/siteRecords.ts';
import type { ExposedSite, Shape } from '../../../shared/domain/site.ts';
import { aDepot, addColleague, PASSPHRASE, stockUp } from '../../support/depot.ts';
import type { RunningApp } from './app.ts';

/** In 1e-7 degrees, for metres east and north of where the meridian meets the equator. */
const at = (eastM: number, northM: number) =>
  [Math.round((northM / 110_574.2758) * 1e7), Math.round((eastM / 111_319.4908) * 1e7)] as const;
const point = (eastM: number, northM: number): Shape => ({ kind: 'point', points: [at(eastM, northM)] });
const box = (eastM: number, northM: number): Shape => ({
  kind: 'polygon',
  points: [at(eastM - 10, northM - 6), at(eastM + 10, northM - 6), at(eastM + 10, northM + 6), at(eastM - 10, northM + 6)],
});
const untold = {
  route: null,
  usersPerDay: null,
  isBarricaded: null,
  hasProtectiveRoof: null,
  people: null,
  isActive: true,
  isBusyYard: null,
};

const around: readonly Omit<ExposedSite, 'site'>[] = [
  { exposed: 'H1', name: 'Mill farm', kind: 'inhabited', ...untold, people: 4, shape: point(60, 420) },
  { exposed: 'H2', name: 'مدرسة', kind: 'vulnerable', ...untold, people: 200, shape: point(-1_900, 250) },
  {
    exposed: 'R1',
    name: 'Mill road',
    kind: 'route',
    ...untold,
    route: 'road',
    usersPerDay: 3_000,
    shape: { kind: 'line', points: [at(-3_000, -380), at(4_000, -300)] },
  },
  { exposed: 'P1', name: 'Power line', kind: 'powerNormal', ...untold, shape: { kind: 'line', points: [at(500, -900), at(520, 1_400)] } },
];

/** A depot of three storehouses with people around it; S1 has a licence of two persons, a condition and a waiver. */
export async function writeSiteDepot(): Promise<string> {
  const { file, ledger } = await aDepot('SITE');
  stockUp(ledger);
  const places = [
    ['S1', 0, 0],
    ['S2', 130, 10],
    ['S3', 60, -150],
  ] as const;
  for (const [place, eastM, northM] of places) {
    const size = { floorLoadMaxKgPerM2: 10_000, stackHeightMaxMm: 4_000, floorAreaDm2: place === 'S1' ? null : 24_000 };
    putStructure(ledger, {
      place,
      construction: place === 'S1' ? 'ecm3bar' : 'light',
      isBarricaded: true,
      hasProtectiveRoof: null,
      frontMdeg: 180_000,
      shape: box(eastM, northM),
      conditionsMet: [],
      people: 0,
      ...size,
      underground: null,
    });
  }
  for (const each of around) putExposed(ledger, each);
  const second = await addColleague(ledger, 'berta', ['ato']);
  const approval = {
    place: 'S1',
    conditions: ['standardEcm'],
    authority: 'Inspectorate 7',
    until: '2099-03-31',
    reason: 'seen on the spot',
  };
  for (const row of ['IBD', 'VBD', 'PTR_MEDIUM'])
    for (const column of ['P1', 'P2']) grantApproval(ledger, { rule: `qd.cell.1.1.${row}.${column}`, ...approval }, second);
  const waiver = {
    rule: 'limit.exceeded',
    place: 'S1',
    division: '1.4',
    quantityMaxG: 60_000_000,
    until: '2099-01-31',
    reason: 'until the new store stands',
  };
  grantWaiver(ledger, waiver, second);
  const licence = { place: 'S1', number: 'L-2026/17', authority: 'National Inspectorate', issuedOn: '2026-06-01', reviewOn: '2031-05-31' };
  issueLicence(ledger, { ...licence, capacityKg: 20_000 }, second);
  putExposed(ledger, { exposed: 'H3', name: 'New house', kind: 'inhabited', ...untold, people: 6, shape: point(-150, 260) });
  closeLedger(ledger);
  return file;
}

export async function openSiteDepot(app: RunningApp): Promise<void> {
  await app.answerOpenDialog(await writeSiteDepot());
  await app.page.getByRole('button', { name: /^Open/ }).first().click();
  await app.page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('grid', { name: 'Stock' }).waitFor();
}
