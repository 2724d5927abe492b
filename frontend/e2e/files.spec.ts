import { expect, test } from './lonja.ts';

test('what programs ask for is what it says it is, and what is not there is not the page', async ({
  request,
  server,
}) => {
  const get = (path: string) => request.get(new URL(path, server.url).href);
  const robots = await get('robots.txt');
  expect(robots.headers()['content-type']).toContain('text/plain');
  expect(await robots.text()).toContain('Disallow: /socket.io/');
  const manifest = await get('manifest.webmanifest');
  expect(manifest.headers()['content-type']).toContain('application/manifest+json');
  const { icons } = (await manifest.json()) as { icons: readonly { src: string }[] };
  for (const { src } of icons) expect((await get(src)).headers()['content-type']).toMatch(/^image\//);
  for (const path of ['sitemap.xml', 'main-00000000.js']) expect((await get(path)).status()).toBe(404);
});

test('the page travels compressed, and is small; what is loaded ahead comes after it', async ({ browser, server }) => {
  const page = await browser.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const { request } = { request: response.request() };
    if (request.method() === 'GET') sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const total = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.goto(server.url, { waitUntil: 'load' });
  expect(await total()).toBeGreaterThan(50_000);
  expect(await total()).toBeLessThan(215_000);
  await page.waitForLoadState('networkidle');
  expect(await total()).toBeLessThan(350_000);
  await page.close();
});
