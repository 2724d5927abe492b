import { CLOSING } from './console.ts';
import { expect, test } from './lonja.ts';
import { expectToFit } from './page-width.ts';
import type { Person } from './person.ts';
import { pastProduct, journalOf, pastMessage } from './past.ts';

const LONG = 'Otorrinolaringología'.repeat(6);
const AT = '2026-03-09T14:05:07.000Z';

test.use({
  viewport: { width: 360, height: 740 },
  past: journalOf([
    pastProduct('ana@acme.com', AT, {
      title: LONG,
      price: 1_000_000_000,
      code: LONG.slice(0, 64),
      category: LONG.slice(0, 100),
    }),
    pastProduct('beto@acme.com', AT, { title: 'Calculadora', price: 234.56, stock: 1_000_000_000 }),
    pastMessage(`${'b'.repeat(60)}@${'acme'.repeat(12)}.com`, AT, `${LONG}${LONG}`),
    pastMessage('ana@acme.com', AT, 'Una palabra corta'),
  ]),
});

test('the board, the conversation and the list of people fit the width of a phone, in both languages', async ({
  ana,
  beto,
}) => {
  await expect(ana.products).toHaveCount(2);
  await expectToFit(ana.page);
  await ana.goesTo('messages');
  await expect(ana.messages).toHaveCount(2);
  await expectToFit(ana.page);
  await ana.chooses('language', 'en');
  await expectToFit(ana.page);
  await ana.goesTo('products');
  await expectToFit(ana.page);
  await ana.page.getByRole('button', { name: 'Who is here' }).click();
  await expect(ana.page.getByRole('dialog', { name: 'Who is here' })).toContainText(beto.email);
  await expectToFit(ana.page);
});

test('what a visitor sees fits the width of a phone', async ({ carla }) => {
  await expectToFit(carla.page);
  await carla.page.getByRole('button', { name: 'Entrar al centro de mensajes' }).click();
  await expect(carla.identification).toBeInViewport();
  await carla.identifies('carla');
  await expect(carla.identification).toContainText('Ingrese un email válido');
  await expectToFit(carla.page);
});

test('the unfolded form and its errors fit the width of a phone', async ({ ana }) => {
  await ana.page.getByTestId('new-product').click();
  await ana.types({ title: '', price: 'caro', picture: LONG, category: LONG, stock: '1,5' });
  await ana.form.getByRole('button', { name: 'Crear producto' }).click();
  await expect(ana.form).toContainText('Escriba un número entero');
  await expectToFit(ana.page);
});

test('every dialog fits the width of a phone', async ({ ana }) => {
  await ana.edits(LONG);
  await expectToFit(ana.page);
  await ana.editor.getByRole('button', { name: 'Eliminar' }).click();
  await expect(ana.confirmation).toContainText('¿Eliminar');
  await expectToFit(ana.page);
  await ana.page.keyboard.press('Escape');
  await ana.editor.getByRole('button', { name: 'Cerrar' }).click();
  await ana.typesStock('Calculadora', '-3');
  await expectToFit(ana.page);
});

test('a conflict fits the width of a phone', async ({ ana, beto }) => {
  for (const person of [ana, beto]) await person.edits('Calculadora');
  await ana.field('Título', ana.editor).fill(LONG);
  await ana.saves();
  await expect(ana.editor).toBeHidden();
  await beto.field('Título', beto.editor).fill(`${LONG}!`);
  await beto.saves();
  await expect(beto.editor).toContainText('Otra persona cambió lo mismo');
  await expectToFit(beto.page);
});

test('a page without connection fits the width of a phone', async ({ ana, server }) => {
  await server.stop();
  await expect(ana.page.getByText('Sin conexión desde las')).toBeVisible();
  await ana.goesTo('messages');
  await ana.sends(LONG);
  await expect(ana.centre).toContainText('esperando conexión');
  await expectToFit(ana.page);
});

