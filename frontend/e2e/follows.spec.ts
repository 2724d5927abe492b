import { expectAccessible } from './accessible.ts';
import { expect, test } from './lonja.ts';

test('who follows a product is alerted once when few are left, and finds it in the list until it was seen', async ({
  ana,
  beto,
}) => {
  await beto.adds({ title: 'Té', price: '3', category: 'Bebidas', stock: '10' });
  await ana.edits('Té');
  await ana.editor.getByTestId('follow').click();
  const rules = ana.page.getByRole('dialog', { name: 'Seguir' });
  await rules.getByRole('spinbutton', { name: 'Piezas' }).fill('8');
  await rules.getByRole('checkbox', { name: 'Quedan menos de' }).check();
  await expectAccessible(ana);
  await ana.page.keyboard.press('Escape');
  // Only the question has closed.
  await expect(rules).toBeHidden();
  await expect(ana.editor.getByRole('button', { name: 'Seguir (ya lo sigue)' })).toBeVisible();
  await ana.editor.getByRole('button', { name: 'Cerrar' }).click();

  await ana.composer.focus();
  await beto.typesStock('Té', '-3');
  await beto.givesReason();
  const note = ana.page.getByTestId('alert-note');
  await expect(note).toContainText('Té: quedan 7 (había 10)');
  await expect(ana.composer).toBeFocused();
  await expect(ana.page.getByTestId('alerts-count')).toHaveText('1');
  await expect(beto.page.getByTestId('alerts')).toHaveCount(0);
  await expectAccessible(ana);

  const phone = await ana.inAnotherTab();
  await expect(phone.page.getByTestId('alerts-count')).toHaveText('1');
  await ana.page.getByTestId('alerts').click();
  await expect(ana.page.getByTestId('alert-list')).toContainText('Té: quedan 7 (había 10)');
  await expect(ana.page.getByTestId('follow-list')).toContainText('Quedan menos de 8');
  await expectAccessible(ana);
  await expect(phone.page.getByTestId('alerts-count')).toHaveCount(0);

  // The same state is told once.
  await beto.typesStock('Té', '-1');
  await beto.givesReason();
  await expect(ana.product('Té').locator('[data-column="stock"]')).toContainText('6');
  await expect(ana.page.getByTestId('alert-list').getByRole('listitem')).toHaveCount(1);
  await ana.page.getByTestId('alert-list').getByRole('button').click();
  await expect(ana.editor).toBeVisible();
});

test('who follows a category is alerted of what is in it, and stops in the list', async ({ ana, beto }) => {
  await beto.adds({ title: 'Té', price: '3', category: 'Bebidas', stock: '10' });
  await ana.page.getByTestId('category-filter').selectOption('Bebidas');
  await ana.page.locator('app-board-filters').getByTestId('follow').click();
  await ana.page.getByRole('dialog', { name: 'Seguir' }).getByRole('checkbox', { name: 'Cambia el precio' }).check();
  await ana.page.keyboard.press('Escape');

  await beto.typesInto('Té', 'price', '4');
  await expect(ana.page.getByTestId('alert-note')).toContainText('Té: 3,00 → 4,00');
  await ana.page.getByTestId('alerts').click();
  await ana.page.getByRole('button', { name: 'Dejar de seguir Categoría Bebidas' }).click();
  await expect(ana.page.getByTestId('follow-list')).toHaveText('No sigue nada');
  await beto.typesInto('Té', 'price', '5');
  await expect(ana.product('Té')).toContainText('5,00');
  await expect(ana.page.getByTestId('alert-list').getByRole('listitem')).toHaveCount(1);
});
