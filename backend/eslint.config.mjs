import { defineConfig } from 'eslint/config';
import { printing, sharedRules, specRules } from '../.config/eslint.base.mjs';
import { importRules } from './eslint.imports.mjs';

export default defineConfig(sharedRules(import.meta.dirname), importRules, specRules, {
  files: ['bench/**/*.ts'],
  rules: printing,
});
