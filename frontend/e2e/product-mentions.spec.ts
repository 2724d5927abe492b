import type { Locator } from '@playwright/test';
import { expect, test } from './lonja.ts';
import { journalOf, pastMessage, pastProduct } from './past.ts';
import type { Person } from './person.ts';

const at = '2026-03-02T09:00:00.000Z';
const carla = 'carla@acme.com';

test.use({
  past: journalOf([
    pastProduct(carla, at, { title: 'Calculadora', price: 345.67, code: 'CAL-1', stock: 15 }),
    pastProduct(carla, at, { title: 'Pincel ancho', price: 4, code: 'Ñu 7', stock: 3 }),
    pastProduct(carla, at, { title: 'Regla de 30 cm', price: 2, code: '1234', stock: 40 }),
    pastMessage(carla, at, 'Nada de productos'),
  ]),
});

/** The cards below the last message. */
const cards = (person: Person): Locator => person.rows.last().getByTestId('product-card');
const references = (person: Person): Locator => person.rows.last().getByTestId('product-reference');
const preview = (person: Person): Locator => person.centre.getByTestId('stock-preview');

test('a product is named by keyboard, and its card changes while both look at it', async ({ ana, beto }) => {
  await ana.composer.pressSequentially('Llegó la #calc');
  const offered = ana.centre.getByRole('listbox', { name: 'Productos' });
  await expect(offered.getByRole('option')).toHaveText(['CAL-1 Calculadora']);
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('Llegó la #CAL-1 ');
  await ana.composer.pressSequentially('y #ñu');
  await ana.composer.press('Tab');
  await expect(ana.composer).toHaveValue('Llegó la #CAL-1 y #"Ñu 7" ');
  await ana.composer.press('Enter');

  for (const person of [ana, beto]) {
    await expect(cards(person)).toHaveText([/Calculadora\s+345,67\s+·\s+15/, /Pincel ancho\s+4,00\s+·\s+3/]);
    await expect(references(person)).toHaveText(['#CAL-1', '#"Ñu 7"']);
  }
  await ana.typesInto('Calculadora', 'price', '329,90');
  await beto.typesStock('Calculadora', '-6');
  await beto.givesReason();
  for (const person of [ana, beto])
    await expect(cards(person).first()).toHaveText(/Calculadora\s+345,67\s+→\s+329,90\s+·\s+15\s+→\s+9/);

  // What a page has not seen itself it asks the server for.
  await beto.reload();
  await expect(cards(beto).first()).toHaveText(/Calculadora\s+345,67\s+→\s+329,90\s+·\s+15\s+→\s+9/);

  await references(beto).first().click();
  await expect(beto.editor.getByRole('heading', { name: 'Calculadora' })).toBeVisible();
  await beto.page.keyboard.press('Escape');
  await cards(beto).last().click();
  await expect(beto.editor.getByRole('heading', { name: 'Pincel ancho' })).toBeVisible();
});

test('a product that is removed is so on its card, and is brought back from there', async ({ ana, beto }) => {
  await ana.sends('Ya no hay #1234');
  await expect(cards(beto)).toHaveText(/Regla de 30 cm/);
  await ana.removes('Regla de 30 cm');
  await expect(cards(beto)).toHaveText(/Regla de 30 cm\s+Retirado\s+Deshacer/);
  await cards(beto).getByRole('button', { name: 'Deshacer' }).click();
  await expect(cards(ana)).toHaveText(/Regla de 30 cm\s+2,00/);
  await expect(ana.product('Regla de 30 cm')).toBeVisible();
});

