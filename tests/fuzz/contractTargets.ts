import fc from 'fast-check';
import { z } from 'zod';
import { decodeCall } from '../../electron/data/host/decode.ts';
import { type ProcedureName, procedures } from '../../shared/contract/procedures.ts';
import { hostileJson } from './mutate.ts';
import { type AnyTarget, target } from './target.ts';

/** What JSON Schema says of an input: enough to make valid ones of all procedures, those to come too. */
type Schema = Readonly<{
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | false;
  propertyNames?: Schema;
  items?: Schema;
  prefixItems?: readonly Schema[];
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}>;

const INTEGER_MAX = 2 ** 53 - 1;
const NAMES = ['HE', 'S1', 'LC-19A001', '2026-06-01', '10000000-0000-4000-8000-000000000001', 'admin', '1.1D', 'iatg-2021'];

function texts({ minLength = 0, maxLength = 40, pattern }: Schema): fc.Arbitrary<unknown> {
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 40) });
  const named = fc.constantFrom(...NAMES);
  return pattern === undefined ? fc.oneof(free, named) : fc.oneof(fc.stringMatching(new RegExp(pattern)), named);
}

function objects({ properties = {}, required = [], additionalProperties, propertyNames }: Schema): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === 'object')
    return fc.dictionary(valid(propertyNames ?? { type: 'string' }).map(String), valid(additionalProperties), { maxKeys: 4 });
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valid(schema)]));
  return fc.record(members, { requiredKeys: [...required] });
}

/** Inputs that a schema allows, or nearly. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(valid));
  if (schema.allOf !== undefined) return valid(Object.assign({}, ...schema.allOf) as Schema);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(-INTEGER_MAX, schema.minimum ?? -INTEGER_MAX),
        max: Math.min(INTEGER_MAX, schema.maximum ?? INTEGER_MAX),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return schema.prefixItems === undefined
        ? fc.array(valid(schema.items ?? {}), {
            minLength: schema.minItems ?? 0,
            maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
          })
        : fc.tuple(...schema.prefixItems.map(valid));
    case 'object':
      return objects(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const names = Object.keys(procedures) as ProcedureName[];
const inputs = new Map(
  names.map((name) => [
    name,
    valid(z.toJSONSchema(procedures[name].input as z.ZodType, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema),
  ]),
);
/** What a page that was taken over might send: any name, and inputs that are valid but for some places. */
const call = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .constantFrom(...names)
      .chain((name) =>
        (inputs.get(name) as fc.Arbitrary<unknown>).chain((input) =>
          fc.tuple(fc.constant<unknown>(name), fc.oneof(fc.constant(input), hostileJson([input]))),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.oneof(fc.string(), fc.constantFrom<unknown>('__proto__', 'constructor', 'toString', null, 1, {})),
      fc.anything(),
    ),
  },
);

const decoded = new Set<string>();
const decodedCalls = target({
  name: 'the calls of the window',
  hostile: call,
  runs: 1_500,
  check: ([name, input]) => {
    const found = decodeCall(name, input);
    if (!found.ok) return;
    decoded.add(found.value.name);
    const again = decodeCall(found.value.name, found.value.input);
    if (!again.ok || JSON.stringify(again.value.input) !== JSON.stringify(found.value.input))
      throw new Error('what was decoded is not decoded to itself');
  },
});

/** Which procedures some input reached so far: an attack that never gets in says nothing. */
export const decodedProcedures = (): ReadonlySet<string> => decoded;
export const contractTargets: readonly AnyTarget[] = [decodedCalls];
