import type { Page } from '@playwright/test';
import { expect, test } from './lonja.ts';

/** Keeps the database of the outbox from being opened by any page, until this one is closed. */
async function blockDatabase(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('lonja-outbox');
    await new Promise((resolve) => {
      opening.addEventListener('success', resolve);
    });
    // It waits for the connection above, and everybody who comes later waits for it.
    indexedDB.deleteDatabase('lonja-outbox');
  });
}

test('a database that does not open blocks nothing; the page explains the effect, and uses it when it opens', async ({
  ana,
  beto,
  server,
}) => {
  const blocking = await ana.context.newPage();
  await blocking.goto(new URL('favicon.svg', server.url).href);
  await blockDatabase(blocking);
  const other = await ana.inAnotherTab();
  await other.sends('Sin base de datos');
  await expect(beto.texts).toHaveText(['Sin base de datos']);
  const notice = other.page.getByTestId('in-memory-only');
  await expect(notice).toContainText('se conserva solo mientras esta página siga abierta');
  await ana.page.close();
  await other.losesTheNetwork();
  await other.sends('Para después');
  await blocking.close();
  await expect(notice).toHaveCount(0);
  await other.page.close();
  await other.context.setOffline(false);
  const again = await other.inAnotherTab();
  for (const person of [again, beto]) await expect(person.texts).toHaveText(['Sin base de datos', 'Para después']);
});
