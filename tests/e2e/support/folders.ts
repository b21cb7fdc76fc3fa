import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs once around all end-to-end tests: one folder for what they write, removed at the end unless DEPOT_KEEP is set. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'depot-e2e-'));
  process.env.DEPOT_E2E_FOLDER = folder;
  return () => {
    if (!process.env.DEPOT_KEEP) rmSync(folder, { recursive: true, force: true });
  };
}
