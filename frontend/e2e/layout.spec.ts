import type { Locator } from '@playwright/test';
import { expect, test } from './lonja.ts';

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error(`Not visible: ${String(locator)}`);
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

test.describe('at 1280×720', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('the table stands below the form, which has title, price and picture, and the messages beside it', async ({
    ana,
  }) => {
    for (const name of ['Ingreso de productos', 'Productos disponibles', 'Centro de mensajes']) {
      await expect(ana.page.getByRole('heading', { name })).toBeVisible();
    }
    for (const label of ['Título', 'Precio', 'Link de la imagen']) await expect(ana.field(label)).toBeVisible();
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    const [form, table, centre] = [await box(ana.form), await box(ana.table), await box(ana.centre)];
    expect(table.y).toBeGreaterThanOrEqual(form.bottom);
    expect(centre.x).toBeGreaterThanOrEqual(table.right);
    expect(centre.right).toBeLessThanOrEqual(1280);
  });

  test('the messages can be put away and made wider, and that is remembered', async ({ ana }) => {
    const toggle = ana.page.getByTestId('toggle-chat');
    const width = async () => (await box(ana.centre)).width;
    const [before, edge] = [await width(), ana.page.getByRole('separator')];
    await edge.focus();
    const from = Number(await edge.getAttribute('aria-valuenow'));
    for (let step = 1; step <= 3; step++) {
      await ana.page.keyboard.press('ArrowLeft');
      await expect(edge).toHaveAttribute('aria-valuenow', String(from + 24 * step));
    }
    await expect.poll(width).toBe(before + 72);
    await ana.reload();
    await expect.poll(width).toBe(before + 72);
    await toggle.click();
    await expect(ana.composer).toBeHidden();
    await ana.reload();
    await expect(ana.composer).toBeHidden();
    await toggle.click();
    await expect(ana.composer).toBeVisible();
  });
});

test.describe('at 820×1100', () => {
  test.use({ viewport: { width: 820, height: 1100 } });

  test('the messages are a drawer, which Escape and a click beside it close', async ({ ana }) => {
    await expect(ana.composer).toBeHidden();
    await ana.page.getByTestId('toggle-chat').click();
    await ana.sends('Hola');
    await expect(ana.messagesWith('Hola')).toBeVisible();
    await ana.page.keyboard.press('Escape');
    await expect(ana.composer).toBeHidden();
    await ana.page.getByTestId('toggle-chat').click();
    await expect(ana.composer).toBeVisible();
    await ana.page.mouse.click(40, 900);
    await expect(ana.composer).toBeHidden();
  });
});

test.describe('at 360×740', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('products, messages and account are a tab each, with targets for a thumb', async ({ ana }) => {
    await ana.page.getByTestId('new-product').click();
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    await expect(ana.form).toBeHidden();
    await expect(ana.product('Escuadra')).toBeVisible();
    await expect(ana.composer).toBeHidden();
    for (const name of ['Sumar stock de Escuadra', 'Editar Escuadra']) {
      const target = await box(ana.page.getByRole('button', { name }));
      expect(target.height).toBeGreaterThanOrEqual(44);
    }
    await ana.goesTo('messages');
    await ana.sends('Hola');
    await expect(ana.messagesWith('Hola')).toBeVisible();
    await expect(ana.product('Escuadra')).toBeHidden();
    await ana.goesTo('account');
    await expect(ana.page.getByText('Bienvenido, ana@acme.com')).toBeVisible();
    await ana.leaves();
    await ana.goesTo('messages');
    await expect(ana.identification).toBeVisible();
  });

  test('what a question is answered with has room for a thumb', async ({ ana, carla }) => {
    await carla.goesTo('messages');
    const enter = await box(carla.identification.getByRole('button', { name: 'Ingresar' }));
    expect(enter.height).toBeGreaterThanOrEqual(44);
    await ana.page.getByTestId('new-product').click();
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    await ana.edits('Escuadra');
    await ana.editor.getByRole('button', { name: 'Eliminar' }).click();
    await expect(ana.confirmation).toBeVisible();
    for (const answer of await ana.confirmation.getByRole('button').all()) {
      expect((await box(answer)).height).toBeGreaterThanOrEqual(44);
    }
  });

  test('one piece more or less is one tap, and several taps are one move', async ({ ana, beto, server }) => {
    await ana.page.getByTestId('new-product').click();
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    for (let tap = 0; tap < 4; tap++) await ana.page.getByRole('button', { name: 'Sumar stock de Escuadra' }).tap();
    await ana.page.getByRole('button', { name: 'Restar stock de Escuadra' }).tap();
    await expect(ana.product('Escuadra').locator('.pieces')).toHaveText('3');
    await expect(beto.product('Escuadra').locator('.pieces')).toHaveText('3');
    expect(server.lines('journal.jsonl').filter((line) => line.includes('"stock-moved"'))).toHaveLength(1);
    await ana.undoOffer.getByRole('button', { name: 'Deshacer' }).tap();
    await expect(beto.product('Escuadra').locator('.pieces')).toHaveText('0');
  });
});

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('everything is in sight at once', async ({ ana }) => {
    await ana.adds({ title: 'Escuadra', price: '123,45' });
    for (const part of [ana.form, ana.product('Escuadra'), ana.composer, ana.sendButton]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  });
});
