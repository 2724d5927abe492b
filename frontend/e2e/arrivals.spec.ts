import { expect, test } from './lonja.ts';
import { Person } from './person.ts';
import { recordTexts, TOAST } from './recorded-texts.ts';

test('who comes while a question is open is said when that is answered, in one line', async ({
  ana,
  browser,
  server,
}) => {
  await ana.sends('Hola');
  const toasts = await recordTexts(ana, TOAST);
  await ana.acts('Eliminar mensaje');
  const question = ana.page.getByRole('dialog', { name: '¿Eliminar este mensaje?' });
  await expect(question).toBeVisible();
  const others = [];
  for (const name of ['dora', 'eva', 'fito']) others.push(await Person.returning(browser, server, name));
  await expect(ana.announcements).toContainText('fito');
  await expect(question).toBeVisible();
  expect(await toasts()).toEqual([]);
  await question.getByRole('button', { name: 'Cancelar' }).click();
  await expect.poll(toasts).toEqual(['Entraron dora, eva y 1 más']);
  for (const { context } of others) await context.close();
});

test('the line stands at the lower left, takes neither the focus nor a click, and covers no control', async ({
  ana,
  carla,
}) => {
  await ana.composer.fill('Escribo ');
  await carla.identifies();
  const line = ana.page.locator('.swal2-toast');
  await expect(line).toContainText('carla@acme.com se conectó');
  await ana.page.keyboard.type('y sigo');
  await expect(ana.composer).toHaveValue('Escribo y sigo');
  await expect(line).toHaveCSS('pointer-events', 'none');
  const { width, height } = ana.page.viewportSize()!;
  const at = (await line.boundingBox())!;
  expect(at.x).toBeLessThan(width / 10);
  expect(at.y + at.height).toBeGreaterThan(height - 10);
  for (const control of await ana.page.locator('button, input, textarea, a').all()) {
    const other = await control.boundingBox();
    const meets =
      other &&
      other.x < at.x + at.width &&
      at.x < other.x + other.width &&
      other.y < at.y + at.height &&
      at.y < other.y + other.height;
    expect(meets ?? false, await control.innerText()).toBe(false);
  }
});

test('a yes that takes something away has another colour than one that saves', async ({ ana }) => {
  await ana.sends('Hola');
  await ana.acts('Eliminar mensaje');
  const yes = ana.page.getByRole('dialog').getByRole('button', { name: 'Eliminar' });
  const colour = (locator: typeof yes) => locator.evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await colour(yes)).not.toBe(await colour(ana.sendButton));
});
