import type { Locator } from '@playwright/test';
import { expect, test } from './lonja.ts';
import { journalOf, pastProduct } from './past.ts';
import type { Person } from './person.ts';

const at = '2026-03-02T09:00:00.000Z';

test.use({
  past: journalOf([
    pastProduct('carla@acme.com', at, { title: 'Calculadora', price: 345.67, code: 'CAL', stock: 15 }),
    pastProduct('carla@acme.com', at, { title: 'Regla', price: 2, code: 'REG', stock: 40 }),
  ]),
});

const lines = (person: Person): Locator => person.editor.getByTestId('timeline').getByRole('listitem');

test('what is said about a product and what happens to it is one timeline, and one conversation', async ({
  ana,
  beto,
}) => {
  await ana.edits('Calculadora');
  await beto.sends('#CAL -3 rotura');
  await expect(lines(ana).first()).toContainText('beto@acme.com');
  await expect(lines(ana).first()).toContainText('quedan 12');
  await beto.sends('de la #REG no digo nada');
  await ana.typesInto('Regla', 'price', '3');
  await beto.typesInto('Calculadora', 'price', '329,90');
  await expect(lines(ana)).toHaveCount(3);
  await expect(lines(ana).first()).toContainText('Precio: 329,90');

  const about = ana.editor.getByLabel('Escriba sobre «Calculadora»');
  await about.fill('¿quién fue?');
  await about.press('Enter');
  await expect(about).toHaveValue('');
  await expect(lines(ana).first()).toContainText('¿quién fue?');
  await expect(beto.texts.last()).toHaveText('¿quién fue?');
  await expect(beto.rows.last().getByTestId('product-card')).toContainText('Calculadora');

  await ana.editor.getByRole('button', { name: 'Mensajes' }).click();
  await expect(lines(ana)).toHaveCount(2);
  await ana.editor.getByRole('button', { name: 'Cambios' }).click();
  await expect(lines(ana)).toHaveCount(3);
  // Enter in a field still saves the product, and a message does not.
  await ana.field('Título', ana.editor).fill('Calculadora solar');
  await ana.field('Título', ana.editor).press('Enter');
  await expect(beto.product('Calculadora solar')).toBeVisible();
  await expect(ana.editor).toBeHidden();
});

test('a row says how much about its product was not read, until it is', async ({ ana, beto }) => {
  const unread = ana.cell('Regla', 'title').getByTestId('unread-about');
  await ana.looksAway();
  await beto.sends('¿y la #REG?');
  await beto.sends('la #reg, digo');
  await expect(unread).toHaveText('2');
  await ana.looksBack();
  await expect(unread).toHaveCount(0);
});
