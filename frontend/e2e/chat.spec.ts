import { expect, test } from './lonja.ts';
import { recordTexts, TYPING } from './recorded-texts.ts';

test('a message is sent by the button and by Enter, and the input is empty afterwards', async ({ ana, beto }) => {
  await expect(ana.composer).toHaveAttribute('placeholder', 'Ingrese mensaje');
  await ana.composer.fill('Por el botón');
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(ana.composer).toHaveValue('');
  await ana.composer.fill('Por Enter');
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('');
  await expect(beto.texts).toHaveText(['Por el botón', 'Por Enter']);
});

test('Shift+Enter begins a line, and nothing is sent that is empty', async ({ ana, beto }) => {
  await ana.composer.press('Enter');
  await ana.sends('   ');
  await ana.composer.fill('');
  await ana.composer.pressSequentially('Uno');
  await ana.composer.press('Shift+Enter');
  await ana.composer.pressSequentially('dos');
  await expect(ana.composer).toHaveValue('Uno\ndos');
  await ana.composer.press('Enter');
  await expect(beto.messages).toHaveCount(1);
  expect(await beto.texts.innerText()).toBe('Uno\ndos');
});

test('the conversation is in chat.txt while the page shows it', async ({ ana, beto, server }) => {
  await ana.sends('Hola');
  await expect(beto.messages).toHaveCount(1);
  await beto.sends('Uno\ndos');
  await expect(ana.messages).toHaveCount(2);
  const shown = (await ana.messages.allInnerTexts()).map((line) => line.replace('\n', ' ⏎ '));
  // The file follows what is on the disk, as the page does, and neither waits for the other.
  await expect.poll(() => server.lines('chat.txt')).toEqual(shown);
  expect(shown[0]).toMatch(/^ana@acme\.com \[\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\] : Hola$/);
});

test('somebody who identifies later sees what was said, and after a restart still', async ({ ana, carla, server }) => {
  await ana.sends('Primero');
  await ana.sends('Segundo');
  await expect(ana.messages).toHaveCount(2);
  await carla.identifies();
  await expect(carla.texts).toHaveText(['Primero', 'Segundo']);
  await server.restart();
  await carla.reload();
  await expect(carla.texts).toHaveText(['Primero', 'Segundo']);
});

test('new messages are appended: those before them are not rendered again', async ({ ana, beto, server }) => {
  await ana.sends('Primero');
  await ana.adds({ title: 'Escuadra', price: '123,45' });
  const kept = [beto.messages.first(), beto.product('Escuadra')];
  for (const element of kept) await element.evaluate((node) => node.setAttribute('data-kept', ''));
  await ana.sends('Segundo');
  await ana.adds({ title: 'Calculadora', price: '234,56' });
  await expect(beto.messages).toHaveCount(2);
  await expect(beto.products).toHaveCount(2);
  for (const element of kept) await expect(element).toHaveAttribute('data-kept');
  await server.restart();
  await expect(beto.status).toHaveText('Online');
  await ana.sends('Tercero');
  await expect(beto.messages).toHaveCount(3);
  for (const element of kept) await expect(element).toHaveAttribute('data-kept');
});

test('Ana changes and deletes her own message, and Beto sees it', async ({ ana, beto }) => {
  await ana.sends('Hay diez');
  await ana.page.getByRole('button', { name: 'Editar mensaje' }).click();
  const editor = ana.page.getByRole('textbox', { name: 'Editar mensaje' });
  await expect(editor).toBeFocused();
  await editor.fill('Hay once');
  await editor.press('Enter');
  await expect(beto.texts).toHaveText('Hay once');
  await expect(beto.centre).toContainText('(editado)');
  await ana.page.getByRole('button', { name: 'Eliminar mensaje' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await expect(beto.messages).toHaveCount(0);
  await expect(beto.centre).toContainText(/ana@acme\.com \[.+\] : mensaje eliminado/);
  await expect(ana.centre).toContainText('mensaje eliminado');
});

test("Beto has nothing to press on Ana's message", async ({ ana, beto }) => {
  await ana.sends('Mío');
  await expect(beto.messagesWith('Mío')).toBeVisible();
  for (const name of ['Editar mensaje', 'Eliminar mensaje']) {
    await expect(ana.page.getByRole('button', { name })).toHaveCount(1);
    await expect(beto.page.getByRole('button', { name })).toHaveCount(0);
  }
});

test('Beto sees that Ana types, until her message arrives', async ({ ana, beto }) => {
  const notes = await recordTexts(beto, TYPING);
  await ana.composer.pressSequentially('Ho');
  await expect.poll(notes).toContain('ana@acme.com está escribiendo…');
  await ana.composer.press('Enter');
  await expect(beto.messagesWith('Ho')).toBeVisible();
  await expect(beto.centre).not.toContainText('está escribiendo');
});
