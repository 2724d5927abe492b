import { expect, test } from './lonja.ts';
import { expectToFit } from './page-width.ts';
import { pastProduct, journalOf, pastMessage } from './past.ts';

const LONG = 'Otorrinolaringología'.repeat(6);
const AT = '2026-03-09T14:05:07.000Z';

test.use({
  viewport: { width: 360, height: 740 },
  past: journalOf([
    pastProduct('ana@acme.com', AT, {
      title: LONG,
      price: 1_000_000_000,
      code: LONG.slice(0, 64),
      category: LONG.slice(0, 100),
    }),
    pastProduct('beto@acme.com', AT, { title: 'Calculadora', price: 234.56, stock: 1_000_000_000 }),
    pastMessage(`${'b'.repeat(60)}@${'acme'.repeat(12)}.com`, AT, `${LONG}${LONG}`),
    pastMessage('ana@acme.com', AT, 'Una palabra corta'),
  ]),
});

test('the board, the conversation and the list of people fit the width of a phone, in both languages', async ({
  ana,
  beto,
}) => {
  await expect(ana.products).toHaveCount(2);
  await expect(ana.messages).toHaveCount(2);
  await expectToFit(ana.page);
  await ana.chooses('language', 'en');
  await expectToFit(ana.page);
  await ana.page.getByRole('button', { name: 'Who is here' }).click();
  await expect(ana.page.getByRole('dialog', { name: 'Who is here' })).toContainText(beto.email);
  await expectToFit(ana.page);
});

test('what a visitor sees fits the width of a phone', async ({ carla }) => {
  await expectToFit(carla.page);
  await carla.page.getByRole('button', { name: 'Entrar al centro de mensajes' }).click();
  await expect(carla.identification).toBeInViewport();
  await carla.identifies('carla');
  await expect(carla.identification).toContainText('Ingrese un email válido');
  await expectToFit(carla.page);
});

test('the unfolded form and its errors fit the width of a phone', async ({ ana }) => {
  await ana.types({ title: '', price: 'caro', picture: LONG, category: LONG, stock: '1,5' });
  await ana.form.getByRole('button', { name: 'Crear producto' }).click();
  await expect(ana.form).toContainText('Escriba un número entero');
  await expectToFit(ana.page);
});

test('every dialog fits the width of a phone', async ({ ana }) => {
  await ana.edits(LONG);
  await expectToFit(ana.page);
  await ana.page.keyboard.press('Escape');
  await ana.entersPieces('Calculadora', 3);
  await expectToFit(ana.page);
  await ana.page.keyboard.press('Escape');
  await ana.page.getByRole('button', { name: `Eliminar ${LONG}` }).click();
  await expect(ana.page.getByRole('dialog')).toContainText('¿Eliminar');
  await expectToFit(ana.page);
});

test('a conflict fits the width of a phone', async ({ ana, beto }) => {
  for (const person of [ana, beto]) await person.edits('Calculadora');
  await ana.field('Título', ana.editor).fill(LONG);
  await ana.saves();
  await expect(ana.editor).toBeHidden();
  await beto.field('Título', beto.editor).fill(`${LONG}!`);
  await beto.saves();
  await expect(beto.editor).toContainText('Otra persona cambió lo mismo');
  await expectToFit(beto.page);
});

test('a page without connection fits the width of a phone', async ({ ana, server }) => {
  await server.stop();
  await expect(ana.page.getByText('Sin conexión con el servidor')).toBeVisible();
  await ana.sends(LONG);
  await expect(ana.centre).toContainText('esperando conexión');
  await expectToFit(ana.page);
});
