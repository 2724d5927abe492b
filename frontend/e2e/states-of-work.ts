import { expect } from '@playwright/test';
import type { Stage, State } from './stage.ts';

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const picture = { name: 'foto.png', mimeType: 'image/png', buffer: PNG };

/** One line of each kind: what is changed, added, as it is, and refused. */
const LINES = [
  'Código;Título;Precio;Stock;Proveedor',
  'ESC;Escuadra;130;38;ACME',
  'COM;Compás;12,50;20;ACME',
  'TIJ;Tijeras;4,75;54;ACME',
  'MAL;;caro;;ACME',
].join('\n');

async function choosesFile({ page }: Stage['ana']): Promise<void> {
  await page.getByRole('button', { name: 'Columnas y filas' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('csv-import').click();
  await (await chooser).setFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(LINES) });
}

async function choosesPicture({ ana }: Stage): Promise<void> {
  await ana.form.getByTestId('picture-file').setInputFiles(picture);
}

/** What one does with products. */
export const PRODUCTS: readonly State[] = [
  {
    name: 'form-errors',
    show: async (stage) => {
      await stage.form();
      await stage.ana.form.getByRole('button', { name: 'Más datos' }).click();
      await stage.ana.field('Link de la imagen').fill('acme');
      await stage.ana.form.getByRole('button', { name: 'Crear producto' }).click();
      await expect(stage.ana.form).toContainText('Falta este dato');
    },
  },
  {
    name: 'picture-ready',
    show: async (stage) => {
      await stage.form();
      await choosesPicture(stage);
      await expect(stage.ana.form).toContainText('Imagen lista');
    },
  },
  {
    name: 'picture-waits',
    show: async (stage) => {
      await stage.ana.isUpToDate();
      await stage.form();
      await stage.ana.types({ title: 'Compás', price: '12,50' });
      await stage.ana.losesTheNetwork();
      await choosesPicture(stage);
      await expect(stage.ana.form).toContainText('la imagen espera');
    },
  },
  {
    name: 'import-preview',
    show: async ({ ana }) => {
      await ana.isUpToDate();
      await choosesFile(ana);
      await expect(ana.page.getByTestId('csv-lines')).toBeVisible();
    },
  },
  {
    name: 'import-done',
    show: async ({ ana }) => {
      await ana.isUpToDate();
      await choosesFile(ana);
      await ana.page.getByTestId('csv-confirm').click();
      await expect(ana.page.getByTestId('csv-tally')).toContainText('1');
    },
  },
  {
    name: 'palette',
    layouts: ['wide', 'tablet'],
    show: async ({ ana }) => {
      await ana.isUpToDate();
      await ana.page.keyboard.press('Control+k');
      await ana.page.getByTestId('palette').getByRole('combobox').fill('c');
      await expect(ana.page.getByTestId('palette').getByRole('option').first()).toBeVisible();
    },
  },
  { name: 'panel', show: ({ ana }) => ana.edits('Globo terráqueo') },
  {
    name: 'must-read',
    show: async (stage) => {
      const beto = await stage.other();
      await beto.composer.fill('Mañana cerramos a las dos: avisad a los clientes de la tarde.');
      await beto.page.getByTestId('must-read-menu').click();
      await beto.page.getByRole('checkbox', { name: stage.ana.email }).check();
      await beto.page.keyboard.press('Escape');
      await beto.composer.press('Enter');
      await expect(stage.ana.page.getByTestId('must-read')).toContainText('Mañana cerramos');
    },
  },
  {
    name: 'panel-timeline',
    show: async (stage) => {
      const { ana } = stage;
      const beto = await stage.other();
      await beto.edits('Globo terráqueo');
      await beto.editor.getByRole('textbox', { name: 'Código', exact: true }).fill('GLOBO');
      await beto.saves();
      await beto.sends('#GLOBO -2 rotura');
      await beto.sends('¿Pedimos más #GLOBO?');
      await ana.edits('Globo terráqueo');
      const timeline = ana.editor.getByTestId('timeline');
      await expect(timeline.getByRole('listitem').first()).toContainText('¿Pedimos');
      await ana.editor.getByLabel('Escriba sobre').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'panel-conflict',
    show: async (stage) => {
      const beto = await stage.other();
      await stage.ana.edits('Calculadora');
      await stage.ana.field('Precio', stage.ana.editor).fill('99,99');
      await beto.typesInto('Calculadora', 'price', '111');
      await expect(stage.ana.editor).toContainText('cambió este producto');
      await stage.ana.saves();
      await expect(stage.ana.editor).toContainText('Otra persona cambió lo mismo');
    },
  },
  {
    name: 'cell-error',
    layouts: ['wide', 'tablet'],
    show: async ({ ana }) => {
      await ana.cell('Escuadra', 'price').dblclick();
      await ana.page.getByTestId('cell-editor').fill('caro');
      await expect(ana.cell('Escuadra', 'price').getByRole('alert')).toBeVisible();
    },
  },
  { name: 'stock-question', show: ({ ana }) => ana.typesStock('Cuaderno A4', '-5') },
  {
    name: 'confirmation',
    show: async (stage) => {
      await stage.ana.edits('Mochila');
      await stage.ana.editor.getByRole('button', { name: 'Eliminar' }).click();
      await expect(stage.ana.confirmation).toBeVisible();
    },
  },
  {
    name: 'selection',
    layouts: ['wide', 'tablet'],
    show: async ({ ana }) => {
      for (const title of ['Escuadra', 'Tijeras']) await ana.page.getByLabel(`Seleccionar ${title}`).check();
      await expect(ana.page.getByText('2 seleccionados')).toBeVisible();
    },
  },
  {
    name: 'options',
    show: async ({ ana }) => {
      await ana.page.getByRole('button', { name: 'Columnas y filas' }).click();
      await expect(ana.page.getByText('Ordenar por').first()).toBeVisible();
    },
  },
  {
    name: 'no-match',
    show: async ({ ana }) => {
      await ana.page.getByRole('searchbox', { name: 'Filtrar por título, código o categoría' }).fill('nada de esto');
      await expect(ana.page.getByText('Ningún producto coincide')).toBeVisible();
    },
  },
  {
    name: 'undo',
    show: async ({ ana }) => {
      await ana.page.getByRole('button', { name: 'Sumar stock de Tijeras' }).click();
      await expect(ana.undoOffer).toBeVisible();
    },
  },
];

/** What one does with messages. */
export const MESSAGES: readonly State[] = [
  {
    name: 'message-actions',
    layouts: ['wide', 'tablet'],
    show: async (stage) => {
      await stage.chat();
      await stage.ana.acts('Fijar', stage.ana.rows.nth(1));
      await expect(stage.ana.page.getByTestId('pinned')).toBeVisible();
      await stage.ana.acts('Enterado', stage.ana.rows.nth(1));
      await stage.ana.acts('Citar', stage.ana.rows.nth(1));
      await stage.ana.rows.last().hover();
    },
  },
  {
    name: 'message-find',
    show: async (stage) => {
      await stage.chat();
      await stage.ana.centre.getByRole('button', { name: 'Buscar en los mensajes cargados' }).click();
      await stage.ana.centre.getByRole('searchbox').fill('quedan');
      await expect(stage.ana.centre.locator('mark').first()).toBeVisible();
    },
  },
  {
    name: 'message-new',
    show: async (stage) => {
      const beto = await stage.other();
      await stage.chat();
      await stage.ana.looksAway();
      await beto.sends('@ana mira https://acme.com/catalogo/una-ruta-bastante-larga/hasta/el/final?con=consulta');
      await expect(stage.ana.newLine).toBeVisible();
    },
  },
  {
    name: 'message-people',
    show: async (stage) => {
      await stage.other();
      await stage.chat();
      await stage.ana.composer.fill('@be');
      await expect(stage.ana.centre.getByRole('listbox')).toBeVisible();
    },
  },
  {
    name: 'message-notices',
    floats: true,
    show: async (stage) => {
      await stage.chat();
      await stage.ana.centre.getByRole('button', { name: 'Avisos cuando lo mencionan' }).click();
    },
  },
];
