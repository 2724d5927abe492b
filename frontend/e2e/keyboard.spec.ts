import type { Locator } from '@playwright/test';
import { CLOSING } from './console.ts';
import { expect, test } from './lonja.ts';

/** Presses the key until that has the focus: whoever has no mouse gets there or does not. */
async function reach(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await focused()); presses++) await target.page().keyboard.press(key);
  await expect(target).toBeFocused();
}

test('everything can be done without a mouse, and the focus is never lost', async ({ carla }) => {
  const { page } = carla;
  const { keyboard } = page;
  const button = (name: string) => page.getByRole('button', { name });

  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
  await keyboard.type('carla@acme.com');
  await keyboard.press('Enter');
  await expect(carla.welcome).toBeVisible();

  await expect(carla.composer).toBeFocused();
  await keyboard.type('Hola');
  await keyboard.press('Enter');
  await expect(carla.messagesWith('Hola')).toBeVisible();
  await expect(carla.composer).toBeFocused();

  await reach(carla.field('Título'), 'Shift+Tab');
  await keyboard.type('Escuadra');
  await keyboard.press('Tab');
  await keyboard.type('123,45');
  await keyboard.press('Enter');
  await expect(carla.product('Escuadra')).toBeVisible();
  await expect(carla.field('Título')).toBeFocused();

  await reach(button('Editar Escuadra'));
  await keyboard.press('Enter');
  await expect(carla.field('Título', carla.editor)).toBeFocused();
  for (let presses = 0; presses < 12; presses++) {
    await keyboard.press('Tab');
    expect(await carla.editor.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  }
  await keyboard.press('Escape');
  await expect(carla.editor).toBeHidden();
  await expect(button('Editar Escuadra')).toBeFocused();

  await reach(button('Sumar stock de Escuadra'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(carla.field('Cantidad', carla.stockMover)).toBeFocused();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('5');
  await keyboard.press('Enter');
  await expect(carla.stockMover).toBeHidden();
  await expect(button('Sumar stock de Escuadra')).toBeFocused();
  await expect(carla.product('Escuadra').locator('.pieces')).toHaveText('5');

  await reach(button('Eliminar Escuadra'));
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(button('Eliminar Escuadra')).toBeFocused();
  await keyboard.press('Enter');
  await reach(page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }));
  await keyboard.press('Enter');
  await expect(carla.noProducts).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Productos disponibles' })).toBeFocused();

  await reach(button('Editar mensaje'));
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Editar mensaje' })).toBeFocused();
  await keyboard.type('!');
  await keyboard.press('Escape');
  await expect(carla.texts).toHaveText('Hola');
  await expect(button('Editar mensaje')).toBeFocused();

  await reach(button('Salir'), 'Shift+Tab');
  carla.console.expects(CLOSING);
  await keyboard.press('Enter');
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
});

test('the first press of Tab offers the skip link to the messages', async ({ ana }) => {
  await ana.page.keyboard.press('Tab');
  const skip = ana.page.getByRole('link', { name: 'Ir al centro de mensajes' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await ana.page.keyboard.press('Enter');
  await expect(ana.composer).toBeFocused();
});

test('the skip link leads a visitor to the identification', async ({ carla }) => {
  const skip = carla.page.getByRole('link', { name: 'Ir al centro de mensajes' });
  await skip.focus();
  await carla.page.keyboard.press('Enter');
  await carla.page.keyboard.press('Tab');
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
});

test('menus open and choose by keyboard, and restore the focus', async ({ ana }) => {
  const menu = ana.page.getByTestId('language').getByRole('button');
  await menu.focus();
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByRole('menuitemradio', { name: 'Español' })).toHaveAttribute('aria-checked', 'true');
  await ana.page.keyboard.press('ArrowDown');
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(menu).toBeFocused();
});
