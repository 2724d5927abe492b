import { test as base } from '@playwright/test';
import { disposeServers } from './server.ts';

/** After every test, also one that failed half way: none of the servers that it has started is left. */
export const test = base.extend<{ readonly noServerLeft: undefined }>({
  noServerLeft: [
    async ({}, use) => {
      await use(undefined);
      await disposeServers();
    },
    { auto: true },
  ],
});
