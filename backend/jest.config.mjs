// The lines of chat.txt carry the server's own time (row B5): with a zone that is never UTC a forgotten conversion shows.
process.env.TZ = 'Europe/Madrid';

/** Nest 12 is ESM, so Jest runs ESM; swc compiles, because ts-jest would type-check every file a second time. */
export default {
  rootDir: '.',
  // Jest leaves a core to whoever edits meanwhile, which on two cores is half of them.
  maxWorkers: '100%',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/../.config/property-tests.mjs'],
  // Against hanging only: what is slow on a busy machine is not wrong.
  testTimeout: 600_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
