import { expect, test } from './lonja.ts';

test('after a restore no pending command is applied to another record with the same number; it is shown for review', async ({
  ana,
  beto,
  server,
}) => {
  await ana.sends('Uno');
  await beto.adds({ title: 'Escuadra', price: '123,45' });
  await expect(ana.product('Escuadra')).toBeVisible();
  server.backUp();
  await ana.sends('Dos');
  await beto.edits('Escuadra');
  await beto.field('Precio', beto.editor).fill('150');
  await beto.saves();
  await expect(ana.product('Escuadra')).toContainText('150,00');

  await ana.losesTheNetwork();
  await ana.acts('Editar mensaje');
  await ana.page.getByRole('textbox', { name: 'Editar mensaje' }).fill('Dos, corregido');
  await ana.page.getByRole('textbox', { name: 'Editar mensaje' }).press('Enter');
  await expect(ana.texts).toHaveText(['Uno', 'Dos, corregido']);
  await ana.edits('Escuadra');
  await ana.field('Precio', ana.editor).fill('99');
  await ana.saves();
  await expect(ana.product('Escuadra')).toContainText('cambio en espera');

  await server.restore();
  await expect(beto.texts).toHaveText(['Uno']);
  for (const text of ['Tres', 'Cuatro']) await beto.sends(text);
  await expect(beto.texts).toHaveText(['Uno', 'Tres', 'Cuatro']);
  await ana.getsTheNetworkBack();
  const otherHistory = 'El historial del servidor es otro';

  await expect(ana.texts).toHaveText(['Uno', 'Tres', 'Cuatro']);
  await expect(ana.centre.getByRole('alert')).toContainText(otherHistory);
  await expect(ana.centre.getByRole('button', { name: 'Reintentar' })).toHaveCount(0);
  await ana.centre.getByRole('button', { name: 'Escribir de nuevo' }).click();
  await expect(ana.composer).toHaveValue('Dos, corregido');

  // The click in the conversation has closed the list, which had opened by itself.
  await ana.page.getByTestId('waiting-list-button').click();
  const refused = ana.page.getByTestId('refused-command');
  await expect(refused.getByRole('alert')).toContainText(otherHistory);
  await refused.getByRole('button', { name: 'Revisar' }).click();
  await expect(ana.field('Precio', ana.editor)).toHaveValue('99');
  await ana.saves();
  for (const person of [ana, beto]) {
    await expect(person.product('Escuadra')).toContainText('99,00');
    await expect(person.texts).toHaveText(['Uno', 'Tres', 'Cuatro']);
  }
  await expect(refused).toHaveCount(0);
});

test('after backup and restore by command every open page has the restored history, once who is there is said again', async ({
  ana,
  beto,
  server,
}) => {
  await ana.sends('Uno');
  await beto.adds({ title: 'Escuadra', price: '123,45' });
  await expect(ana.product('Escuadra')).toBeVisible();
  server.backUpByCommand();
  await ana.sends('Dos');
  await beto.removes('Escuadra');
  await expect(ana.product('Escuadra')).toHaveCount(0);
  await ana.losesTheNetwork();
  await ana.sends('Tres');

  await server.restoreByCommand();
  await beto.identifies();
  await expect(beto.texts).toHaveText(['Uno']);
  await expect(beto.product('Escuadra')).toBeVisible();
  await ana.getsTheNetworkBack();
  await ana.identifies();
  for (const person of [ana, beto]) {
    await expect(person.texts).toHaveText(['Uno', 'Tres']);
    await expect(person.product('Escuadra')).toBeVisible();
  }
});
