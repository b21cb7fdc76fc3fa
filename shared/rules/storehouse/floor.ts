import type { Structure } from '../../domain/site.ts';
import type { StoreFacts, StoreLine } from '../facts.ts';
import type { Finding } from '../finding.ts';
import type { RulePack } from '../pack.ts';
import { findingFrom } from '../ruleFinding.ts';

export type FloorFacts = Pick<Structure, 'floorLoadMaxKgPerM2' | 'floorAreaDm2'>;
export type FloorLoad = Readonly<{
  /** Grams of all whose mass is known. */
  massG: number;
  /** Natures of unknown mass, sorted. */
  unknownMass: readonly string[];
  /** Kilograms that the whole floor bears, rounded down; null where limit or area is not known. */
  massMaxKg: number | null;
}>;

/** The mass on a floor, and what it bears spread evenly: over that it is surely too much, below it a stack still may be. */
export function floorLoadOf(lines: readonly StoreLine[], floor: FloorFacts | null): FloorLoad {
  const present = lines.filter(({ quantity }) => quantity > 0);
  const { floorLoadMaxKgPerM2: loadMax = null, floorAreaDm2: area = null } = floor ?? {};
  return {
    massG: present.reduce((sum, { item, quantity }) => sum + (item.massG ?? 0) * quantity, 0),
    unknownMass: [...new Set(present.filter(({ item }) => item.massG === null).map(({ item }) => item.item))].sort(),
    massMaxKg: loadMax === null || area === null ? null : Math.floor((loadMax * area) / 100),
  };
}

/**
 * Findings `store.floorLoad` (the floor bears less than what lies on it) and `store.floorUnknown` (a limit is set, and what
 * is needed to hold the stock against it is not known). A store without a limit says nothing: its sheet lists it as unknown.
 */
export function checkFloor({ store, lines, floor = null }: StoreFacts, pack: RulePack): readonly Finding[] {
  if (floor === null || floor.floorLoadMaxKgPerM2 === null || lines.every(({ quantity }) => quantity <= 0)) return [];
  const { massG, unknownMass, massMaxKg } = floorLoadOf(lines, floor);
  const findings: Finding[] = [];
  const subjects = lines.filter(({ quantity }) => quantity > 0).map(({ item }) => item.item);
  if (massMaxKg !== null && massG > massMaxKg * 1000) {
    const numbers = { massKg: Math.ceil(massG) / 1000, limitKg: massMaxKg, floorLoadMaxKgPerM2: floor.floorLoadMaxKgPerM2 };
    const row = pack.rules['store.floorLoad'];
    findings.push(findingFrom(row, { says: row.id, severity: 'stop', place: store, subjects, numbers }));
  }
  if (massMaxKg === null || unknownMass.length > 0) {
    const row = pack.rules['store.floorUnknown'];
    const about = massMaxKg === null ? subjects : unknownMass;
    findings.push(
      findingFrom(row, { says: row.id, severity: 'warn', place: store, subjects: about, numbers: { massKg: Math.ceil(massG) / 1000 } }),
    );
  }
  return findings;
}
