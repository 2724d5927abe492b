import type { Locator } from '@playwright/test';
import { CLOSING } from './console.ts';
import { expect, test } from './lonja.ts';

/** Presses the key until that has the focus: whoever has no mouse gets there or does not. */
async function reach(target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowRight' = 'Tab'): Promise<void> {
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

  await reach(carla.cell('Escuadra', 'title'));
  await keyboard.press('Shift+Enter');
  await expect(carla.field('Título', carla.editor)).toBeFocused();
  await keyboard.press('Escape');
  await expect(carla.editor).toBeHidden();
  await expect(carla.cell('Escuadra', 'title')).toBeFocused();

  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await keyboard.type('99,90');
  await keyboard.press('Tab');
  await keyboard.type('ESC');
  await keyboard.press('Escape');
  await expect(carla.cell('Escuadra', 'code')).toBeFocused();
  await expect(carla.product('Escuadra')).toContainText('99,90');
  await expect(carla.product('Escuadra')).not.toContainText('ESC');

  for (let column = 0; column < 2; column++) await keyboard.press('ArrowRight');
  await keyboard.type('+5');
  await keyboard.press('Enter');
  await expect(carla.stockQuestion.getByRole('button', { name: 'entrada' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(carla.cell('Escuadra', 'stock')).toBeFocused();
  await expect(carla.product('Escuadra').locator('.pieces')).toHaveText('5');
  await keyboard.press('ControlOrMeta+z');
  await expect(carla.product('Escuadra').locator('.pieces')).toHaveText('0');

  await keyboard.press('Delete');
  await expect(carla.confirmation.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(carla.cell('Escuadra', 'stock')).toBeFocused();
  await keyboard.press('Delete');
  await reach(carla.confirmation.getByRole('button', { name: 'Eliminar' }));
  await keyboard.press('Enter');
  await expect(carla.noProducts).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Productos disponibles' })).toBeFocused();
  await keyboard.press('ControlOrMeta+z');
  await expect(carla.product('Escuadra')).toContainText('99,90');

  await reach(carla.rows.last());
  await keyboard.press('ArrowRight');
  await reach(button('Editar mensaje'), 'ArrowRight');
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Editar mensaje' })).toBeFocused();
  await keyboard.type('!');
  await keyboard.press('Escape');
  await expect(carla.texts).toHaveText('Hola');
  await expect(carla.rows.last()).toBeFocused();

  await reach(page.getByTestId('account'), 'Shift+Tab');
  await keyboard.press('Enter');
  await reach(button('Salir'));
  carla.console.expects(CLOSING);
  await keyboard.press('Enter');
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
});

test('a button that has the focus shows it', async ({ ana }) => {
  const account = ana.page.getByTestId('account');
  await reach(account);
  await expect(account).toHaveCSS('outline-style', 'solid');
  await expect(account).toHaveCSS('outline-width', '2px');
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

test('the account opens and chooses by keyboard, and gives the focus back', async ({ ana }) => {
  const account = ana.page.getByTestId('account');
  await account.focus();
  await ana.page.keyboard.press('Enter');
  await reach(ana.page.getByRole('radio', { name: 'Español' }));
  await ana.page.keyboard.press('ArrowDown');
  await expect(ana.page.locator('html')).toHaveAttribute('lang', 'en');
  await ana.page.keyboard.press('Escape');
  await expect(ana.page.getByTestId('language')).toBeHidden();
  await expect(account).toBeFocused();
});

test('single keys lead to the parts of the page, and one lists them', async ({ ana }) => {
  const { keyboard } = ana.page;
  await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
  await keyboard.press('?');
  await expect(ana.page.getByTestId('shortcuts')).toContainText('buscar productos');
  await keyboard.press('Escape');
  await expect(ana.page.getByTestId('shortcuts')).toBeHidden();
  await keyboard.press('n');
  await expect(ana.field('Título')).toBeFocused();
  await keyboard.type('n/c?');
  await expect(ana.field('Título')).toHaveValue('n/c?');
  await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
  await keyboard.press('/');
  await expect(ana.page.getByRole('searchbox')).toBeFocused();
  await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
  await keyboard.press('c');
  await expect(ana.composer).toBeFocused();
});

test('the table is one tab stop, and the arrows lead through all of it', async ({ ana }) => {
  await ana.page.getByTestId('load-samples').click();
  await expect(ana.products).toHaveCount(3);
  const { keyboard } = ana.page;
  await reach(ana.cell('Escuadra', 'title'));
  await keyboard.press('ArrowDown');
  await expect(ana.cell('Calculadora', 'title')).toBeFocused();
  await keyboard.press('ControlOrMeta+End');
  await keyboard.press('Home');
  await keyboard.press('ControlOrMeta+ArrowDown');
  await expect(ana.cell('Globo terráqueo', 'select')).toBeFocused();
  await keyboard.press(' ');
  await expect(ana.page.getByTestId('bulk')).toContainText('1 seleccionado');
  await keyboard.press('ControlOrMeta+ArrowUp');
  const head = ana.table.getByRole('columnheader');
  await expect(head.first()).toBeFocused();
  for (let column = 0; column < 3; column++) await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(head.nth(3)).toHaveAttribute('aria-sort', 'ascending');
  await keyboard.press('Enter');
  await expect(ana.products.first()).toContainText('Globo terráqueo');
  await keyboard.press('Tab');
  expect(await ana.table.evaluate((grid) => grid.contains(document.activeElement))).toBe(false);
});
