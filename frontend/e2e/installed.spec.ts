import { expect, test } from './lonja.ts';
import { Person } from './person.ts';

test.use({ serviceWorkers: 'allow' });

/** Whether this browser has the files of the page. */
const isInstalled = (): Promise<boolean> =>
  caches.keys().then(async (names) => {
    const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return found.flat().some(({ url }) => /\/main-\w+\.js$/.test(url));
  });

test('once visited, the page opens without a server, and shows what it knew', async ({ beto, browser, server }) => {
  await beto.adds({ title: 'Escuadra', price: '123,45', picture: new URL('favicon.svg', server.url).href });
  await beto.sends('Hola');
  const ana = await Person.returning(browser, server, 'ana');
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
  await ana.context.close();
});
