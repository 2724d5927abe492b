import { expectAccessible } from './accessible.ts';
import { STATES } from './all-states.ts';
import { morning } from './morning.ts';
import { expect, test } from './lonja.ts';
import { pastProduct, journalOf, pastMessage } from './past.ts';
import { Stage } from './stage.ts';

const AT = '2026-03-09T14:05:07.000Z';
const PAST = journalOf([
  pastProduct('beto@acme.com', AT, { title: 'Escuadra', price: 123.45, code: 'ESC', category: 'Geometría', stock: 40 }),
  pastProduct('carla@acme.com', AT, { title: 'Calculadora', price: 234.56 }),
  pastMessage('beto@acme.com', AT, '¿Queda papel?'),
  pastMessage('ana@acme.com', AT, 'Quedan dos cajas'),
]);

// Looking at everything on a page takes a while on a busy machine.
test.slow();

test('an empty board and the identification', async ({ ana, carla }) => {
  await expectAccessible(ana);
  await carla.identifies('carla');
  await expect(carla.identification.getByRole('alert')).toBeVisible();
  await expectAccessible(carla);
});

test.describe('with products and messages', () => {
  test.use({ past: PAST });

  test('the board and the conversation, in both languages', async ({ ana, beto }) => {
    await beto.composer.pressSequentially('Ho');
    await expect(ana.centre).toContainText('está escribiendo');
    await expectAccessible(ana);
    await ana.chooses('language', 'en');
    await expectAccessible(ana);
    await ana.opensAccount();
    await expectAccessible(ana);
  });

  test('the import of a file: what it will do, and what came of it', async ({ ana }) => {
    await ana.page.getByRole('button', { name: 'Columnas y filas' }).click();
    await expectAccessible(ana);
    const chooser = ana.page.waitForEvent('filechooser');
    await ana.page.getByTestId('csv-import').click();
    const lines = ['Código;Título;Precio;Proveedor', 'ESC;Escuadra;12;X', 'MES;Mesa;30;X', ';Silla;9;X', 'MAL;;caro;X'];
    const buffer = Buffer.from([...lines, ...Array.from({ length: 60 }, () => ';;1;X')].join('\n'));
    await (await chooser).setFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer });
    await expect(ana.page.getByTestId('csv-lines')).toBeVisible();
    await expectAccessible(ana);
    await ana.page.getByTestId('csv-confirm').click();
    await expect(ana.page.getByTestId('csv-done')).toBeVisible();
    await expectAccessible(ana);
    await ana.page.keyboard.press('Escape');
    await expect(ana.page.getByTestId('csv-strip')).toBeVisible();
    await expectAccessible(ana);
  });

  test('a conversation with all that can be in it', async ({ ana, beto }) => {
    await ana.looksAway();
    await beto.sends('@ana mira https://acme.com/a y www.acme.com');
    await expect(ana.newLine).toBeVisible();
    await beto.acts('Citar', beto.row('Quedan dos cajas'));
    await beto.page.keyboard.type('Bien');
    await beto.page.keyboard.press('Enter');
    await expect(ana.texts.locator('.quote')).toBeVisible();
    await beto.acts('Enterado', beto.row('Quedan dos cajas'));
    await beto.acts('Fijar', beto.row('¿Queda papel?'));
    await expect(ana.page.getByTestId('pinned')).toBeVisible();
    await ana.composer.press('ControlOrMeta+f');
    await ana.centre.getByRole('searchbox').fill('ca');
    await expect(ana.centre.locator('mark').first()).toBeVisible();
    await ana.row('Quedan dos cajas').hover();
    await expectAccessible(ana);
    await ana.page.keyboard.press('Escape');
    await ana.composer.fill('@be');
    await expect(ana.centre.getByRole('listbox')).toBeVisible();
    await expectAccessible(ana);
    await ana.composer.fill('');
    await ana.centre.getByRole('button', { name: 'Avisos cuando lo mencionan' }).click();
    // A menu hangs on its button and belongs to no region of its own.
    await expectAccessible(ana, 'region');
  });

  test('forms with errors, and a page without connection', async ({ ana, server }) => {
    await ana.form.getByRole('button', { name: 'Más datos' }).click();
    await ana.form.getByRole('button', { name: 'Crear producto' }).click();
    await expect(ana.form).toContainText('Falta este dato');
    await expectAccessible(ana);
    await server.stop();
    await ana.sends('Espera');
    await expect(ana.centre).toContainText('esperando conexión');
    await expectAccessible(ana);
  });

  test('dialogs, one with a conflict', async ({ ana, beto }) => {
    await ana.cell('Escuadra', 'price').dblclick();
    await ana.page.getByTestId('cell-editor').fill('caro');
    await expect(ana.cell('Escuadra', 'price').getByRole('alert')).toBeVisible();
    await expectAccessible(ana);
    await ana.page.keyboard.press('Escape');
    await ana.typesStock('Escuadra', '-5');
    await expectAccessible(ana);
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('button', { name: 'Eliminar Calculadora' }).click();
    await expectAccessible(ana);
    await ana.page.keyboard.press('Escape');
    await ana.edits('Escuadra');
    await beto.edits('Escuadra');
    await beto.field('Título', beto.editor).fill('Escuadra de Beto');
    await beto.saves();
    await expect(beto.editor).toBeHidden();
    await expectAccessible(ana);
    await ana.field('Título', ana.editor).fill('Escuadra de Ana');
    await ana.saves();
    await expect(ana.editor.getByRole('alert')).toBeVisible();
    await expectAccessible(ana);
  });
});

/** Those that a phone builds in another way. All of them, in each layout, are looked at by `npm run screenshots`. */
test.describe('on a phone', () => {
  for (const name of ['board', 'form-errors', 'panel']) {
    test(name, async ({ browser }) => {
      const state = STATES.find((known) => known.name === name);
      if (!state) throw new Error(`There is no state ${name}.`);
      const stage = await Stage.open(browser, state, { layout: 'phone', past: morning(() => '') });
      await expectAccessible(stage.ana);
      await stage.close();
    });
  }
});
