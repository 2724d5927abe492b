import { PHONE } from './devices.ts';
import { expect, test } from './lonja.ts';
import { journalOf, pastMessage, pastProduct } from './past.ts';
import type { Person } from './person.ts';

const AT = Date.parse('2026-03-09T14:05:07.000Z');
const at = (second: number) => new Date(AT + second * 1_000).toISOString();

/** Two products, and a conversation that is longer than what a page loads at first. */
const past = journalOf([
  pastProduct('ana@acme.com', at(0), { title: 'Calculadora', price: 345.67, code: 'CAL', stock: 12 }),
  pastProduct('ana@acme.com', at(1), { title: 'Escuadra', price: 10, code: 'ESC', stock: 3 }),
  pastMessage('beto@acme.com', at(2), 'El camión llega el jueves'),
  ...Array.from({ length: 400 }, (_, index) => pastMessage('carla@acme.com', at(3 + index), `Mensaje ${index + 1}`)),
]);

test.use({ past });

const line = ({ page }: Person) => page.getByTestId('since-visit');
const catchUp = ({ page }: Person) => page.getByTestId('catch-up');
const found = ({ page }: Person) => page.getByTestId('hit');
const search = ({ page }: Person) => page.getByTestId('search-input');

test('who comes back catches up, and what was seen on one device the other knows', async ({ ana, beto, comes }) => {
  await expect(line(ana)).toHaveCount(0);
  await ana.page.close();
  await beto.typesInto('Calculadora', 'price', '400');
  await beto.typesInto('Calculadora', 'price', '329,90');
  await beto.sends('#CAL -3 rotura');
  await expect(beto.product('Calculadora').locator('.pieces')).toHaveText('9');
  await beto.adds({ title: 'Mochila', price: '39,50' });
  await beto.removes('Escuadra');
  await beto.sends('@ana mira las mochilas');
  await beto.isUpToDate();

  const desk = await comes('ana');
  const phone = await comes('ana', PHONE);
  for (const device of [desk, phone])
    await expect(line(device)).toContainText(/Desde su última visita \(hoy \d\d:\d\d\): 3 cambios, 2 mensajes/);

  await line(phone).getByRole('button', { name: 'Ver' }).click();
  const panel = catchUp(phone);
  await expect(panel.getByTestId('past-added')).toContainText('Mochila');
  await expect(panel.getByTestId('past-removed')).toContainText('Escuadra');
  await expect(panel.getByTestId('past-changed')).toContainText(/345,67 ?→ ?329,90/);
  await expect(panel.getByTestId('past-changed')).toContainText(/12 ?→ ?9/);
  await expect(panel.getByTestId('past-mentions')).toContainText('@ana mira las mochilas');
  await panel.getByRole('button', { name: 'Pasos de Calculadora' }).click();
  await expect(panel.getByTestId('steps').getByRole('listitem')).toHaveCount(3);
  await expect(panel.getByTestId('steps')).toContainText('−3 · rotura');

  await panel.getByRole('button', { name: 'El tablero de entonces' }).click();
  await expect(panel.getByTestId('board-then')).toContainText('345,67');
  await expect(panel.getByTestId('board-then').getByRole('row', { name: /Escuadra/ })).toContainText('ya no está');
  const download = phone.page.waitForEvent('download');
  await panel.getByTestId('export-then').click();
  expect((await download).suggestedFilename()).toMatch(/^tablero-.*\.csv$/);

  await panel.getByRole('button', { name: 'Cambios' }).click();
  await panel.getByTestId('mark-seen').click();
  await expect(panel).toHaveCount(0);
  for (const device of [phone, desk]) await expect(line(device)).toHaveCount(0);
  await phone.reload();
  await expect(line(phone)).toHaveCount(0);
});

test('a search by keyboard leads to an old message, and to a product', async ({ ana, beto }) => {
  await beto.sends('Hola');
  await ana.table.focus();
  await ana.page.keyboard.press('f');
  await expect(search(ana)).toBeFocused();
  await ana.page.keyboard.type('de:be');
  await expect(ana.page.getByRole('option', { name: 'de:beto@acme.com' })).toBeVisible();
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.type('camion');
  await expect(found(ana)).toHaveCount(1);
  await expect(found(ana).locator('mark')).toHaveText('camión');
  await ana.page.keyboard.press('Enter');
  await expect(ana.row('El camión llega el jueves')).toBeInViewport();
  await expect(ana.row('El camión llega el jueves')).toBeFocused();

  await ana.page.keyboard.press('f');
  await search(ana).fill('sobre:#esc');
  await ana.page.keyboard.press('Enter');
  await expect(found(ana).first()).toContainText('Escuadra');
  await found(ana).first().click();
  await expect(ana.editor.getByRole('heading', { name: 'Escuadra' })).toBeVisible();
});

test('a search says what is wrong, finds by pages, and gives the focus back', async ({ ana }) => {
  const button = ana.page.getByTestId('search-all');
  await button.click();
  await search(ana).fill('antes:ayer');
  await expect(ana.page.getByRole('alert').filter({ hasText: 'escriba una fecha' })).toBeVisible();
  await search(ana).fill('mensaje');
  await expect(found(ana)).toHaveCount(20);
  await ana.page.getByRole('button', { name: 'Más', exact: true }).click();
  await expect(found(ana)).toHaveCount(40);
  await search(ana).fill('xyzzy');
  await expect(ana.page.getByTestId('search-status')).toContainText('Nada encontrado');
  await ana.page.keyboard.press('Escape');
  await expect(ana.page.getByTestId('search')).toHaveCount(0);
  await expect(button).toBeFocused();
});
