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

test.describe('the basis, by keyboard alone', () => {
  test('products (B1, B3, B13, B14): created, changed and removed, each seen by the others, once', async ({
    ana,
    beto,
  }) => {
    const { keyboard } = ana.page;
    await expect(ana.noProducts).toContainText('No hay productos');
    await keyboard.press('n');
    await expect(ana.field('Título')).toBeFocused();
    await keyboard.type('Escuadra');
    await keyboard.press('Tab');
    await keyboard.type('123,45');
    await keyboard.press('Tab');
    await expect(ana.field('Link de la imagen')).toBeFocused();
    await keyboard.press('Enter');
    // It says so when the server has acknowledged it.
    await expect(ana.announcements).toContainText('Producto creado: Escuadra');
    await expect(ana.field('Título')).toBeFocused();
    for (const person of [ana, beto]) await expect(person.products).toHaveCount(1);
    await expect(beto.product('Escuadra')).toContainText('123,45');
    await reach(ana.cell('Escuadra', 'title'));
    await keyboard.press('e');
    await expect(ana.field('Título', ana.editor)).toBeFocused();
    await keyboard.press('End');
    await keyboard.type(' grande');
    await keyboard.press('Enter');
    await expect(ana.editor).toBeHidden();
    await expect(ana.cell('Escuadra grande', 'title')).toBeFocused();
    await expect(beto.product('Escuadra grande')).toBeVisible();
    await keyboard.press('Delete');
    await reach(ana.confirmation.getByRole('button', { name: 'Eliminar' }));
    await keyboard.press('Enter');
    for (const person of [ana, beto]) await expect(person.noProducts).toBeVisible();
    await expect(ana.page.getByRole('heading', { name: 'Productos disponibles' })).toBeFocused();
  });

  test('the conversation (B4 to B10, B12, B15): identified, welcomed, written, kept, left', async ({
    beto,
    carla,
    server,
  }) => {
    const { keyboard } = carla.page;
    const email = carla.identification.getByLabel('Ingrese su email');
    await beto.sends('Dicho antes');
    await expect(email).toBeFocused();
    await keyboard.press('Escape');
    await expect(carla.identification).toBeVisible();
    await keyboard.type('carla');
    await keyboard.press('Enter');
    await expect(carla.identification.getByRole('alert')).toHaveText('Ingrese un email válido, como ana@acme.com');
    await expect(email).toBeFocused();
    await keyboard.type('@acme.com');
    await keyboard.press('Enter');
    await expect(carla.welcome).toHaveText('Bienvenido, carla@acme.com');
    await expect(carla.composer).toBeFocused();
    await expect(carla.texts).toHaveText('Dicho antes');
    await expect(beto.announcements).toContainText('carla@acme.com se conectó');
    await expect.poll(() => server.log).toMatch(/carla@acme\.com connected \(/);

    await keyboard.type('<b>Ñandú</b> } "sí" 🛒');
    await keyboard.press('Shift+Enter');
    await keyboard.type('y más');
    await keyboard.press('Enter');
    await expect(carla.composer).toHaveValue('');
    await keyboard.type('Por el botón');
    await keyboard.press('Tab');
    await expect(carla.sendButton).toBeFocused();
    await keyboard.press('Enter');
    await expect(carla.composer).toHaveValue('');
    const said = ['Dicho antes', '<b>Ñandú</b> } "sí" 🛒\ny más', 'Por el botón'];
    for (const person of [carla, beto]) await expect.poll(() => person.texts.allInnerTexts()).toEqual(said);
    expect(await carla.messages.last().innerText()).toMatch(
      /^carla@acme\.com \[\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\] : Por el botón$/,
    );
    const shown = (await carla.messages.allInnerTexts()).map((line) => line.replace('\n', ' ⏎ '));
    await expect.poll(() => server.lines('chat.txt')).toEqual(shown);
    await server.restart();
    await carla.reload();
    await expect.poll(() => carla.texts.allInnerTexts()).toEqual(said);
    await expect(beto.status).toHaveText('Online');

    carla.console.expects(CLOSING);
    await keyboard.press('ControlOrMeta+k');
    await keyboard.type('salir');
    await keyboard.press('Enter');
    await expect(email).toBeFocused();
    await expect(beto.announcements).toContainText('carla@acme.com salió');
    await expect.poll(() => server.log).toMatch(/carla@acme\.com disconnected \(.+\): \S+/);
  });

  test('the connection (B2, B11): what is written offline goes out on return, and nothing is there twice', async ({
    ana,
    beto,
    server,
  }) => {
    const { keyboard } = ana.page;
    await server.stop();
    await expect(ana.status).toHaveText('Offline');
    await keyboard.press('c');
    await keyboard.type('Sin conexión');
    await keyboard.press('Enter');
    await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
    await keyboard.press('n');
    await keyboard.type('Regla');
    await keyboard.press('Tab');
    await keyboard.type('2');
    await keyboard.press('Enter');
    await expect(ana.product('Regla')).toContainText('por crear');
    await server.start();
    for (const person of [ana, beto]) {
      await expect(person.status).toHaveText('Online');
      await expect(person.texts).toHaveText(['Sin conexión']);
      await expect(person.products).toHaveCount(1);
    }
    await expect(ana.product('Regla')).not.toContainText('por crear');
  });
});

test('the palette opens a product, names a person and gives the focus back', async ({ ana, beto }) => {
  await beto.adds({ title: 'Lápices', price: '2' });
  await expect(ana.product('Lápices')).toBeVisible();
  const { keyboard } = ana.page;
  const palette = ana.page.getByTestId('palette');
  await ana.composer.focus();
  await keyboard.type('Hola');
  await keyboard.press('ControlOrMeta+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(ana.composer).toBeFocused();
  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('beto');
  await expect(palette.getByRole('option', { selected: true })).toHaveText('beto@acme.com');
  await keyboard.press('Enter');
  await expect(ana.composer).toBeFocused();
  await expect(ana.composer).toHaveValue('Hola @beto ');
  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('lapices');
  await keyboard.press('Enter');
  await expect(ana.field('Título', ana.editor)).toHaveValue('Lápices');
  await expect(ana.field('Título', ana.editor)).toBeFocused();
});

test('j and k walk through rows and messages, and do nothing once they are turned off', async ({ ana }) => {
  await ana.page.getByTestId('load-samples').click();
  await expect(ana.products).toHaveCount(3);
  for (const text of ['Uno', 'Dos']) await ana.sends(text);
  await expect(ana.rows).toHaveCount(2);
  const { keyboard } = ana.page;
  await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
  await keyboard.press('j');
  await expect(ana.cell('Escuadra', 'title')).toBeFocused();
  await keyboard.press('j');
  await expect(ana.cell('Calculadora', 'title')).toBeFocused();
  await keyboard.press('k');
  await expect(ana.cell('Escuadra', 'title')).toBeFocused();
  await reach(ana.rows.last());
  await keyboard.press('k');
  await expect(ana.rows.first()).toBeFocused();
  await keyboard.press('j');
  await expect(ana.rows.last()).toBeFocused();
  // At once: the bar comes with the focus.
  await keyboard.press('k');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(ana.rows.first().getByRole('toolbar').getByRole('button').nth(1)).toBeFocused();

  await ana.page.getByTestId('account').click();
  await ana.page.getByRole('checkbox', { name: 'Usar teclas de una sola letra' }).uncheck();
  await keyboard.press('Escape');
  await ana.cell('Escuadra', 'title').focus();
  await keyboard.press('j');
  await expect(ana.page.getByTestId('cell-editor')).toHaveValue('j');
  await keyboard.press('Escape');
  await ana.page.getByRole('heading', { name: 'Productos disponibles' }).focus();
  await keyboard.press('?');
  await expect(ana.page.getByTestId('shortcuts')).toBeHidden();
});
