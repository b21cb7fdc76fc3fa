import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds `migrations/` and `resources/`: the repository for scripts and tests, the unpacked part of the
 * installed program otherwise. Found by looking upwards, since sources and bundles lie at different depths.
 */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url)).replace('app.asar/', 'app.asar.unpacked/');
  while (!existsSync(join(folder, 'migrations', 'checksums.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('migrations are missing from this installation');
    folder = parent;
  }
  return folder;
}
