// Placeholder signature; see the surplus work package.
export type SurplusReport = Readonly<{ asOf: string; isDraft: boolean; gates: readonly string[]; items: readonly unknown[] }>;
