import { join } from 'node:path';
import type { Side } from './build.ts';

export const root = join(import.meta.dirname, '..');

const packages = join(root, 'node_modules');
/** What both are compiled by and with. */
const ground = ['package-lock.json', '.config/tsconfig.json', 'backend/package.json', 'backend/tsconfig.json'];

export const backend: Side = {
  name: 'backend',
  root,
  sources: [...ground, 'backend/tsconfig.build.json', 'backend/src'],
  program: [join(packages, 'typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  folder: 'backend',
  output: 'backend/dist',
};

export const frontend: Side = {
  name: 'frontend',
  root,
  sources: [
    ...ground,
    // The page is compiled with the contract's own sources.
    'backend/src/contract',
    ...['package.json', 'angular.json', 'tsconfig.json', 'public', 'src'].map((path) => `frontend/${path}`),
  ],
  program: [join(packages, '@angular/cli/bin/ng.js'), 'build', '--progress=false'],
  folder: 'frontend',
  output: 'frontend/dist',
};
