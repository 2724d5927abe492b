import type { Locator } from '@playwright/test';
import { expect, test } from './lonja.ts';

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error(`Not visible: ${String(locator)}`);
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
]) {
  test.describe(`at ${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    test('the table and the message centre stand below the form, which has title, price and picture', async ({
      ana,
    }) => {
      await expect(ana.page.getByRole('heading', { name: 'Ingreso de productos' })).toBeVisible();
      for (const label of ['Título', 'Precio', 'Link de la imagen']) await expect(ana.field(label)).toBeVisible();
      await expect(ana.form.getByRole('button', { name: 'Crear producto' })).toBeVisible();
      await ana.adds({ title: 'Escuadra', price: '123,45' });
      await expect(ana.page.getByRole('heading', { name: 'Productos disponibles' })).toBeVisible();
      const [form, table, row] = [await box(ana.form), await box(ana.table), await box(ana.product('Escuadra'))];
      expect(table.y).toBeGreaterThanOrEqual(form.bottom);
      expect(row.y).toBeGreaterThanOrEqual(form.bottom);
      expect(row.height).toBeGreaterThan(40);

      await expect(ana.page.getByRole('heading', { name: 'Centro de mensajes' })).toBeVisible();
      const centre = await box(ana.centre);
      expect(centre.y).toBeGreaterThanOrEqual(form.bottom);
      const [composer, button] = [await box(ana.composer), await box(ana.sendButton)];
      expect(composer.y).toBeGreaterThan(form.bottom);
      expect(Math.min(composer.width, button.width)).toBeGreaterThan(40);
      expect(button.right).toBeLessThanOrEqual(viewport.width);
    });
  });
}

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('everything is in sight at once', async ({ ana }) => {
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    for (const part of [ana.form, ana.product('Escuadra'), ana.composer, ana.sendButton]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  });
});
