// `npm run bench`: prepares what is missing, then measures on Node 24.
import { join } from 'node:path';
import { continueOnNode24, prepareModules, root } from './modules.mjs';

prepareModules();
await continueOnNode24(['--disable-warning=ExperimentalWarning', join(root, 'tests', 'bench', 'main.ts'), ...process.argv.slice(2)]);
