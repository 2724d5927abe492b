import presets from 'jest-preset-angular/presets/index.js';

const preset = presets.createEsmPreset({
  // Jest's own jsdom environment is built on an older jsdom than the one installed here.
  testEnvironment: 'jest-preset-angular/environments/jest-jsdom-env',
});

/** Angular ships ESM only, so Jest runs ESM here as well: the script sets `--experimental-vm-modules`. */
export default {
  ...preset,
  rootDir: '.',
  // Jest leaves a core to whoever edits meanwhile, which on two cores is half of them.
  maxWorkers: '100%',
  roots: ['<rootDir>/src'],
  testRegex: '\\.spec\\.ts$',
  // Against hanging only: what is slow on a busy machine is not wrong.
  testTimeout: 600_000,
  setupFiles: ['<rootDir>/../.config/property-tests.mjs'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  // The contract is written for Node, where imports end in `.js`; here its sources are read.
  moduleNameMapper: { ...preset.moduleNameMapper, '^(\\.{1,2}/.*)\\.js$': '$1' },
};
