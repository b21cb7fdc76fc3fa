// `npm run fuzz -- --minutes N`: attacks every decoder with new seeds until the time is over.
import { join } from 'node:path';
import { continueOnNode24, prepareModules, root } from './modules.mjs';

prepareModules();
await continueOnNode24(['--disable-warning=ExperimentalWarning', join(root, 'tests', 'fuzz', 'main.ts'), ...process.argv.slice(2)]);
