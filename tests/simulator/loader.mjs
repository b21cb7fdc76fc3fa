// Two changes to the code under test, in memory alone: the sealing of bundles, and one mutant where one is asked for.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/modules.mjs';

const urlOf = (file) => pathToFileURL(join(root, file)).href;
const SEAL = urlOf('electron/data/sync/seal.ts');
const SUBSTITUTE = urlOf('tests/simulator/sealing.ts');

/** The text of a file with the change of a mutant. A change that does not fit the code any more is refused. */
export function mutantText({ name, file, before, after }) {
  const text = readFileSync(join(root, file), 'utf8');
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`mutant ${name}: its line stands ${parts.length - 1} times in ${file}, not once`);
  return parts.join(after);
}

/** To be called before the code under test is imported. */
export function prepareLoading(mutant) {
  const mutated = mutant === null ? null : { url: urlOf(mutant.file), source: mutantText(mutant) };
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const found = nextResolve(specifier, context);
      return found.url === SEAL && context.parentURL !== SUBSTITUTE ? { ...found, url: SUBSTITUTE } : found;
    },
    load: (url, context, nextLoad) =>
      url === mutated?.url ? { format: 'module-typescript', source: mutated.source, shortCircuit: true } : nextLoad(url, context),
  });
}
