import { Line, SLOW } from './line.ts';
import { expect, test } from './lonja.ts';
import { journalOf, pastMessage, pastProduct } from './past.ts';

const COUNT = 10_000;
const AT = '2026-03-09T14:05:07.000Z';

test.use({
  past: journalOf([
    ...Array.from({ length: COUNT }, (_, index) =>
      pastProduct('carla@acme.com', AT, {
        title: `Producto número ${index + 1}`,
        price: 100 + index,
        code: `LON-${index}`,
      }),
    ),
    pastMessage('carla@acme.com', AT, 'Ya está todo cargado'),
  ]),
});

test('over a slow line the first of many products come soon, one sees how far it is, and in the end all are there', async ({
  browser,
  server,
}) => {
  const line = await Line.to(server.url, SLOW);
  const page = await browser.newPage();
  try {
    await page.goto(line.url, { waitUntil: 'commit' });
    const progress = page.getByTestId('board-progress');
    await expect(progress).toContainText(/\d de 10\.000 productos/);
    await expect(page.getByText('Producto número 1', { exact: true })).toBeVisible();
    await expect(page.getByText('Ya está todo cargado')).toBeVisible();
    await page.getByRole('searchbox').fill('número 9999');
    await expect(progress).toContainText('la búsqueda ve solo los que ya llegaron');
    await expect(page.getByText('Producto número 9999', { exact: true })).toBeVisible();
    await expect(progress).toHaveCount(0);
    await page.getByRole('searchbox').fill('');
    await expect(page.getByText('10.000 productos')).toBeVisible();
    // 3 MB as they are.
    expect(line.socketBytes).toBeLessThan(1_000_000);
  } finally {
    await page.close();
    line.close();
  }
});
