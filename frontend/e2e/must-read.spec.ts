import { expect, test } from './lonja.ts';

test('a message that somebody must read stays on top until it was, and its author sees who has not', async ({
  ana,
  beto,
}) => {
  await beto.sends('aquí estoy');
  await expect(ana.texts).toHaveText(['aquí estoy']);
  await ana.composer.fill('mañana cerramos a las dos');
  await ana.page.getByTestId('must-read-menu').click();
  await ana.page.getByRole('checkbox', { name: beto.email }).check();
  await ana.page.keyboard.press('Escape');
  await ana.composer.press('Enter');

  const note = beto.page.getByTestId('must-read');
  await expect(note).toContainText('mañana cerramos a las dos');
  await expect(ana.rows.last().getByTestId('read-state')).toHaveText('Debe leerse · falta: beto@acme.com');
  await expect(ana.page.getByTestId('must-read')).toHaveCount(0);
  // It is older than what a page loads, and waits all the same.
  await beto.reload();
  const phone = await beto.inAnotherTab();
  await expect(phone.page.getByTestId('must-read')).toContainText('mañana cerramos');

  await note.getByRole('button', { name: 'Enterado' }).click();
  await expect(note).toHaveCount(0);
  await expect(phone.page.getByTestId('must-read')).toHaveCount(0);
  await expect(ana.rows.last().getByTestId('read-state')).toHaveText('Debe leerse · todos enterados');
  // The next message is an ordinary one.
  await ana.sends('y nada más');
  await expect(beto.texts.last()).toHaveText('y nada más');
  await expect(note).toHaveCount(0);
});
