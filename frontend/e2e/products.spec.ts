import { expect, test } from './lonja.ts';

const SQUARE = { title: 'Escuadra', price: '123,45' };

test("Beto sees Ana's product appear without reloading", async ({ ana, beto }) => {
  await expect(beto.noProducts).toHaveText('No hay productos');
  await ana.adds({ ...SQUARE, category: 'Geometría', stock: '40' });
  const row = beto.product('Escuadra');
  await expect(row.getByRole('gridcell')).toContainText([
    '',
    '',
    'Escuadra',
    '123,45',
    '',
    'Geometría',
    '40',
    'ana@acme.com',
  ]);
  await expect(beto.noProducts).toBeHidden();
  await expect(ana.product('Escuadra')).toHaveCount(1);
});

test("Beto sees Ana's change without reloading", async ({ ana, beto }) => {
  await ana.adds(SQUARE);
  await expect(beto.product('Escuadra')).toContainText('123,45');
  await ana.edits('Escuadra');
  await ana.field('Precio', ana.editor).fill('99,90');
  await ana.saves();
  await expect(beto.product('Escuadra')).toContainText('99,90');
  await expect(ana.product('Escuadra')).toContainText('99,90');
  await expect(ana.editor).toBeHidden();
});

test("Beto sees Ana's product disappear without reloading", async ({ ana, beto }) => {
  await ana.adds(SQUARE);
  await ana.adds({ title: 'Calculadora', price: '234,56' });
  await expect(beto.products).toHaveCount(2);
  await ana.removes('Escuadra');
  await expect(beto.products).toHaveCount(1);
  await expect(beto.product('Calculadora')).toBeVisible();
  await expect(ana.products).toHaveCount(1);
});

test('the first click after creating a product is not lost', async ({ ana }) => {
  await ana.adds(SQUARE);
  await expect(ana.field('Título')).toBeFocused();
  await ana.edits('Escuadra');
  await expect(ana.form).not.toContainText('Falta este dato');
});

test('a removal that is not confirmed removes nothing', async ({ ana }) => {
  await ana.adds(SQUARE);
  await ana.page.getByRole('button', { name: 'Eliminar Escuadra' }).click();
  await ana.confirmation.getByRole('button', { name: 'Cancelar' }).click();
  await ana.adds({ title: 'Calculadora', price: '234,56' });
  await expect(ana.products).toHaveCount(2);
});

test('everybody sees the same products in the same order', async ({ ana, beto }) => {
  await Promise.all([
    (async () => {
      for (const title of ['Compás', 'Regla']) await ana.adds({ title, price: '1' });
    })(),
    (async () => {
      for (const title of ['Goma', 'Lápiz']) await beto.adds({ title, price: '2' });
    })(),
  ]);
  await expect(ana.products).toHaveCount(4);
  await expect(beto.products).toHaveCount(4);
  const titles = await ana.products.locator('.title').allInnerTexts();
  expect(await beto.products.locator('.title').allInnerTexts()).toEqual(titles);
});

test('the form is empty for the next product, and its title has the focus', async ({ ana }) => {
  await ana.adds({ ...SQUARE, picture: new URL('favicon.svg', ana.page.url()).href });
  await expect(ana.product('Escuadra')).toBeVisible();
  for (const label of ['Título', 'Precio', 'Link de la imagen']) await expect(ana.field(label)).toHaveValue('');
  await expect(ana.field('Título')).toBeFocused();
});

test('a product without title or with a price that is none is not created, and the form says why', async ({ ana }) => {
  await ana.types({ title: ' ', price: 'doce', picture: 'ftp://acme.com/x.png' });
  await ana.form.getByRole('button', { name: 'Crear producto' }).click();
  await expect(ana.form).toContainText('Falta este dato');
  await expect(ana.form).toContainText('Escriba un número, como 123,45');
  await expect(ana.form).toContainText('Escriba un enlace que empiece por http:// o https://');
  await expect(ana.noProducts).toBeVisible();
});

test('an empty board offers a sample catalogue, which everybody gets', async ({ ana, beto }) => {
  await ana.page.getByRole('button', { name: 'Cargar catálogo de ejemplo' }).click();
  for (const person of [ana, beto]) {
    await expect(person.products).toHaveCount(3);
    await expect(person.product('Escuadra')).toContainText('123,45');
    await expect(person.product('Calculadora')).toContainText('234,56');
    await expect(person.product('Globo terráqueo')).toContainText('345,67');
    await expect(person.noProducts).toBeHidden();
  }
});

test('a product whose picture cannot be had shows a drawing instead', async ({ ana }) => {
  ana.console.expects(/^Failed to load resource: the server responded with a status of 404/);
  await ana.adds({ ...SQUARE, picture: new URL('no-such-picture.png', ana.page.url()).href });
  const picture = ana.product('Escuadra').locator('app-product-picture');
  await expect(picture.locator('svg')).toBeVisible();
  await expect(picture.locator('img')).toHaveCount(0);
});

test('a visitor who creates a product is asked who it is, and what was typed is kept', async ({ carla }) => {
  await carla.types(SQUARE);
  await carla.field('Título').press('Enter');
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
  await expect(carla.form).toContainText('Identifíquese para crear el producto');
  await carla.identifies();
  await expect(carla.welcome).toBeVisible();
  await expect(carla.field('Título')).toHaveValue('Escuadra');
  await carla.field('Título').press('Enter');
  await expect(carla.product('Escuadra')).toBeVisible();
});

test('the filter finds products by title, code and category, whatever the accents', async ({ ana }) => {
  await ana.page.getByRole('button', { name: 'Cargar catálogo de ejemplo' }).click();
  await expect(ana.products).toHaveCount(3);
  const filter = ana.page.getByRole('searchbox', { name: 'Filtrar' });
  await filter.fill('geografia');
  await expect(ana.products).toHaveCount(1);
  await expect(ana.product('Globo terráqueo')).toBeVisible();
  await filter.fill('nada');
  await expect(ana.page.getByText('Ningún producto coincide con «nada»')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Quitar los filtros' }).click();
  await expect(ana.products).toHaveCount(3);
});
