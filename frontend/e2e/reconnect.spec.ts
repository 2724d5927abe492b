import { expectColour } from './colour.ts';
import { expect, test } from './lonja.ts';

test('the page says Online in green or Offline in red, never both, and comes back by itself', async ({
  ana,
  server,
}) => {
  const said = ana.page.getByText(/^(Online|Offline)$/);
  await expect(said).toHaveText(['Online']);
  await expectColour(ana.status, 'green');
  await server.stop();
  await expect(said).toHaveText(['Offline']);
  await expectColour(ana.status, 'red');
  await ana.page.emulateMedia({ colorScheme: 'dark' });
  await expectColour(ana.status, 'red');
  await expect(ana.page.getByText('Sin conexión desde las')).toBeVisible();
  await server.start();
  await expect(said).toHaveText(['Online']);
  await expectColour(ana.status, 'green');
  await expect(ana.page.getByText('Sin conexión desde las')).toBeHidden();
});

test('who comes later gets the products and the messages', async ({ ana, beto, server }) => {
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  await ana.sends('Hola');
  await beto.reload();
  await expect(beto.product('Escuadra')).toHaveCount(1);
  await expect(beto.texts).toHaveText(['Hola']);
  await server.restart();
  await beto.reload();
  await expect(beto.product('Escuadra')).toHaveCount(1);
  await expect(beto.texts).toHaveText(['Hola']);
});

test('nothing is shown twice after the server was restarted', async ({ ana, beto, server }) => {
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  await ana.sends('Antes');
  await expect(beto.texts).toHaveText(['Antes']);
  await server.restart();
  for (const person of [ana, beto]) await expect(person.status).toHaveText('Online');
  await ana.adds({ title: 'Calculadora', price: '234,56' });
  await beto.sends('Después');
  for (const person of [ana, beto]) {
    await expect(person.products).toHaveCount(2);
    await expect(person.texts).toHaveText(['Antes', 'Después']);
    await expect(person.product('Escuadra')).toHaveCount(1);
  }
});

test('Beto gets what happened while his network was away, once and in order', async ({ ana, beto }) => {
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  await ana.sends('Uno');
  await expect(beto.texts).toHaveText(['Uno']);
  await beto.losesTheNetwork();
  await ana.sends('Dos');
  await ana.removes('Escuadra');
  await ana.adds({ title: 'Calculadora', price: '234,56' });
  await ana.sends('Tres');
  await expect(ana.texts).toHaveText(['Uno', 'Dos', 'Tres']);
  await expect(beto.texts).toHaveText(['Uno']);
  await beto.getsTheNetworkBack();
  await expect(beto.texts).toHaveText(['Uno', 'Dos', 'Tres']);
  await expect(beto.products).toHaveCount(1);
  await expect(beto.product('Calculadora')).toBeVisible();
});

test('who fills in forms while the server restarts can continue where they were', async ({ ana, beto, server }) => {
  await beto.adds({ title: 'Escuadra', price: '123,45' });
  await expect(ana.product('Escuadra')).toBeVisible();
  await ana.types({ title: 'Calculadora', price: '234,56', category: 'Cálculo' });
  await ana.composer.fill('Lo escribo mientras');
  await beto.edits('Escuadra');
  await beto.field('Título', beto.editor).fill('Escuadra de 30 cm');
  await server.restart();
  for (const person of [ana, beto]) await expect(person.status).toHaveText('Online');
  await expect(ana.field('Título')).toHaveValue('Calculadora');
  await expect(ana.field('Precio')).toHaveValue('234,56');
  await expect(ana.field('Categoría')).toHaveValue('Cálculo');
  await expect(ana.composer).toHaveValue('Lo escribo mientras');
  await ana.field('Título').press('Enter');
  await ana.composer.press('Enter');
  await expect(beto.field('Título', beto.editor)).toHaveValue('Escuadra de 30 cm');
  await beto.saves();
  for (const person of [ana, beto]) {
    await expect(person.product('Calculadora')).toContainText('234,56');
    await expect(person.product('Escuadra de 30 cm')).toBeVisible();
    await expect(person.texts).toHaveText(['Lo escribo mientras']);
  }
});
