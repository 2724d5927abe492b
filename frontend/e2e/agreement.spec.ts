import { expect, test } from './lonja.ts';

test('somebody says with the keyboard to have understood, and everybody sees who', async ({ ana, beto, server }) => {
  await ana.sends('Hoy cerramos a las 6');
  const control = { name: 'Enterado: mensaje de ana@acme.com' };
  await expect(beto.messagesWith('Hoy cerramos a las 6')).toBeVisible();
  await beto.composer.press('ArrowUp');
  await expect(beto.rows.last()).toBeFocused();
  await expect(beto.centre.getByRole('button', control)).toBeVisible();
  await beto.page.keyboard.press('a');
  for (const person of [ana, beto]) {
    await expect(person.centre.getByRole('img', { name: 'Enterados: beto@acme.com' })).toHaveText('✓ 1');
    await expect(person.centre.getByRole('button', control)).toHaveCount(0);
    expect(await person.messages.innerText()).toMatch(/ : Hoy cerramos a las 6$/);
  }
  await server.restart();
  await ana.reload();
  await expect(ana.centre.getByRole('img', { name: 'Enterados: beto@acme.com' })).toBeVisible();
  const when = /\[.*?\]/.exec(await ana.messages.innerText())?.[0];
  expect(server.lines('chat.txt')[1]).toMatch(/^beto@acme\.com \[.*\] : ✓ \[/);
  expect(server.lines('chat.txt')[1]).toContain(`: ✓ ${when}`);
});
