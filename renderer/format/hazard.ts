/** The symbol that fire-fighters read from afar, one per fire division. */
export type FireDivision = 1 | 2 | 3 | 4;

const fireDivisions: Readonly<Record<string, FireDivision>> = { '1.1': 1, '1.2': 2, '1.3': 3, '1.4': 4, '1.5': 1, '1.6': 2 };

export type Hazard = Readonly<{ division: string; group: string; fire: FireDivision }>;

/** Takes `1.1D` and `1.2.1E` apart; null for a text that is no classification code. */
export function hazardOf(code: string): Hazard | null {
  const [, division = '', group = ''] = /^(1\.[1-6](?:\.[1-3])?)([A-HJKLNS])?$/.exec(code) ?? [];
  const fire = fireDivisions[division.slice(0, 3)];
  return fire ? { division, group, fire } : null;
}
