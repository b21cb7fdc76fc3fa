import { rockKinds, type Underground } from '../../shared/domain/site.ts';
import { blastAt, blastFigures, effectsOf } from '../../shared/rules/blast/blast.ts';
import { type ScaledAsk, scaledFor } from '../../shared/rules/blast/scaled.ts';
import {
  answerDistance,
  answerMaxNeq,
  answerMaxNeqOfPair,
  answerRequired,
  type FunctionAsk,
  type RequiredAsk,
} from '../../shared/rules/distance/answers.ts';
import type { DistanceDivision, Orientation, TableDivision } from '../../shared/rules/distance/book.ts';
import { matrixDivisions, tableDivisions } from '../../shared/rules/distance/book.ts';
import type { FunctionFault, Method } from '../../shared/rules/distance/functions.ts';
import { assumedPlaces } from '../../shared/rules/distance/placeWords.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { blastBook } from '../data/rules/books.ts';
import { needed, optional, type Parsed } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { describeAssumed } from './wording.ts';

const DIVISIONS: readonly string[] = [...matrixDivisions, ...tableDivisions, '1.2.3', '1.5', '1.6'];

function oneOf<T extends string>(parsed: Parsed, name: string, allowed: readonly T[]): T | null {
  const given = optional(parsed, name);
  if (given === undefined) return null;
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw new UsageError(`--${name} takes ${allowed.join(', ')}`);
  return found;
}

function numberOf(text: string, name: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new UsageError(`--${name}: "${text}" is not a number of zero or more`);
  return value;
}

/** Grams, rounded up; the sixth decimal absorbs binary fractions. */
const gramsOf = (text: string): number => Math.ceil(Number((numberOf(text, 'neq-kg') * 1000).toFixed(6)));

const divisionOf = (parsed: Parsed): DistanceDivision | TableDivision => {
  needed(parsed, 'hd');
  return oneOf(parsed, 'hd', DIVISIONS) as DistanceDivision | TableDivision;
};

const methodOf = (parsed: Parsed): Method => oneOf(parsed, 'method', ['table', 'formula']) ?? 'table';

function functionAskOf(parsed: Parsed): FunctionAsk {
  const minM = optional(parsed, 'min-m');
  return {
    division: divisionOf(parsed),
    functionId: needed(parsed, 'function'),
    method: methodOf(parsed),
    ...(minM === undefined ? {} : { minM: numberOf(minM, 'min-m') }),
  };
}

const ORIENTATIONS: readonly Orientation[] = ['front', 'side', 'rear'];
function requiredAskOf(parsed: Parsed): RequiredAsk {
  const division = divisionOf(parsed);
  if (division === 'port' || division === 'underground') throw new UsageError('a pair takes a hazard division');
  return {
    division,
    pes: optional(parsed, 'pes') ?? null,
    es: optional(parsed, 'es') ?? null,
    orientation: oneOf(parsed, 'orientation', ORIENTATIONS),
    exposedOrientation: oneOf(parsed, 'es-orientation', ORIENTATIONS),
    method: methodOf(parsed),
    isBusyYard: yesNo(parsed, 'busy'),
    chamber: chamberOf(parsed),
    offAxisMdeg: measured(parsed, 'off-axis-deg', 1000),
  };
}

const yesNo = (parsed: Parsed, name: string): boolean | null => {
  const given = oneOf(parsed, name, ['yes', 'no']);
  return given === null ? null : given === 'yes';
};

/** A measure in whole units of the facts; null where it is not given, which is unknown. Rounded to what asks for more. */
function measured(parsed: Parsed, name: string, factor: number, round = Math.floor): number | null {
  const given = optional(parsed, name);
  return given === undefined ? null : round(Number((numberOf(given, name) * factor).toFixed(6)));
}

const chamberOf = (parsed: Parsed): Underground => ({
  rock: oneOf(parsed, 'rock', rockKinds),
  coverMm: measured(parsed, 'cover-m', 1000),
  chamberVolumeM3: measured(parsed, 'chamber-m3', 1),
  tunnelVolumeM3: measured(parsed, 'tunnel-m3', 1),
  tunnelAreaDm2: measured(parsed, 'tunnel-area-dm2', 1, Math.ceil),
  tunnelPerimeterMm: measured(parsed, 'tunnel-perimeter-mm', 1),
  hasProtectiveConstruction: yesNo(parsed, 'protective-construction'),
});

function faultIn(fault: FunctionFault, { division, functionId }: FunctionAsk): UsageError {
  return new UsageError(
    fault === 'unknownFunction'
      ? `HD ${division} has no function ${functionId}`
      : `${functionId} of HD ${division} does not hold for this quantity`,
  );
}

type Distance = Readonly<{ distanceM: number; exactM: number; source: string; status: string; extrapolated?: boolean }>;
/** `480 m for 10000 kg: D13, exactly 478.28 m [source, verified]`. */
function distanceLine(neqKg: number, { distanceM, exactM, source, status, extrapolated }: Distance, by: string): string {
  const beyond = extrapolated === true ? '; beyond what is printed, treat it with care' : '';
  return `${distanceM} m for ${neqKg} kg NEQ: ${by}, exactly ${exactM} m${beyond} [${source}, ${status}]`;
}

