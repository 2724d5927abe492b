/** For the tools themselves and for what must hold for the whole tree. Plain `node` runs the same files: it drops the types. */
export default {
  rootDir: '..',
  // Jest leaves a core to whoever edits meanwhile, which on two cores is half of them.
  maxWorkers: '100%',
  roots: ['<rootDir>/.tools', '<rootDir>/.config'],
  // Against hanging only: what is slow on a busy machine is not wrong.
  testTimeout: 600_000,
  testRegex: '\\.spec\\.ts$',
  // Never through `haste`: both workspaces call things alike.
  modulePathIgnorePatterns: ['<rootDir>/backend/', '<rootDir>/frontend/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
