import type { Locator } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, test } from './lonja.ts';
import { expectToFit } from './page-width.ts';
import { journalOf, pastProduct } from './past.ts';
import type { Person } from './person.ts';

const AT = '2026-03-09T14:05:07.000Z';
const PAST = journalOf([
  pastProduct('beto@acme.com', AT, { title: 'Regla', price: 10, code: 'REG-1', category: 'Dibujo', stock: 5 }),
  pastProduct('beto@acme.com', AT, { title: '=Goma; "suave"', price: 1234.5, code: '-GOM', stock: 7 }),
]);
/** Of products that are new, in the large file. */
const NEW = 2_996;
const LARGE = [
  'Código;Título;Precio;Stock;Proveedor',
  'reg-1;Regla;12,50;9;ACME',
  'MAL-1;;3;1;ACME',
  'MAL-2;Mesa;caro;1;ACME',
  'reg-1;Otra vez;3;1;ACME',
  ...Array.from({ length: NEW }, (_, place) => `P-${place};Piña ${place};${place},50;${place % 40};ACME`),
].join('\r\n');

const dialogOf = ({ page }: Person): Locator => page.getByTestId('csv-dialog');
const tallyOf = ({ page }: Person): Locator => page.getByTestId('csv-tally');

/** From the options of the board. */
async function chooses({ page }: Person, text: string, encoding: BufferEncoding = 'utf8'): Promise<void> {
  await page.getByRole('button', { name: 'Columnas y filas' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('csv-import').click();
  const buffer = Buffer.from(text, encoding);
  await (await chooser).setFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer });
}

/** The text of what is exported. */
async function exports({ page }: Person): Promise<string> {
  await page.getByRole('button', { name: 'Columnas y filas' }).click();
  const download = page.waitForEvent('download');
  await page.getByTestId('csv-export').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^productos-\d{4}-\d{2}-\d{2}\.csv$/);
  return readFileSync(await file.path(), 'utf8');
}

test.use({ past: PAST });

test('a clerk imports a file of 3,000 lines: preview, progress, a reload in the middle, and all of it undone as one', async ({
  ana,
  beto,
}) => {
  test.slow();
  await chooses(ana, LARGE, 'latin1');
  const lines = ana.page.getByTestId('csv-lines').locator('tbody tr');
  await expect(lines).toHaveCount(50);
  await expect(lines.nth(0)).toContainText('cambia');
  await expect(lines.nth(0)).toContainText('12,50');
  await expect(lines.nth(4)).toContainText('Piña 0');
  await expect(dialogOf(ana)).toContainText('Windows-1252');
  await expect(dialogOf(ana)).toContainText('Columnas que no se importan: Proveedor');
  await ana.page.getByTestId('csv-refused').click();
  await expect(lines).toHaveText([/^3.*Falta este dato/, /^4.*Escriba un número.*caro/, /^5.*ya está en la línea 2/]);
  await expect(beto.products).toHaveCount(2);

  await ana.page.getByTestId('csv-confirm').click();
  await expect(beto.cell('Regla', 'price')).toHaveText('12,50');
  await expect(beto.cell('Regla', 'stock')).toContainText('9');
  await expect(beto.product('Piña 0')).toBeVisible();
  await ana.reload();
  const strip = ana.page.getByTestId('csv-strip');
  await expect(strip).toContainText('lista.csv');
  await strip.getByRole('button', { name: 'Ver' }).click();
  await expect(dialogOf(ana)).toContainText('Importado: lista.csv', { timeout: 300_000 });
  await expect(tallyOf(ana)).toContainText('2996 añadidos');
  await expect(tallyOf(ana)).toContainText('1 cambiado');
  await expect(tallyOf(ana)).toContainText('3 rechazadas');
  // No line was done twice.
  await expect(beto.page.getByText(`${NEW + 2} productos`)).toBeVisible();

  // What somebody changes meanwhile is not taken back, and that is said.
  await beto.typesInto('Piña 0', 'title', 'Piña de Beto');
  await expect(ana.product('Piña de Beto')).toBeAttached();
  await ana.page.getByTestId('csv-undo').click();
  await expect(dialogOf(ana)).toContainText('Deshecho: lista.csv', { timeout: 300_000 });
  await expect(tallyOf(ana)).toContainText('2996 líneas deshechas');
  await expect(ana.page.getByTestId('csv-refused-lines')).toContainText('Línea 6');
  await ana.page.getByTestId('csv-done').click();
  await expect(beto.products).toHaveCount(3);
  await expect(beto.cell('Regla', 'price')).toHaveText('10,00');
  await expect(beto.cell('Regla', 'stock')).toContainText('5');
  await expect(beto.product('Piña de Beto')).toBeVisible();
});

