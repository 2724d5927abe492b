import fc from 'fast-check';

/**
 * Property tests run the same cases each time, so that a build fails for what was changed and not by chance. Looking for
 * cases that nobody has met is a run of its own: `SEED=$RANDOM npm run test:unit`, several times.
 */
fc.configureGlobal({
  seed: Number(process.env.SEED ?? 20_261_121),
  // ms. A slow machine tries fewer cases; it does not fail for being slow.
  interruptAfterTimeLimit: 20_000,
  markInterruptAsFailure: false,
});
