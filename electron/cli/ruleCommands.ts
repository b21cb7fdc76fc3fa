import { aggregateCodes } from '../../shared/rules/aggregateCodes.ts';
import { findUn } from '../../shared/rules/catalogue.ts';
import { isLegalCode } from '../../shared/rules/classification.ts';
import { exposedWords, potentialWords } from '../../shared/rules/distance/placeWords.ts';
import { mixCodes } from '../../shared/rules/mixing.ts';
import type { RulePack } from '../../shared/rules/pack.ts';
import { loadOfCodes } from '../../shared/rules/transport/transport.ts';
import { Refused } from '../data/refused.ts';
import { DEFAULT_PACK, rulePacks, transportTable, unCatalogue } from '../data/rules/books.ts';
import { optional, type Parsed, positional } from './arguments.ts';
import { blast, distance, maxNeq, required, scaled } from './distanceCommands.ts';
import { type Answer, UsageError } from './io.ts';
import { conditions, sample, stabiliser, surveillance } from './surveillanceRules.ts';

function packOf(parsed: Parsed): RulePack {
  const id = optional(parsed, 'pack') ?? DEFAULT_PACK;
  const pack = rulePacks().get(id);
  if (pack === undefined) throw new Refused({ code: 'unknownPack', pack: id });
  return pack;
}

const listed = (results: readonly object[]): Answer => ({ json: { results }, lines: results.map((result) => JSON.stringify(result)) });

const VERBS: Readonly<Record<string, (parsed: Parsed, given: readonly string[]) => Answer>> = {
  packs: () => {
    const packs = [...rulePacks().values()].map(({ id, title, edition, status, distances }) => ({
      id,
      title,
      edition,
      status,
      placeTypes: {
        potential: potentialWords(distances),
        exposed: exposedWords(distances, true),
      },
      books: distances.map((book) => ({
        pack: book.pack,
        tables: [...book.tables.values()].map((table) => ({
          division: table.division,
          functions: [...table.functions.values()].map(({ functionId, source, status: known }) => ({
            function: functionId,
            source,
            status: known,
          })),
          ladderKg: table.ladderKg,
        })),
      })),
    }));
    return { json: { packs }, lines: packs.map((pack) => `${pack.id}\t${pack.edition}\t${pack.title}`) };
  },
  un: (_parsed, numbers) =>
    listed(
      numbers.flatMap((un) => {
        const found = findUn(un, unCatalogue());
        return found.length === 0 ? [{ un }] : found.map(({ code, name }) => ({ un, code, name }));
      }),
    ),
  classify: (parsed, codes) => listed(codes.map((code) => ({ code, legal: isLegalCode(code, packOf(parsed)) }))),
  mix: (parsed, codes) => {
    if (codes.length < 2) throw new UsageError('mix takes at least two codes');
    const answer = mixCodes(codes, packOf(parsed));
    return {
      json: answer,
      lines: [
        answer.verdict,
        ...answer.pairs.map(
          (pair) => `${pair.a} + ${pair.b}: ${pair.verdict}${pair.condition ? ` (${pair.condition})` : ''} – ${pair.source}`,
        ),
      ],
    };
  },
  transport: (parsed, codes) => {
    if (codes.length < 2) throw new UsageError('transport takes at least two codes');
    const { verdict, pairs, countsAs } = loadOfCodes(codes, transportTable(), packOf(parsed));
    const shown = pairs.map(({ row, ...pair }) => ({
      ...pair,
      condition: row?.notes.map(({ words }) => words).join('; ') ?? '',
      source: row?.source ?? '',
      status: row?.status ?? 'unverified',
    }));
    const lines = shown.map(({ a, b, verdict: found, condition, source }) => `${a} + ${b}: ${found} (${condition}) – ${source}`);
    return { json: { verdict, countsAs, pairs: shown }, lines: [verdict, ...lines] };
  },
  distance: (parsed) => distance(parsed, packOf(parsed)),
  required: (parsed) => required(parsed, packOf(parsed)),
  'max-neq': (parsed) => maxNeq(parsed, packOf(parsed)),
  blast,
  scaled,
  conditions,
  surveillance,
  stabiliser,
  sample,
  aggregate: (parsed, given) => {
    const quantities = given.map((text) => ({ code: text.slice(0, text.indexOf(':')), neqKg: Number(text.slice(text.indexOf(':') + 1)) }));
    const answer = aggregateCodes(quantities, packOf(parsed));
    if (given.length === 0 || !answer.ok)
      throw new UsageError(
        `aggregate takes codes with their NEQ in kg, as 1.1D:20000 1.2.1E:500${answer.ok ? '' : `; not so: ${given.join(' ')}`}`,
      );
    return { json: answer.value, lines: answer.value.cases.map((found) => `HD ${found.hd}: ${found.neqKg} kg ${found.note}`) };
  },
};

/** Questions to the rules alone; no depot is opened. */
export async function rules(parsed: Parsed): Promise<Answer> {
  const verb = VERBS[positional(parsed, 0, Object.keys(VERBS).join(', '))];
  if (verb === undefined) throw new UsageError(`rules takes ${Object.keys(VERBS).join(', ')}`);
  return verb(parsed, parsed.positionals.slice(1));
}
