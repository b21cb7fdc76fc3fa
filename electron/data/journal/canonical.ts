import canonicalize from 'canonicalize';
import { invariant } from '../../../shared/lib/result.ts';

/** What may stand in the journal: whole numbers, NFC strings, no undefined. RFC 8785 has one text for each such value. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The canonical text (RFC 8785) of a value. Throws on fractions: floats have no place in a ledger. */
export function canonical(value: Plain): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'value has no canonical form');
  return text;
}

/**
 * Parses a text that must be canonical: one comparison refuses duplicate keys, other key orders and number games at
 * once. Null where it is not.
 */
export function parseCanonical(text: string): Plain | null {
  try {
    const value = JSON.parse(text) as Plain;
    return canonicalize(value) === text ? value : null;
  } catch {
    return null;
  }
}

/** Drops undefined members (canonicalize would do so in silence), brings strings to NFC, refuses fractions. */
export function plain(value: unknown): Plain {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), `not a whole number: ${value}`);
    return value;
  }
  if (Array.isArray(value)) return value.map(plain);
  invariant(typeof value === 'object', `cannot be recorded: ${typeof value}`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, plain(member)]),
  );
}

/**
 * Whether the members of what was just parsed stand in the order of RFC 8785 at every level: then `JSON.stringify`, which
 * keeps their order, gives the canonical text in a third of the time. False where that is not sure.
 */
export function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = '';
  for (const name in value) {
    if (name < before || !isInOrder((value as Record<string, unknown>)[name])) return false;
    before = name;
  }
  return true;
}
