import { expect, test } from './lonja.ts';

test.use({ serviceWorkers: 'allow' });

/** Whether this browser has every file that the service worker is to keep. */
async function isInstalled(): Promise<boolean> {
  const { hashTable } = (await (await fetch('ngsw.json')).json()) as { readonly hashTable: object };
  const caching = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
  const kept = new Set((await Promise.all(caching)).flat().map(({ url }) => new URL(url).pathname));
  return Object.keys(hashTable).every((file) => kept.has(file));
}

test('once visited, the page opens without a server, and shows what it knew', async ({ beto, comes, server }) => {
  await beto.adds({ title: 'Escuadra', price: '123,45', picture: new URL('favicon.svg', server.url).href });
  await beto.sends('Hola');
  const ana = await comes('ana');
  await expect(ana.texts).toHaveText(['Hola']);
  await expect.poll(() => ana.page.evaluate(isInstalled)).toBe(true);
  await server.stop();
  await expect(ana.status).toHaveText('Offline');
  await ana.page.reload();
  await expect(ana.product('Escuadra')).toBeVisible();
  await expect(ana.texts).toHaveText(['Hola']);
  await expect(ana.page.getByTestId('data-age')).toContainText('conectando');
  await server.start();
  await expect(ana.status).toHaveText('Online');
  await expect(ana.page.getByTestId('data-age')).toHaveCount(0);
});
