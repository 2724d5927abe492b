import angular from 'angular-eslint';
import { defineConfig } from 'eslint/config';
import { printing, sharedRules, specRules } from '../.config/eslint.base.mjs';
import { importRules } from './eslint.imports.mjs';

/** Beyond what the Angular team recommends: what this code base has decided. */
const angularRules = {
  // OnPush is the default: neither opted out of nor written down.
  '@angular-eslint/prefer-on-push-component-change-detection': ['error', { allowExplicitOnPush: false }],
  '@angular-eslint/no-uncalled-signals': 'error',
  '@angular-eslint/prefer-output-emitter-ref': 'error',
  '@angular-eslint/prefer-output-readonly': 'error',
  '@angular-eslint/prefer-service-decorator': 'error',
  '@angular-eslint/prefer-signals': 'error',
};

const textOnly = 'What people type is shown as text, never as markup.';

const templateRules = {
  'no-restricted-syntax': ['error', { selector: 'BoundAttribute[name=/^(inner|outer)HTML$/]', message: textOnly }],
  '@angular-eslint/template/button-has-type': 'error',
  '@angular-eslint/template/no-duplicate-attributes': 'error',
  '@angular-eslint/template/no-positive-tabindex': 'error',
  '@angular-eslint/template/prefer-contextual-for-variables': 'error',
};

export default defineConfig(
  sharedRules(import.meta.dirname, ['tsconfig.spec.json', 'tsconfig.node.json']),
  {
    files: ['src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: angularRules,
  },
  {
    files: ['**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: templateRules,
  },
  importRules,
  specRules,
  { files: ['src/main.ts', 'torture/**/*.ts', 'bench/**/*.ts'], rules: printing },
);
