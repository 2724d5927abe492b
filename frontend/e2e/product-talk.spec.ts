import { PHONE } from './devices.ts';
import { expect, test } from './lonja.ts';
import { journalOf, pastProduct } from './past.ts';

const at = '2026-03-02T09:00:00.000Z';

test.use({
  past: journalOf([
    pastProduct('carla@acme.com', at, { title: 'Calculadora', price: 345.67, code: 'CAL', stock: 15 }),
    pastProduct('carla@acme.com', at, { title: 'Regla', price: 2, code: 'REG', stock: 40 }),
  ]),
});

test('one sells by message from the phone, another changes prices at the desk, a third comes back and catches up', async ({
  beto: desk,
  comes,
}) => {
  const carla = await comes('carla');
  await carla.page.close();

  const shop = await comes('ana', PHONE);
  await shop.goesTo('messages');
  await shop.composer.fill('#CAL -3 venta\n#REG -10 venta');
  await expect(shop.centre.getByTestId('stock-preview').locator('p')).toHaveText([
    'Calculadora: 15 → 12',
    'Regla: 40 → 30',
  ]);
  await shop.composer.press('Enter');
  const sold = shop.rows.last().getByTestId('product-card');
  await expect(sold).toHaveText([/Calculadora[^]*15 → 12 · venta/, /Regla[^]*40 → 30 · venta/]);

  // At the desk it is there at once, in the table and below the message.
  await expect(desk.cell('Calculadora', 'stock')).toContainText('12');
  await desk.typesInto('Calculadora', 'price', '329,90');
  await expect(sold.first()).toHaveText(/345,67\s+→\s+329,90/);
  await expect(desk.rows.last().getByTestId('product-card').first()).toHaveText(/345,67\s+→\s+329,90/);

  // More than there are: nothing is sold, of neither, and the text stays.
  await shop.composer.fill('#REG -1 venta\n#CAL -13 venta');
  await shop.composer.press('Enter');
  await expect(shop.centre.getByTestId('stock-preview')).toContainText('Calculadora: quedan 12');
  await expect(shop.composer).toHaveValue('#REG -1 venta\n#CAL -13 venta');
  await desk.sends('@carla te toca pedir #CAL');

  const back = await comes('carla');
  await back.page.getByTestId('since-visit').getByRole('button', { name: 'Ver' }).click();
  const panel = back.page.getByTestId('catch-up');
  await expect(panel.getByTestId('past-changed')).toContainText(/345,67 ?→ ?329,90/);
  await expect(panel.getByTestId('past-changed')).toContainText(/15 ?→ ?12/);
  await expect(panel.getByTestId('past-changed')).toContainText(/40 ?→ ?30/);
  await expect(panel.getByTestId('past-mentions')).toContainText('te toca pedir #CAL');
  await panel.getByTestId('mark-seen').click();
  await expect(back.page.getByTestId('since-visit')).toHaveCount(0);
});