test('a message moves stock, which is said before, shown to all, and undone by whoever sent it', async ({
  ana,
  beto,
}) => {
  await ana.composer.fill('#cal-1 -3 rotura\n#"ñu 7" +1\nse cayeron');
  await expect(preview(ana).locator('p')).toHaveText(['Calculadora: 15 → 12', 'Pincel ancho: 3 → 4']);
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('');
  await expect(cards(beto)).toHaveText([/Calculadora[^]*15 → 12 · rotura/, /Pincel ancho[^]*3 → 4/]);
  await expect(beto.cell('Calculadora', 'stock')).toContainText('12');
  await expect(beto.undoOffer.getByRole('button')).toHaveCount(0);

  await ana.undoOffer.getByRole('button', { name: 'Deshacer' }).click();
  await expect(beto.cell('Calculadora', 'stock')).toContainText('15');
  await expect(beto.cell('Pincel ancho', 'stock')).toContainText('3');
  await expect(cards(beto).first()).toHaveText(/12\s+→\s+15\s+15 → 12 · rotura/);
});

test('more than there is goes nowhere, and the text stays in the input', async ({ ana, beto }) => {
  await ana.composer.fill('#CAL-1 -16 venta');
  await expect(preview(ana)).toHaveText('Calculadora: quedan 15');
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('#CAL-1 -16 venta');

  // The page does not know yet what others have taken: then it is the server that refuses.
  await ana.losesTheNetwork();
  await ana.sends('#CAL-1 -12 venta');
  await expect(ana.composer).toHaveValue('');
  await beto.sends('#CAL-1 -10 otra venta');
  await expect(beto.cell('Calculadora', 'stock')).toContainText('5');
  await ana.getsTheNetworkBack();
  await expect(ana.announcements).toContainText('Calculadora −12: quedan 5');
  await expect(ana.composer).toHaveValue('#CAL-1 -12 venta');
  await expect(preview(ana)).toHaveText('Calculadora: quedan 5');
  await expect(beto.texts.filter({ hasText: '-12 venta' })).toHaveCount(0);
});

test('a code of nobody among known ones is said, and sends nothing', async ({ ana }) => {
  await ana.composer.fill('#CAL-1 -1\n#Nadie -1');
  await expect(preview(ana)).toHaveText('No hay ningún producto con el código Nadie');
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('#CAL-1 -1\n#Nadie -1');
  await ana.sends('#Nadie -1');
  await expect(ana.texts.last()).toHaveText('#Nadie -1');
  await expect(cards(ana)).toHaveCount(0);
});

for (const [text, found] of [
  ['Al final #cal-1.', ['#cal-1']],
  ['Con eñe #"ñu 7", y un número: #1234!', ['#"ñu 7"', '#1234']],
  ['En una palabra: a#CAL-1, x/#CAL-1', []],
  ['En un enlace https://acme.com/#CAL-1', []],
  ['Como código `#CAL-1`', []],
] as const)
  test(`what a text refers to: «${text}»`, async ({ ana, beto }) => {
    await ana.sends(text);
    await expect(beto.texts.last()).toHaveText(text);
    await expect(references(beto)).toHaveText([...found]);
    await expect(cards(beto)).toHaveCount(found.length);
  });

test('an edit changes the text and not the stock, and refers anew', async ({ ana, beto }) => {
  await ana.sends('#CAL-1 -3 rotura');
  await expect(cards(beto)).toHaveText(/15 → 12 · rotura/);
  await ana.acts('Editar mensaje');
  await expect(ana.rows.last()).toContainText('el stock que movió este mensaje se queda como está');
  await ana.rows.last().getByRole('textbox').fill('#CAL-1 -5 rotura, no #1234');
  await ana.rows.last().getByRole('textbox').press('Enter');
  await expect(beto.texts.last()).toHaveText('#CAL-1 -5 rotura, no #1234');
  await expect(cards(beto)).toHaveText([/Calculadora[^]*15 → 12 · rotura/, /Regla de 30 cm/]);
  await expect(beto.cell('Calculadora', 'stock')).toContainText('12');
});

test('a code belongs to one product, which is said where it is typed', async ({ ana }) => {
  await ana.cell('Pincel ancho', 'code').dblclick();
  await ana.page.getByTestId('cell-editor').fill('cal-1');
  await expect(ana.cell('Pincel ancho', 'code')).toContainText('Ese código ya es de «Calculadora»');
});
