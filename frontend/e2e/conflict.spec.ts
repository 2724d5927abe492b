import { expect, test } from './lonja.ts';
import { pastProduct, journalOf } from './past.ts';

test.use({
  past: journalOf([
    pastProduct('carla@acme.com', '2026-03-09T14:05:07.000Z', { title: 'Escuadra', price: 123.45, stock: 10 }),
  ]),
});

test.describe('Ana and Beto change the same product', () => {
  test.beforeEach(async ({ ana, beto }) => {
    await ana.edits('Escuadra');
    await beto.edits('Escuadra');
  });

  test('different fields: both changes stay, and nobody is asked', async ({ ana, beto }) => {
    await ana.field('Título', ana.editor).fill('Escuadra de 30 cm');
    await ana.saves();
    await expect(beto.editor).toContainText('ana@acme.com cambió este producto');
    await beto.field('Precio', beto.editor).fill('99,90');
    await beto.saves();
    for (const person of [ana, beto]) {
      await expect(person.editor).toBeHidden();
      await expect(person.product('Escuadra de 30 cm')).toContainText('99,90');
    }
  });

  test('the same field: the second sees both values and keeps the typed one', async ({ ana, beto }) => {
    await ana.field('Título', ana.editor).fill('Escuadra de Ana');
    await ana.saves();
    await expect(beto.product('Escuadra de Ana')).toBeVisible();
    await beto.field('Título', beto.editor).fill('Escuadra de Beto');
    await beto.saves();
    await expect(beto.editor.getByRole('alert')).toContainText('Otra persona cambió lo mismo');
    await expect(beto.conflict).toHaveText('Suyo Escuadra de Beto ana Escuadra de Ana');
    await expect(beto.field('Título', beto.editor)).toHaveValue('Escuadra de Beto');
    await expect(beto.field('Título', beto.editor)).toBeFocused();
    await expect(ana.product('Escuadra de Ana')).toBeVisible();
    await beto.saves('Guardar lo que está escrito');
    for (const person of [ana, beto]) await expect(person.product('Escuadra de Beto')).toBeVisible();
    await expect(beto.editor).toBeHidden();
  });

  test('the same field: the second can let the first have it', async ({ ana, beto }) => {
    await ana.field('Precio', ana.editor).fill('200');
    await ana.saves();
    await expect(beto.product('Escuadra')).toContainText('200,00');
    await beto.field('Precio', beto.editor).fill('300');
    await beto.field('Código', beto.editor).fill('ESC');
    await beto.saves();
    await beto.conflict.getByRole('button', { name: 'ana 200,00' }).click();
    for (const person of [ana, beto]) {
      await expect(person.editor).toBeHidden();
      await expect(person.product('Escuadra')).toContainText('200,00');
      await expect(person.product('Escuadra')).toContainText('ESC');
    }
  });

  test('removed meanwhile: what was typed is still there and can be created again', async ({ ana, beto }) => {
    await beto.field('Título', beto.editor).fill('Escuadra nueva');
    await ana.page.keyboard.press('Escape');
    await ana.removes('Escuadra');
    await expect(beto.editor.getByRole('alert')).toContainText('Este producto fue eliminado mientras lo editaba');
    await expect(beto.field('Título', beto.editor)).toHaveValue('Escuadra nueva');
    await beto.editor.getByRole('button', { name: 'Crear de nuevo' }).click();
    for (const person of [ana, beto]) await expect(person.product('Escuadra nueva')).toContainText('123,45');
  });
});

