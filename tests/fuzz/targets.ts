import { bundleTargets } from './bundleTargets.ts';
import { contractTargets } from './contractTargets.ts';
import { fileTargets } from './fileTargets.ts';
import type { AnyTarget } from './target.ts';
import { trustTargets } from './trustTargets.ts';

/** Every decoder of what comes from outside that needs no open depot. */
export const TARGETS: readonly AnyTarget[] = [...bundleTargets, ...fileTargets, ...contractTargets, ...trustTargets];