export function distance(parsed: Parsed, pack: RulePack): Answer {
  const ask = functionAskOf(parsed);
  const results = needed(parsed, 'neq-kg')
    .split(',')
    .map((text) => {
      const answer = answerDistance(pack, ask, gramsOf(text));
      if (!answer.ok) throw faultIn(answer.error, ask);
      return answer.value;
    });
  const lines = results.map((found) => distanceLine(found.neqKg, found, ask.functionId));
  return { json: results.length === 1 ? results[0] : { results }, lines };
}

/** What was assumed because a place is not known by that word. */
const assumptionsIn = (pack: RulePack, ask: RequiredAsk): readonly string[] =>
  assumedPlaces(pack.distances, ask).map(({ side, said, known }) => describeAssumed(side, said, known));
/** The assumptions in the JSON of an answer; without any it stays as it is. */
const noted = (json: object | undefined, notes: readonly string[]) => (notes.length === 0 ? json : { note: notes.join(' '), ...json });

export function required(parsed: Parsed, pack: RulePack): Answer {
  const ask = requiredAskOf(parsed);
  const notes = assumptionsIn(pack, ask);
  const quantities = needed(parsed, 'neq-kg').split(',').map(gramsOf);
  const results = quantities.map((neqG) => answerRequired(pack, ask, neqG));
  const lines = results.flatMap((found, at) => [
    distanceLine((quantities[at] ?? 0) / 1000, found, `${found.function ?? 'a fixed distance'} from ${found.pes} to ${found.es}`),
    ...found.alternatives.map(({ distanceM, needs }) => `  ${distanceM} m where this is met and recorded: ${needs.join('; ')}`),
  ]);
  return { json: noted(results.length === 1 ? results[0] : { results }, notes), lines, notes, areNotesFirst: true };
}

export function maxNeq(parsed: Parsed, pack: RulePack): Answer {
  const distanceM = numberOf(needed(parsed, 'distance-m'), 'distance-m');
  if (optional(parsed, 'function') === undefined) {
    const ask = requiredAskOf(parsed);
    const notes = assumptionsIn(pack, ask);
    const neqKg = answerMaxNeqOfPair(pack, ask, distanceM);
    return { json: noted({ neqKg }, notes), lines: [neqKg === null ? 'no limit by this pair' : `${neqKg} kg`], notes, areNotesFirst: true };
  }
  const ask = functionAskOf(parsed);
  const answer = answerMaxNeq(pack, ask, distanceM);
  if (!answer.ok) throw faultIn(answer.error, ask);
  return { json: { neqKg: answer.value }, lines: [`${answer.value} kg`] };
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

/** Kingery-Bulmash at one distance; figures outside the range of their fit are null and `valid` is false. */
export function blast(parsed: Parsed): Answer {
  const neqKg = numberOf(needed(parsed, 'neq-kg'), 'neq-kg');
  const distanceM = numberOf(needed(parsed, 'distance-m'), 'distance-m');
  if (neqKg === 0 || distanceM === 0) throw new UsageError('blast takes an NEQ and a distance above zero');
  const found = blastAt(blastBook(), neqKg, distanceM);
  const figures = Object.fromEntries(blastFigures.map((figure) => [figure, rounded(found[figure])]));
  const effects = effectsOf(blastBook(), found).map(({ target, words, source, status }) => ({ target, words, source, status }));
  const json = { ...figures, scaledDistance: rounded(found.scaledDistance), valid: found.valid, effects };
  return {
    json,
    lines: [
      `scaledDistance: ${json.scaledDistance} m/kg^(1/3)`,
      ...Object.entries(figures).map(([name, value]) => `${name}: ${value ?? 'outside the fit'}`),
      ...effects.map(({ target, words, source, status }) => `${target}: ${words} [${source}, ${status}]`),
    ],
  };
}

const SCALED_OPTIONS = { 'distance-m': 'distanceM', scaled: 'scaled', 'overpressure-kpa': 'incidentKPa' } as const;

/** The one of the three that was given. */
function scaledAskOf(parsed: Parsed): ScaledAsk {
  const given = (Object.keys(SCALED_OPTIONS) as (keyof typeof SCALED_OPTIONS)[]).filter((name) => optional(parsed, name) !== undefined);
  const [name, ...others] = given;
  if (name === undefined || others.length > 0) throw new UsageError('scaled takes one of --distance-m, --scaled and --overpressure-kpa');
  const value = numberOf(needed(parsed, name), name);
  if (value === 0) throw new UsageError(`--${name} must be above zero`);
  return { kind: SCALED_OPTIONS[name], value };
}

/** Scaled distance both ways; a distance that is the answer is whole metres, rounded up. */
export function scaled(parsed: Parsed): Answer {
  const neqKg = numberOf(needed(parsed, 'neq-kg'), 'neq-kg');
  if (neqKg === 0) throw new UsageError('scaled takes an NEQ above zero');
  const ask = scaledAskOf(parsed);
  const found = scaledFor(blastBook(), neqKg, ask);
  if (found === null) throw new UsageError(`no distance within the formula has an overpressure of ${ask.value} kPa`);
  const { isValid, scaledDistance, incidentKPa, ...rest } = found;
  const json = { neqKg, ...rest, scaledDistance: rounded(scaledDistance), incidentKPa: rounded(incidentKPa), valid: isValid };
  return {
    json,
    lines: [
      `Z ${json.scaledDistance} m/kg^(1/3) at ${json.distanceM} m`,
      json.incidentKPa === null ? 'overpressure: outside the formula' : `overpressure ${json.incidentKPa} kPa`,
      `valid from Z ${json.fromZ} to ${json.toZ} [${json.source}, ${json.status}]`,
    ],
  };
}
