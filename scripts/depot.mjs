// `npm run -s depot -- COMMAND`: the terminal face. Scripts call this hundreds of times, so it must add next to nothing.
import module from 'node:module';
import { join } from 'node:path';
import { compileCacheFolder, continueOnNode24, isNode24, PreparationError, prepareModules, root, say } from './modules.mjs';

const main = join(root, 'electron', 'cli', 'main.ts');
const EXIT_FAULT = 3;

try {
  prepareModules();
} catch (cause) {
  if (!(cause instanceof PreparationError)) throw cause;
  say(cause.message);
  process.exit(EXIT_FAULT);
}

process.env.NODE_COMPILE_CACHE ??= compileCacheFolder; // for worker threads and children
if (isNode24) {
  // npm has put Node 24 first on the path, so a second process would only cost time.
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  process.argv[1] = main;
  module.runMain(main); // and not import(), so that main.ts finds itself to be the main module
} else {
  await continueOnNode24(['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)]);
}