test.describe('Ana changes a cell while Beto changes the same', () => {
  test.beforeEach(async ({ ana, beto }) => {
    await ana.losesTheNetwork();
    await ana.typesInto('Escuadra', 'price', '99,99');
    await beto.typesInto('Escuadra', 'price', '111');
    await expect(beto.product('Escuadra')).toContainText('111,00');
    await ana.getsTheNetworkBack();
    await expect(ana.conflict).toHaveText('Suyo 99,99 beto 111,00');
  });

  test('the cell shows both values, and one press takes one’s own', async ({ ana, beto }) => {
    await expect(ana.page.getByRole('dialog', { name: 'En espera y rechazado' })).toBeHidden();
    await ana.conflict.getByRole('button', { name: 'Suyo 99,99' }).click();
    for (const person of [ana, beto]) await expect(person.product('Escuadra')).toContainText('99,99');
    await expect(ana.conflict).toHaveCount(0);
    await expect(ana.cell('Escuadra', 'price')).toBeFocused();
  });

  test('the list in the bar leads there, and one key takes the other’s', async ({ ana }) => {
    const list = ana.page.getByRole('dialog', { name: 'En espera y rechazado' });
    await ana.page.getByTestId('waiting-list-button').click();
    await list.getByRole('button', { name: 'Revisar' }).click();
    await expect(list).toBeHidden();
    await expect(ana.cell('Escuadra', 'price')).toBeFocused();
    await ana.page.keyboard.press('2');
    await expect(ana.conflict).toHaveCount(0);
    await expect(ana.product('Escuadra')).toContainText('111,00');
    await expect(ana.cell('Escuadra', 'price')).toBeFocused();
    await expect(ana.page.getByTestId('waiting-list-button')).toHaveCount(0);
  });
});

test('what Ana changes twice without connection is no conflict with herself', async ({ ana, beto }) => {
  await ana.losesTheNetwork();
  await ana.typesInto('Escuadra', 'price', '99,99');
  await ana.typesInto('Escuadra', 'price', '88');
  await ana.getsTheNetworkBack();
  for (const person of [ana, beto]) await expect(person.product('Escuadra')).toContainText('88,00');
  await expect(ana.page.getByTestId('waiting-list-button')).toHaveCount(0);
});

test.describe('Ana and Beto count the same product', () => {
  test('three and three less are six less', async ({ ana, beto }) => {
    for (const person of [ana, beto]) await person.typesStock('Escuadra', '-3');
    await Promise.all([ana.givesReason(), beto.givesReason()]);
    for (const person of [ana, beto]) await expect(person.product('Escuadra').locator('.pieces')).toHaveText('4');
  });

  test('it never goes below zero, and the second sees how many are left', async ({ ana, beto }) => {
    for (const person of [ana, beto]) await person.typesStock('Escuadra', '-7');
    await expect(beto.stockQuestion).toContainText('10 → 3');
    await ana.givesReason();
    await expect(beto.stockQuestion.getByRole('alert')).toHaveText('No alcanza: solo quedan 3');
    await expect(beto.stockQuestion.getByRole('button', { name: 'venta' })).toHaveCount(0);
    await beto.stockQuestion.getByRole('button', { name: 'Sacar 3' }).click();
    await beto.givesReason();
    for (const person of [ana, beto]) {
      await expect(person.product('Escuadra').locator('.pieces')).toHaveText('0');
      await expect(person.page.getByRole('button', { name: 'Restar stock de Escuadra' })).toBeDisabled();
    }
  });

  test('what is taken without connection counts from what is there on return', async ({ ana, beto }) => {
    await ana.losesTheNetwork();
    for (const pieces of [3, 4]) {
      await ana.typesStock('Escuadra', `-${pieces}`);
      await ana.givesReason();
    }
    await expect(ana.product('Escuadra').locator('.pieces')).toHaveText('3');
    await beto.typesStock('Escuadra', '-5');
    await beto.givesReason();
    await expect(beto.product('Escuadra').locator('.pieces')).toHaveText('5');
    await ana.getsTheNetworkBack();
    for (const person of [ana, beto]) await expect(person.product('Escuadra').locator('.pieces')).toHaveText('2');
    const refused = ana.page.getByTestId('refused-command');
    await expect(refused).toContainText('−4');
    await expect(refused.getByRole('alert')).toHaveText('Quedan 2');
    await refused.getByRole('button', { name: 'Sacar 2' }).click();
    await expect(refused).toHaveCount(0);
    for (const person of [ana, beto]) await expect(person.product('Escuadra').locator('.pieces')).toHaveText('0');
  });
});
