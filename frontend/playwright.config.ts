import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/chromium.ts';

/** Chromium refuses its sandbox to root, which is what containers run as. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * People in browser contexts, against real servers that the tests start themselves. Nothing is tried again: that hides races.
 */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  // Waiting ends as soon as what is waited for is there: these are for a machine that is busy with something else.
  timeout: 600_000,
  expect: { timeout: 90_000 },
  use: {
    // The language of the page is the browser's.
    locale: 'es-ES',
    // Nothing is about how things move, and waiting for it is most of what a dialog costs.
    contextOptions: { reducedMotion: 'reduce' },
    // What a test is about is the server that it has started; `installed.spec.ts` is about the worker.
    serviceWorkers: 'block',
    trace: 'off',
    // Those who take part are photographed when their test has failed, see `lonja.ts`; asked for here, each page is, always.
    screenshot: 'off',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        ...asRoot,
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
