// `node scripts/makeVectors.mjs`: made the frozen bundles of tests/vectors once. It refuses to make them again: what a
// released program wrote has to be read for ever, so a new form of a bundle gets new files beside these.
import { join } from 'node:path';
import { continueOnNode24, prepareModules, root } from './modules.mjs';

prepareModules();
await continueOnNode24(['--disable-warning=ExperimentalWarning', join(root, 'tests', 'vectors', 'make.ts')]);
