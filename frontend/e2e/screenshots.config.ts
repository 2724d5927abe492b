import { defineConfig } from '@playwright/test';
import config from '../playwright.config.ts';

/** For `npm run screenshots`, which is no test; but who takes part, waits and is reported is the same. */
export default defineConfig({ ...config, testDir: '.', testMatch: 'screenshots.ts', reporter: 'line' });
