import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * The most memory that this process ever held, in KiB. What the system counts of a child begins with what its parent held; only
 * Linux says it of the process alone.
 */
export const peakKib = (): number =>
  existsSync(STATUS) ? Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8'))?.[1]) : process.resourceUsage().maxRSS;