test('an export has what is shown, and comes back as it was', async ({ ana }) => {
  await ana.page.getByRole('button', { name: 'Columnas y filas' }).click();
  await ana.page.getByRole('checkbox', { name: 'Último cambio' }).uncheck();
  await ana.page.keyboard.press('Escape');
  const text = await exports(ana);
  expect(text).toBe(
    '\uFEFFLink de la imagen;Título;Precio;Código;Categoría;Stock\r\n' +
      ';Regla;10;REG-1;Dibujo;5\r\n' +
      `;"'=Goma; ""suave""";1234,50;'-GOM;;7\r\n`,
  );
  await chooses(ana, text);
  await expect(dialogOf(ana)).toContainText('Nada que importar');
  await expect(ana.page.getByTestId('csv-same')).toContainText('2');
  await dialogOf(ana).getByRole('button', { name: 'Cancelar' }).click();
  await ana.page.getByRole('searchbox').fill('goma');
  await expect(ana.products).toHaveCount(1);
  expect(await exports(ana)).not.toContain('Regla');
});

test('a file is imported by keyboard, without a connection it waits, and Ctrl-Z takes it back', async ({
  ana,
  beto,
}) => {
  await chooses(ana, 'Título;Precio;Código\nMesa;30;MES\nSilla;12;SIL\n');
  await expect(dialogOf(ana).getByRole('heading', { name: 'Importar productos' })).toBeFocused();
  await ana.losesTheNetwork();
  await expect(dialogOf(ana)).toContainText('Sin conexión');
  await ana.getsTheNetworkBack();
  await expect(dialogOf(ana)).toContainText('Todavía no se ha enviado nada');
  await ana.page.getByTestId('csv-confirm').focus();
  await ana.page.keyboard.press('Enter');
  await expect(dialogOf(ana)).toContainText('Importado: lista.csv');
  await ana.page.keyboard.press('Escape');
  await expect(dialogOf(ana)).toBeHidden();
  await expect(beto.product('Silla')).toBeVisible();
  await ana.page.keyboard.press('ControlOrMeta+z');
  await expect(ana.page.getByTestId('csv-strip')).toContainText('Deshecho: lista.csv');
  await expect(beto.products).toHaveCount(2);
});

test('a CSV file is dropped on the page', async ({ ana }) => {
  const data = await ana.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Título;Precio\nMesa;30'], 'mesas.csv', { type: 'text/csv' }));
    return transfer;
  });
  await ana.table.dispatchEvent('drop', { dataTransfer: data });
  await expect(dialogOf(ana)).toContainText('mesas.csv');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the dialog fits, and is worked with a thumb', async ({ ana }) => {
    await chooses(ana, LARGE);
    await expect(ana.page.getByTestId('csv-lines')).toBeVisible();
    await expectToFit(ana.page);
    await expect(ana.page.getByTestId('csv-confirm')).toBeInViewport();
    await ana.page.getByTestId('csv-refused').click();
    await expect(ana.page.getByTestId('csv-lines')).toContainText('ya está en la línea 2');
    await expectToFit(ana.page);
    await dialogOf(ana).getByRole('button', { name: 'Cerrar' }).click();
    await chooses(ana, 'Código;Título;Precio\nMES;Mesa;30\nMAL;;1\n');
    await ana.page.getByTestId('csv-confirm').click();
    await expect(dialogOf(ana)).toContainText('Importado: lista.csv');
    await expectToFit(ana.page);
    await ana.page.getByTestId('csv-done').click();
    await expect(ana.product('Mesa')).toBeVisible();
  });

  test('the dialog fits in English, too', async ({ ana }) => {
    await ana.chooses('language', 'en');
    await ana.goesTo('products');
    await ana.page.locator('[popovertarget="board-options"]').click();
    const chooser = ana.page.waitForEvent('filechooser');
    await ana.page.getByRole('button', { name: 'Import CSV…' }).click();
    const buffer = Buffer.from('code,title,price\nMES,Table,"1,234.50"\nREG-1,Regla,10\nBAD,,x');
    await (await chooser).setFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
    await expect(dialogOf(ana)).toContainText('separated by commas');
    await expect(dialogOf(ana)).toContainText('1,234.50');
    await expectToFit(ana.page);
    await dialogOf(ana).getByRole('button', { name: 'Import 1 line' }).click();
    await expect(dialogOf(ana)).toContainText('Imported: list.csv');
    await expectToFit(ana.page);
  });
});
