import { expect, test } from './lonja.ts';
import { journalOf, pastProduct } from './past.ts';

const COUNT = 400;

test.use({
  past: journalOf(
    Array.from({ length: COUNT }, (_, index) =>
      pastProduct('carla@acme.com', '2026-03-09T14:05:07.000Z', {
        title: `Producto ${index + 1}`,
        price: 100 + index,
        stock: 5,
      }),
    ),
  ),
});

test('the keyboard comes back to a cell that was scrolled away', async ({ ana }) => {
  const { keyboard, mouse } = ana.page;
  await ana.cell('Producto 3', 'price').click();
  await expect(ana.cell('Producto 3', 'price')).toBeFocused();
  await mouse.wheel(0, 6_000);
  await expect(ana.product('Producto 3')).toHaveCount(0);

  await ana.page.getByRole('searchbox').focus();
  await ana.cell('Producto 3', 'price').or(ana.page.locator('app-product-grid [tabindex="0"]')).focus();
  await expect(ana.cell('Producto 3', 'price')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(ana.cell('Producto 4', 'price')).toBeFocused();
});

test('what was typed into a row that scrolls away is kept', async ({ ana, beto }) => {
  await ana.cell('Producto 3', 'price').dblclick();
  await ana.page.getByTestId('cell-editor').fill('7,50');
  await ana.page.mouse.wheel(0, 6_000);
  await expect(ana.product('Producto 3')).toHaveCount(0);
  await expect(beto.product('Producto 3')).toContainText('7,50');
});
