import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Person } from './person.ts';
import { expect, test } from './lonja.ts';
import { pastProduct, journalOf, pastMessage } from './past.ts';

/** In dark only the colours are other ones. */
async function expectAccessible({ page }: Person, ...except: readonly string[]): Promise<void> {
  await inColours(page, 'light');
  await expectNoViolations(new AxeBuilder({ page }).disableRules([...except]));
  await inColours(page, 'dark');
  await expectNoViolations(new AxeBuilder({ page }).withRules('color-contrast'));
}

/** Some colours only get there by a transition, however short. */
async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(found).toEqual([]);
}

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
    await ana.page.getByTestId('language').getByRole('button').click();
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
    await ana.entersPieces('Escuadra', 50);
    await expect(ana.stockMover.getByRole('alert')).toBeVisible();
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
