import { powerMonitor } from 'electron';

const IDLE_SECONDS_MAX = 300;
const LOOK_EVERY_MS = 15_000;

/**
 * Locks the depot when the machine is locked or put to sleep, and after five minutes in which nobody touched the
 * machine and the window asked for nothing (a long import is not idleness).
 */
export function lockWhenLeft(lock: () => void, lastCallAtMs: () => number): void {
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  const look = () => {
    const sinceCallSeconds = (Date.now() - lastCallAtMs()) / 1000;
    if (Math.min(powerMonitor.getSystemIdleTime(), sinceCallSeconds) >= IDLE_SECONDS_MAX) lock();
  };
  setInterval(look, LOOK_EVERY_MS).unref();
}
