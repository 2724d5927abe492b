import { defineConfig } from 'eslint/config';
import { printing, sharedRules, specRules } from '../.config/eslint.base.mjs';

export default defineConfig(sharedRules(import.meta.dirname), specRules, { files: ['**/*.ts'], rules: printing });
