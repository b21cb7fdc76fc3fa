/**
 * A small reader for rule data. Each function answers a value of the wanted type and, where the data is wrong, notes the
 * problem and answers a harmless stand-in; the caller refuses the whole file when any problem was noted.
 */
export type JsonObject = Readonly<Record<string, unknown>>;
export type Problems = string[];

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export function objectAt(value: unknown, at: string, problems: Problems): JsonObject {
  if (isObject(value)) return value;
  problems.push(`${at}: an object is wanted`);
  return {};
}

/** Text that is not empty. */
export function textAt(from: JsonObject, key: string, at: string, problems: Problems): string {
  const value = from[key];
  if (typeof value === 'string' && value.trim() !== '') return value;
  problems.push(`${at}.${key}: text is missing`);
  return '';
}

export function oneOfAt<const T extends string>(
  from: JsonObject,
  key: string,
  allowed: readonly [T, ...T[]],
  at: string,
  problems: Problems,
): T {
  const found = allowed.find((each) => each === from[key]);
  if (found !== undefined) return found;
  problems.push(`${at}.${key}: one of ${allowed.join(', ')} is wanted`);
  return allowed[0];
}

export function booleanAt(from: JsonObject, key: string, at: string, problems: Problems): boolean {
  const value = from[key];
  if (typeof value === 'boolean') return value;
  problems.push(`${at}.${key}: true or false is wanted`);
  return false;
}

/** A whole number of zero or more; the key must name its unit. */
export function wholeNumberAt(from: JsonObject, key: string, at: string, problems: Problems): number {
  const value = from[key];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  problems.push(`${at}.${key}: a whole number is missing`);
  return 0;
}

export function listAt(from: JsonObject, key: string, at: string, problems: Problems): readonly unknown[] {
  const value = from[key];
  if (Array.isArray(value)) return value;
  problems.push(`${at}.${key}: a list is missing`);
  return [];
}

/** Each member must be one of the allowed words. */
export function wordsAt<const T extends string>(
  from: JsonObject,
  key: string,
  allowed: readonly T[],
  at: string,
  problems: Problems,
): readonly T[] {
  return listAt(from, key, at, problems).flatMap((value) => {
    const found = allowed.find((each) => each === value);
    if (found !== undefined) return [found];
    problems.push(`${at}.${key}: one of ${allowed.join(', ')} is wanted`);
    return [];
  });
}

/** A key that nobody reads is a misspelt one, often a number with its unit left out. */
export function refuseOthers(from: JsonObject, keys: readonly string[], at: string, problems: Problems): void {
  for (const key of Object.keys(from)) if (!keys.includes(key)) problems.push(`${at}.${key}: not a known field`);
}
