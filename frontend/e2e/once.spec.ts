import { expect, test } from './lonja.ts';
import { maxOccurrences } from './max-occurrences.ts';
import type { Server } from './server.ts';

const posted = (server: Server, text: string) =>
  server.lines('journal.jsonl').filter((line) => line.includes(`"text":${JSON.stringify(text)}`)).length;

test('nobody sees a message twice, not even for a moment', async ({ ana, beto }) => {
  const most = [await maxOccurrences(ana, 'Hola'), await maxOccurrences(beto, 'Hola')];
  await ana.sends('Hola');
  for (const person of [ana, beto]) await expect(person.texts).toHaveText(['Hola']);
  // When a later message is there, everything about the first has arrived.
  await beto.sends('Adiós');
  for (const person of [ana, beto]) await expect(person.texts).toHaveText(['Hola', 'Adiós']);
  expect(await Promise.all(most.map((count) => count()))).toEqual([1, 1]);
});

test('a message whose acknowledgement is lost is there once', async ({ ana, beto, server }) => {
  // From here on nothing of what the server says reaches Ana, until the connection breaks.
  let deaf = false;
  await ana.page.routeWebSocket(/socket\.io/, (page) => {
    const wire = page.connectToServer();
    wire.onMessage((message) => {
      if (!deaf) page.send(message);
    });
  });
  await ana.reload();
  const most = await maxOccurrences(ana, 'Hola');
  deaf = true;
  await ana.sends('Hola');
  await expect(beto.texts).toHaveText(['Hola']);
  await expect(ana.centre).toContainText('enviando…');
  await server.stop('SIGKILL');
  await expect(ana.status).toHaveText('Offline');
  deaf = false;
  await server.start();
  await beto.sends('Adiós');
  for (const person of [ana, beto]) {
    await expect(person.texts).toHaveText(['Hola', 'Adiós']);
    await expect(person.messagesWith('Hola')).toHaveCount(1);
  }
  expect(await most()).toBe(1);
  expect(posted(server, 'Hola')).toBe(1);
});

test('a message that is sent while the server is killed is there once', async ({ ana, beto, server }) => {
  const most = [await maxOccurrences(ana, 'Tres'), await maxOccurrences(beto, 'Tres')];
  for (const text of ['Uno', 'Dos', 'Tres']) {
    await ana.sends(text);
    await server.restart('SIGKILL');
  }
  for (const person of [ana, beto]) {
    await expect(person.texts).toHaveText(['Uno', 'Dos', 'Tres']);
    await expect(person.centre).not.toContainText('enviando…');
  }
  expect(await Promise.all(most.map((count) => count()))).toEqual([1, 1]);
  for (const text of ['Uno', 'Dos', 'Tres']) expect(posted(server, text)).toBe(1);
});

test('a product that is created while the server is killed is there once', async ({ ana, beto, server }) => {
  await ana.types({ title: 'Escuadra', price: '123,45' });
  await ana.field('Título').press('Enter');
  await server.restart('SIGKILL');
  for (const person of [ana, beto]) {
    await expect(person.status).toHaveText('Online');
    await expect(person.products).toHaveCount(1);
    await expect(person.product('Escuadra')).toBeVisible();
    await expect(person.page.getByTestId('waiting')).toHaveCount(0);
  }
});
