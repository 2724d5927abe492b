import { expect, test } from './lonja.ts';

test('a message that somebody pins stands on top for everybody, until it is taken down', async ({
  ana,
  beto,
  server,
}) => {
  await ana.sends('Hoy cerramos a las 6');
  await beto.acts('Fijar el mensaje de ana@acme.com arriba');
  for (const person of [ana, beto]) {
    const pinned = person.centre.getByRole('region', { name: 'Mensaje fijado' });
    await expect(pinned).toContainText('Hoy cerramos a las 6');
  }
  await server.restart();
  await ana.reload();
  await ana.centre.getByRole('button', { name: 'Quitar de arriba' }).press('Enter');
  for (const person of [ana, beto]) {
    await expect(person.centre.getByRole('region', { name: 'Mensaje fijado' })).toHaveCount(0);
  }
  expect(server.lines('chat.txt')[1]).toMatch(/^beto@acme\.com \[.*\] : ▲ \[/);
});
