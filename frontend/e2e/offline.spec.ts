import { expect, test } from './lonja.ts';

test('messages typed without connection wait, and go out in order when it is back', async ({ ana, beto, server }) => {
  await ana.losesTheNetwork();
  await expect(ana.centre).toContainText('Sin conexión: sus mensajes esperan y salen al volver.');
  for (const text of ['Uno', 'Dos', 'Tres']) await ana.sends(text);
  await expect(ana.centre.getByText('esperando conexión')).toHaveCount(3);
  await expect(ana.messagesWith('Dos')).toBeVisible();
  await beto.sends('Cero');
  await expect(beto.texts).toHaveText(['Cero']);
  await ana.getsTheNetworkBack();
  for (const person of [ana, beto]) await expect(person.texts).toHaveText(['Cero', 'Uno', 'Dos', 'Tres']);
  await expect(ana.centre.getByText('esperando conexión')).toHaveCount(0);
  await expect.poll(() => server.lines('chat.txt')).toHaveLength(4);
});

test('what was submitted without connection outlives the page', async ({ ana, beto, server }) => {
  await server.stop();
  await expect(ana.status).toHaveText('Offline');
  await ana.sends('Lo mando luego');
  await ana.types({ title: 'Escuadra', price: '123,45' });
  await ana.field('Título').press('Enter');
  await expect(ana.product('Escuadra')).toContainText('por crear');
  await ana.page.close();
  await server.start();
  await expect(beto.status).toHaveText('Online');
  await expect(beto.messages).toHaveCount(0);
  const again = await ana.inAnotherTab();
  for (const person of [again, beto]) {
    await expect(person.texts).toHaveText(['Lo mando luego']);
    await expect(person.product('Escuadra')).toHaveCount(1);
  }
  await expect(again.page.getByTestId('waiting')).toHaveCount(0);
});

test('whoever leaves with unsent commands is warned, and they are not sent in the name of somebody else', async ({
  ana,
  beto,
}) => {
  await ana.losesTheNetwork();
  await ana.sends('De Ana');
  await ana.leaves();
  await expect(ana.confirmation).toContainText('Queda 1 envío sin salir');
  await ana.confirmation.getByRole('button', { name: 'Cancelar' }).click();
  await ana.getsTheNetworkBack();
  await expect(beto.messages).toHaveText(/^ana@acme\.com \[.+\] : De Ana$/);
});

test('what one tab submitted without connection, another sends when the first is closed, once', async ({
  ana,
  beto,
  server,
}) => {
  const other = await ana.inAnotherTab();
  await ana.losesTheNetwork();
  await expect(other.status).toHaveText('Offline');
  await ana.sends('Desde la primera');
  await other.sends('Desde la segunda');
  for (const tab of [ana, other]) {
    await expect(tab.centre.getByText('esperando conexión')).toHaveCount(2);
    await expect(tab.messagesWith('Desde la primera')).toHaveCount(1);
  }
  await ana.page.close();
  await other.getsTheNetworkBack();
  for (const person of [other, beto]) await expect(person.texts).toHaveText(['Desde la primera', 'Desde la segunda']);
  await expect(other.centre.getByText('esperando conexión')).toHaveCount(0);
  await expect.poll(() => server.lines('chat.txt')).toHaveLength(2);
});

test('with two tabs open each command goes out once, from whichever', async ({ ana, beto, server }) => {
  const other = await ana.inAnotherTab();
  await ana.losesTheNetwork();
  for (const [index, tab] of [ana, other, ana, other].entries()) await tab.sends(`Mensaje ${index + 1}`);
  const all = ['Mensaje 1', 'Mensaje 2', 'Mensaje 3', 'Mensaje 4'];
  await expect(ana.centre.getByText('esperando conexión')).toHaveCount(4);
  await ana.getsTheNetworkBack();
  for (const person of [ana, other, beto]) await expect(person.texts).toHaveText(all);
  await expect.poll(() => server.lines('chat.txt')).toHaveLength(4);
});

test.describe('Ana changes the price of a product without connection', () => {
  test.beforeEach(async ({ ana, beto }) => {
    await beto.adds({ title: 'Escuadra', price: '123,45' });
    await expect(ana.product('Escuadra')).toBeVisible();
    await ana.losesTheNetwork();
    await ana.edits('Escuadra');
    await ana.field('Precio', ana.editor).fill('99');
    await ana.saves();
    await expect(ana.product('Escuadra')).toContainText('cambio en espera');
    await expect(ana.product('Escuadra')).toContainText('99,00');
  });

  test('what the server refuses on return is shown in words, and can be discarded', async ({ ana, beto }) => {
    await beto.removes('Escuadra');
    await expect(beto.noProducts).toBeVisible();
    await ana.getsTheNetworkBack();
    const refused = ana.page.getByTestId('refused-command');
    await expect(refused.getByRole('alert')).toHaveText('Ya no existe');
    await expect(refused).toContainText('99,00');
    await refused.getByRole('button', { name: 'Descartar' }).click();
    await expect(refused).toHaveCount(0);
    await expect(ana.noProducts).toBeVisible();
  });

  test('a change that is out of date on return is never applied silently, but shown for review', async ({
    ana,
    beto,
  }) => {
    await beto.edits('Escuadra');
    await beto.field('Precio', beto.editor).fill('200');
    await beto.saves();
    await expect(beto.product('Escuadra')).toContainText('200,00');
    await ana.getsTheNetworkBack();
    const refused = ana.page.getByTestId('refused-command');
    await expect(refused).toContainText('99,00');
    for (const person of [ana, beto]) await expect(person.product('Escuadra')).toContainText('200,00');
    await expect(ana.conflict).toHaveText('Suyo 99,00 beto 200,00');
    await ana.conflict.getByRole('button', { name: 'Suyo' }).click();
    for (const person of [ana, beto]) await expect(person.product('Escuadra')).toContainText('99,00');
    await expect(refused).toHaveCount(0);
  });
});