test.describe('the basis, by touch', () => {
  test.use({ hasTouch: true, isMobile: true, past: '' });

  const identifying = (person: Person, name: string) => person.identification.getByRole('button', { name });

  test('products (B1, B3, B13, B14): created, changed and removed, each seen by the others, once', async ({
    ana,
    beto,
  }) => {
    const { page } = ana;
    await expect(ana.noProducts).toContainText('No hay productos');
    await page.getByTestId('new-product').tap();
    await ana.field('Título').tap();
    await page.keyboard.type('Escuadra');
    await ana.field('Precio').tap();
    await page.keyboard.type('123,45');
    await expect(ana.field('Link de la imagen')).toBeVisible();
    await ana.form.getByRole('button', { name: 'Crear producto' }).tap();
    await expect(ana.announcements).toContainText('Producto creado: Escuadra');
    for (const person of [ana, beto]) await expect(person.products).toHaveCount(1);
    // Two quick taps, however slow the machine is: what comes later is a move of its own.
    await page.getByRole('button', { name: 'Sumar stock de Escuadra' }).evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await expect(ana.product('Escuadra').locator('.pieces')).toHaveText('2');
    await ana.undoOffer.filter({ hasText: 'entran 2' }).getByRole('button', { name: 'Deshacer' }).tap();
    await expect(ana.product('Escuadra').locator('.pieces')).toHaveText('0');
    await expect(beto.product('Escuadra').locator('.pieces')).toHaveText('0');
    await page.getByRole('button', { name: '0, contar o cambiar el stock de Escuadra' }).tap();
    await page.keyboard.type('=40');
    await page.keyboard.press('Enter');
    await ana.givesReason('recuento');
    await expect(beto.product('Escuadra').locator('.pieces')).toHaveText('40');
    await page.getByRole('button', { name: 'Editar Escuadra' }).tap();
    await ana.field('Título', ana.editor).fill('Escuadra grande');
    await ana.editor.getByRole('button', { name: 'Guardar' }).tap();
    await expect(beto.product('Escuadra grande')).toBeVisible();
    await page.getByRole('button', { name: 'Editar Escuadra grande' }).tap();
    await ana.editor.getByRole('button', { name: 'Eliminar' }).tap();
    await ana.confirmation.getByRole('button', { name: 'Eliminar' }).tap();
    for (const person of [ana, beto]) await expect(person.noProducts).toBeVisible();
  });

  test('the conversation (B4 to B10, B12, B15): identified, welcomed, written, kept, left', async ({
    beto,
    carla,
    server,
  }) => {
    const email = carla.identification.getByLabel('Ingrese su email');
    await beto.page.getByTestId('tab-messages').tap();
    await beto.sends('Dicho antes');
    await carla.page.getByTestId('tab-messages').tap();
    await carla.centre.tap({ position: { x: 20, y: 20 } });
    await expect(carla.identification).toBeInViewport();
    await email.tap();
    await carla.page.keyboard.type('carla');
    await identifying(carla, 'Ingresar').tap();
    await expect(carla.identification.getByRole('alert')).toHaveText('Ingrese un email válido, como ana@acme.com');
    await email.fill('carla@acme.com');
    await identifying(carla, 'Ingresar').tap();
    await expect(carla.announcements).toContainText('Bienvenido, carla@acme.com');
    await expect(carla.identification).toBeHidden();
    await expect(carla.texts).toHaveText('Dicho antes');
    await expect(beto.announcements).toContainText('carla@acme.com se conectó');
    await expect.poll(() => server.log).toMatch(/carla@acme\.com connected \(/);

    const text = '<b>Ñandú</b> } "sí" 🛒';
    await carla.composer.tap();
    await carla.page.keyboard.insertText(text);
    await carla.sendButton.tap();
    await expect(carla.composer).toHaveValue('');
    for (const person of [carla, beto]) await expect(person.texts).toHaveText(['Dicho antes', text]);
    const line = await carla.messages.last().innerText();
    expect(line).toMatch(/^carla@acme\.com \[\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\] : <b>Ñandú/);
    await expect.poll(() => server.lines('chat.txt').at(-1)).toBe(line);
    await carla.row('Dicho antes').tap();
    await carla.row('Dicho antes').getByRole('button', { name: 'Enterado' }).tap();
    await expect(beto.page.getByTestId('message-agreed')).toHaveText('✓ 1');
    await server.restart();
    await carla.reload();
    await carla.page.getByTestId('tab-messages').tap();
    await expect(carla.texts).toHaveText(['Dicho antes', text]);
    await expect(beto.status).toHaveText('Online');

    carla.console.expects(CLOSING);
    await carla.page.getByTestId('tab-account').tap();
    await carla.page.getByTestId('leave').tap();
    await carla.page.getByTestId('tab-messages').tap();
    await expect(carla.identification).toBeInViewport();
    await expect(beto.announcements).toContainText('carla@acme.com salió');
    await expect.poll(() => server.log).toMatch(/carla@acme\.com disconnected \(.+\): \S+/);
  });

  test('the connection (B2, B11): what is written offline goes out on return, and nothing is there twice', async ({
    ana,
    beto,
    server,
  }) => {
    await server.stop();
    await expect(ana.status).toHaveText('Offline');
    await ana.page.getByTestId('tab-messages').tap();
    await ana.composer.tap();
    await ana.page.keyboard.type('Sin conexión');
    await ana.sendButton.tap();
    await ana.page.getByTestId('tab-products').tap();
    await ana.page.getByTestId('new-product').tap();
    await ana.field('Título').tap();
    await ana.page.keyboard.type('Regla');
    await ana.field('Precio').tap();
    await ana.page.keyboard.type('2');
    await ana.form.getByRole('button', { name: 'Crear producto' }).tap();
    await expect(ana.product('Regla')).toContainText('por crear');
    await server.start();
    for (const person of [ana, beto]) {
      await expect(person.status).toHaveText('Online');
      await person.goesTo('messages');
      await expect(person.texts).toHaveText(['Sin conexión']);
      await expect(person.products).toHaveCount(1);
    }
    await expect(ana.product('Regla')).not.toContainText('por crear');
  });

  test('a price that two people changed stands on the card, and one tap takes either', async ({ ana, beto }) => {
    await beto.page.getByTestId('new-product').tap();
    await beto.adds({ title: 'Regla', price: '2' });
    await expect(ana.product('Regla')).toBeVisible();
    await ana.losesTheNetwork();
    await ana.page.getByRole('button', { name: 'Editar Regla' }).tap();
    await ana.field('Precio', ana.editor).fill('3');
    await ana.editor.getByRole('button', { name: 'Guardar' }).tap();
    await beto.edits('Regla');
    await beto.field('Precio', beto.editor).fill('4');
    await beto.saves();
    await expect(beto.product('Regla')).toContainText('4,00');
    await ana.getsTheNetworkBack();
    await expect(ana.conflict).toHaveText('Suyo 3,00 beto 4,00');
    await expectToFit(ana.page);
    await ana.conflict.getByRole('button', { name: 'Suyo 3,00' }).tap();
    for (const person of [ana, beto]) await expect(person.product('Regla')).toContainText('3,00');
    await expect(ana.conflict).toHaveCount(0);
  });
});
