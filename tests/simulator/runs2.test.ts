import { testRuns } from './chunk.ts';

testRuns(2);
