// Property tests try the same cases in every run, so that whoever changes one line is told of that line alone. Other cases:
// EXHIBIT_SEED=random, or the seed that a failed run names.
import fc from 'fast-check';

const { EXHIBIT_SEED: asked = '20260105' } = process.env;
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
