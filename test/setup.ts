import fc from 'fast-check';

/**
 * Properties try other inputs at each run on a desk. In CI they try the same ones every time, so that a red run means the
 * change; `npm run fuzz` is for finding more. What a run found is repeated with KP2PCM_SEED.
 */
const seed = process.env['KP2PCM_SEED'] ?? (process.env['CI'] ? '1' : undefined);
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
