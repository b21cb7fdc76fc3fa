import inspector from 'node:inspector';

/** Only the e2e flavour can be inspected, by its fuse; a release answers false whatever its arguments say. */
export const isInspectable = (): boolean => inspector.url() !== undefined;

const DRIVER_WAIT_MS = 10_000;

/**
 * Under test the window waits for Playwright, which calls this name once it has attached: attaching while the first
 * page is loading hangs now and then. In a release there is nothing to wait for.
 */
export function driverAttached(): Promise<void> {
  if (!isInspectable()) return Promise.resolve();
  return new Promise((resolve) => {
    Object.assign(globalThis, { __playwright_run: resolve });
    setTimeout(resolve, DRIVER_WAIT_MS);
  });
}
