import { expect, test } from './lonja.ts';
import { journalOf, pastProduct } from './past.ts';
import type { Person } from './person.ts';
import { recordTexts, TOAST } from './recorded-texts.ts';

test('who comes while a question is open is said when that is answered, in one line', async ({ ana, comes }) => {
  await ana.sends('Hola');
  const toasts = await recordTexts(ana, TOAST);
  await ana.acts('Eliminar mensaje');
  const question = ana.page.getByRole('dialog', { name: '¿Eliminar este mensaje?' });
  await expect(question).toBeVisible();
  for (const name of ['dora', 'eva', 'fito']) await comes(name);
  await expect(ana.announcements).toContainText('fito');
  await expect(question).toBeVisible();
  expect(await toasts()).toEqual([]);
  await question.getByRole('button', { name: 'Cancelar' }).click();
  await expect.poll(toasts).toEqual(['Entraron dora, eva y 1 más']);
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
  expect(await coveredByLine(ana)).toEqual([]);
});

/** What has something to press at the lower edge of a phone. */
const ON_A_PHONE: Readonly<Record<string, (ana: Person) => Promise<void>>> = {
  board: (ana) => ana.goesTo('products'),
  conversation: (ana) => ana.goesTo('messages'),
  'new product': (ana) => ana.page.getByTestId('new-product').click(),
  product: (ana) => ana.edits('Escuadra'),
  dialog: async (ana) => {
    await ana.goesTo('account');
    await ana.page.getByRole('button', { name: 'Sesiones' }).click();
  },
};

test.describe('on a phone', () => {
  test.use({
    viewport: { width: 360, height: 740 },
    past: journalOf(
      Array.from({ length: 30 }, (_, k) =>
        pastProduct('beto@acme.com', '2026-03-09T14:05:07.000Z', {
          title: k === 0 ? 'Escuadra' : `Pieza ${k}`,
          price: k + 1,
          stock: 5,
        }),
      ),
    ),
  });
  for (const [name, opens] of Object.entries(ON_A_PHONE)) {
    test(`the line covers no control: ${name}`, async ({ ana, comes }) => {
      await opens(ana);
      await comes('dora');
      await expect(ana.page.locator('.swal2-toast')).toContainText('dora');
      expect(await coveredByLine(ana)).toEqual([]);
    });
  }
});

/** The controls right under the line, which lets everything through. In one go: it does not stay long. */
function coveredByLine({ page }: Person): Promise<string[]> {
  return page.locator('.swal2-toast').evaluate((line) => {
    const { left, right, top, bottom } = line.getBoundingClientRect();
    const covered = new Set<Element>();
    for (let x = left + 1; x < right; x += 4) {
      for (let y = top + 1; y < bottom; y += 4) {
        const control = document.elementFromPoint(x, y)?.closest('button, input, textarea, select, a');
        if (control) covered.add(control);
      }
    }
    return [...covered].map(({ outerHTML }) => outerHTML);
  });
}

test('a yes that takes something away has another colour than one that saves', async ({ ana }) => {
  await ana.sends('Hola');
  await ana.acts('Eliminar mensaje');
  const yes = ana.page.getByRole('dialog').getByRole('button', { name: 'Eliminar' });
  const colour = (locator: typeof yes) => locator.evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await colour(yes)).not.toBe(await colour(ana.sendButton));
});
