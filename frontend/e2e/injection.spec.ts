import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PAYLOADS } from './payloads.ts';
import { expect, test } from './lonja.ts';
import type { Person } from './person.ts';

/** Lines of a file in which every cell that takes a text has a payload. */
const csvOf = (payloads: readonly string[]): string => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = payloads.map((payload, place) =>
    [payload, '1', `${payload.slice(0, 50)}${place}`, payload.slice(0, 100), payload].map(cell).join(';'),
  );
  return ['Título;Precio;Código;Categoría;Descripción', ...rows].join('\r\n');
};

/** Where this browser asked for anything that is not the server's. */
function watched({ context }: Person, own: string): string[] {
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(own) && !/^(?:data|blob):/.test(request.url())) foreign.push(request.url());
  });
  return foreign;
}

const fired = (page: Page): Promise<unknown> => page.evaluate(() => (globalThis as { __fired?: number }).__fired);

async function imports({ page }: Person, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Columnas y filas' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('csv-import').click();
  const name = '<img src=x onerror=__fired=1>.csv';
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByTestId('csv-lines')).toContainText('__fired');
  await page.getByTestId('csv-confirm').click();
  await expect(page.getByTestId('csv-tally')).toContainText(`${PAYLOADS.length} añadidos`);
  await page.keyboard.press('Escape');
}

async function exported({ page }: Person): Promise<string> {
  await page.getByRole('button', { name: 'Columnas y filas' }).click();
  const download = page.waitForEvent('download');
  await page.getByTestId('csv-export').click();
  return readFileSync(await (await download).path(), 'utf8');
}

test('a hundred payloads, through every field, run nowhere: live, in every view, and after a restart', async ({
  ana,
  beto,
  server,
}) => {
  test.slow();
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(100);
  const people = [ana, beto];
  const foreign = people.map((person) => watched(person, server.url));

  // Messages: ten in one, and the worst ones each alone.
  for (let from = 0; from < PAYLOADS.length; from += 10) await ana.sends(PAYLOADS.slice(from, from + 10).join('\n'));
  for (const payload of PAYLOADS.slice(0, 10)) await ana.sends(payload);
  await expect(beto.messages).toHaveCount(Math.ceil(PAYLOADS.length / 10) + 10);
  // A board that has something can import, and export.
  await ana.adds({ title: 'Goma', price: '1' });
  // Titles, codes, categories and descriptions, by the file that a clerk brings; its name is one, too.
  await imports(ana, csvOf(PAYLOADS));
  await expect(beto.page.getByText(`${PAYLOADS.length + 1} productos`)).toBeVisible();

  const [worst = ''] = PAYLOADS;
  // The questions, the notes and the line that says who comes.
  await beto.page.getByRole('searchbox', { name: 'Filtrar' }).fill(worst);
  await beto.page
    .getByRole('button', { name: `Eliminar ${worst}`, exact: true })
    .first()
    .click();
  await expect(beto.confirmation).toContainText(worst);
  await beto.confirmation.getByRole('button', { name: 'Eliminar' }).click();
  await beto.page.getByRole('searchbox', { name: 'Filtrar' }).fill(`${worst}?`);
  await expect(beto.page.getByText(`«${worst}?»`)).toBeVisible();
  await beto.page.getByRole('searchbox', { name: 'Filtrar' }).fill('');
  await ana.acts('Eliminar mensaje');
  await expect(ana.confirmation).toContainText(PAYLOADS[9] ?? '');
  await ana.confirmation.getByRole('button', { name: 'Cancelar' }).click();

  // The export runs nothing in a spreadsheet, either, and comes back as it was.
  const cells = (await exported(ana)).split(/[;\r\n]+/);
  expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);

  await server.restart();
  for (const person of people) await person.reload();
  await expect(beto.page.getByText(`${PAYLOADS.length} productos`)).toBeVisible();
  for (const person of people) expect(await fired(person.page)).toBeUndefined();
  expect(foreign.flat()).toEqual([]);
});

test('an e-mail that is a payload identifies nobody, or stays text in the note that somebody has come', async ({
  ana,
  carla,
}) => {
  carla.console.expects(/status of 400/);
  for (const email of ['<img/src=x/onerror=__fired=1>@acme.com', '"<script>__fired=1</script>"@acme.com']) {
    await carla.identifies(email);
    await expect(carla.identification).toContainText('email');
  }
  const email = "o'{{__fired=1}}${__fired=1}`@acme.com";
  await carla.identifies(email);
  await expect(carla.welcome).toContainText(email);
  await expect(ana.announcements).toContainText(email);
  for (const { page } of [ana, carla]) expect(await fired(page)).toBeUndefined();
});

test('a link that is a script is no picture, whoever sends it', async ({ ana }) => {
  for (const link of [
    'javascript:__fired=1',
    'data:text/html,<script>__fired=1</script>',
    'vbscript:x',
    ' java\tscript:x',
  ]) {
    await ana.types({ title: 'Taza', price: '1', picture: link });
    await ana.field('Título').press('Enter');
    await expect(ana.form).toContainText('http://');
  }
  await expect(ana.products).toHaveCount(0);
  expect(await fired(ana.page)).toBeUndefined();
});
