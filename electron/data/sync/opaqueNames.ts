import { randomBytes } from 'node:crypto';

/** Names of bundles that say nothing. */

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const OPAQUE = /^[a-z2-7]{8}\.adi$/;
/** Follows the name of a file that is not whole yet. */
export const UNFINISHED = '.unfinished';

export const opaqueName = (): string => `${[...randomBytes(8)].map((byte) => BASE32[byte % 32]).join('')}.adi`;
export const isOpaque = (name: string): boolean => OPAQUE.test(name);
/** What a run that was killed left behind. */
export const isLeftOver = (name: string): boolean => name.endsWith(UNFINISHED) && isOpaque(name.slice(0, -UNFINISHED.length));
