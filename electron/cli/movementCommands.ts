import { readFileSync } from 'node:fs';
import { movementRequest } from '../../shared/contract/inputs.ts';
import type { LicenceDivision, RestrictionKind } from '../../shared/domain/model.ts';
import { limitGOf } from '../../shared/rules/limits.ts';
import { post as postOperation, secondPerson } from '../data/host/operations.ts';
import {
  chooseConditions,
  choosePack,
  grantWaiver,
  liftRestriction,
  setLicence,
  setPolicy,
  setRestriction,
} from '../data/services/administer.ts';
import { previewPack, putPack } from '../data/services/packs.ts';
import { instantOf, needed, optional, type Parsed, positional } from './arguments.ts';
import { findingWriter } from './findings.ts';
import { type Answer, UsageError } from './io.ts';
import { deps, withLedger } from './openFile.ts';
import { wrongOptions } from './options.ts';
import { secondOf } from './second.ts';
import { describeError } from './wording.ts';

function newLotOf(parsed: Parsed) {
  const text = optional(parsed, 'new-lot');
  if (text === undefined) return undefined;
  return {
    text,
    identity: text === '' ? 'unknown' : 'known',
    maker: optional(parsed, 'maker') ?? null,
    made: optional(parsed, 'made') ?? null,
    lifeUntil: optional(parsed, 'life-until') ?? null,
  };
}

function requestOf(parsed: Parsed, kind: string) {
  const said = {
    id: optional(parsed, 'id') ?? deps.newId(),
    kind: kind === 'change' ? 'condition' : kind,
    item: optional(parsed, 'item'),
    lot: optional(parsed, 'lot'),
    lotId: optional(parsed, 'lot-id'),
    from: optional(parsed, 'from'),
    to: optional(parsed, 'to'),
    quantity: optional(parsed, 'quantity'),
    condition: optional(parsed, 'condition'),
    fromCondition: optional(parsed, 'from-condition'),
    owner: optional(parsed, 'owner'),
    holder: optional(parsed, 'holder'),
    happenedAtMs: instantOf(optional(parsed, 'at'), 'at'),
    reason: optional(parsed, 'reason'),
    reverses: optional(parsed, 'of'),
    override: optional(parsed, 'override'),
    newLot: newLotOf(parsed),
    consignTo: optional(parsed, 'consign-to'),
    consignment: optional(parsed, 'consignment'),
  };
  const request = movementRequest.safeParse(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
  if (!request.success) throw wrongOptions(request.error.issues);
  return request.data;
}

const postKind = (parsed: Parsed, kind: string): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const outcome = await postOperation(ledger, requestOf(parsed, kind), await secondOf(parsed));
    const write = findingWriter(ledger);
    const findings = outcome.findings.map(write.json);
    const lines = outcome.findings.map(write.line);
    if (outcome.posted) {
      const { id, voucher, consignment } = outcome;
      return {
        json: { posted: true, id, voucher, findings, ...(consignment === undefined ? {} : { consignment }) },
        lines: [`Posted as voucher ${voucher}${consignment === undefined ? '' : `, consignment ${consignment}`}`, ...lines],
      };
    }
    const message = describeError(outcome.refusal);
    return {
      isRefused: true,
      json: { posted: false, refusal: { ...outcome.refusal, message }, findings },
      lines: [`Not posted: ${message}`, ...lines],
    };
  });

export function post(parsed: Parsed): Promise<Answer> {
  const kind = positional(parsed, 1, 'KIND');
  if (!['receipt', 'issue', 'move', 'return', 'expend', 'reverse'].includes(kind))
    throw new UsageError('KIND must be receipt, issue, move, return, expend or reverse');
  return postKind(parsed, kind);
}

/** A change of condition is a movement within its place. */
export const condition = (parsed: Parsed): Promise<Answer> => postKind(parsed, 'condition');

const done = (value: object): Answer => ({
  json: value,
  lines: [
    Object.entries(value)
      .map(([name, member]) => `${name} ${String(member)}`)
      .join(', '),
  ],
});

export const ban = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const lift = optional(parsed, 'lift');
    if (lift !== undefined) return done(liftRestriction(ledger, { id: lift, reason: needed(parsed, 'reason') }));
    const kind = optional(parsed, 'kind') ?? 'ban';
    if (kind !== 'ban' && kind !== 'suspension') throw new UsageError('--kind must be ban or suspension');
    return done(
      setRestriction(ledger, {
        kind: kind as RestrictionKind,
        item: needed(parsed, 'item'),
        lotId: optional(parsed, 'lot-id'),
        reason: needed(parsed, 'reason'),
      }),
    );
  });

const DIVISIONS: readonly LicenceDivision[] = ['1.1', '1.2', '1.3', '1.4'];
function divisionOf(said: string): LicenceDivision {
  const division = DIVISIONS.find((known) => known === said);
  if (division === undefined) throw new UsageError(`--division must be one of ${DIVISIONS.join(', ')}`);
  return division;
}

export const licence = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const division = divisionOf(needed(parsed, 'division'));
    const limit = optional(parsed, 'limit-kg');
    if (limit !== undefined && !/^[0-9]{1,9}([.][0-9]+)?$/.test(limit)) throw new UsageError('--limit-kg must be kilograms');
    return done(
      setLicence(ledger, {
        place: needed(parsed, 'place'),
        division,
        limitG: limit === undefined ? null : limitGOf(Number(limit)),
      }),
    );
  });

/** Puts a national pack into the ledger, shows what a pack would alter, or chooses it. */
export const pack = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const add = optional(parsed, 'add');
    if (add !== undefined) return done(putPack(ledger, readFileSync(add, 'utf8')));
    if (parsed.options.preview !== true) return done(choosePack(ledger, { pack: needed(parsed, 'pack') }));
    const { caused, cured, ...chosen } = previewPack(ledger, needed(parsed, 'pack'));
    const write = findingWriter(ledger);
    const lines = [...caused.map((finding) => `new   ${write.line(finding)}`), ...cured.map((finding) => `cured ${write.line(finding)}`)];
    return {
      json: { ...chosen, caused: caused.map(write.json), cured: cured.map(write.json) },
      lines: lines.length > 0 ? lines : ['Nothing would change.'],
    };
  });

/** Which table of condition codes is offered. */
export const conditions = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) => {
    const chosen = chooseConditions(ledger, { table: needed(parsed, 'table') });
    return { json: chosen, lines: [`Codes of ${chosen.table} are offered from now on.`] };
  });

export const policy = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), (ledger) =>
    done(setPolicy(ledger, { family: needed(parsed, 'family'), kind: needed(parsed, 'kind'), mode: needed(parsed, 'mode') })),
  );

/** Kilograms that a waiver is signed for, to grams. */
function signedFor(said: string | undefined): { quantityMaxG?: number } {
  if (said === undefined) return {};
  if (!/^[0-9]{1,7}([.][0-9]+)?$/.test(said)) throw new UsageError('--up-to-kg must be kilograms');
  return { quantityMaxG: limitGOf(Number(said)) };
}

export const override = (parsed: Parsed): Promise<Answer> =>
  withLedger(positional(parsed, 0, 'FILE'), async (ledger) => {
    const division = optional(parsed, 'division');
    const data = {
      rule: needed(parsed, 'rule'),
      place: needed(parsed, 'place'),
      ...(division === undefined ? {} : { division: divisionOf(division) }),
      ...signedFor(optional(parsed, 'up-to-kg')),
      until: needed(parsed, 'until'),
      reason: needed(parsed, 'reason'),
    };
    return done(grantWaiver(ledger, data, await secondPerson(ledger, await secondOf(parsed))));
  });
