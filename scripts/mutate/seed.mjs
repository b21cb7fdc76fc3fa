// Random tests draw the same cases for each mutant, so that a run can be repeated, and do not look for a smaller case.
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124, endOnFailure: true });
