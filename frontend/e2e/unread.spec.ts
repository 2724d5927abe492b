import { expect, test } from './lonja.ts';
import type { Person } from './person.ts';

const icon = ({ page }: Person) => page.locator('link[rel="icon"]');

test('what comes while somebody looks away is counted in the tab, and stands below a line', async ({ ana, beto }) => {
  await beto.sends('Antes');
  await expect(ana.messagesWith('Antes')).toBeVisible();
  await ana.looksAway();
  for (const text of ['Uno', 'Dos', 'Tres']) await beto.sends(text);
  await expect(ana.page).toHaveTitle('(3) Lonja');
  await expect(icon(ana)).toHaveAttribute('href', /^data:image\/svg\+xml/);
  await expect(ana.newLine).toHaveText('Nuevos');
  await expect(ana.newLine.locator('xpath=following-sibling::*[1]')).toContainText('Uno');

  await ana.looksBack();
  await expect(ana.page).toHaveTitle('Lonja');
  await expect(icon(ana)).toHaveAttribute('href', 'favicon.svg');
  // It stays while one reads, and is gone when one has left and come back.
  await expect(ana.newLine).toBeVisible();
  await ana.looksAway();
  await ana.looksBack();
  await expect(ana.newLine).toHaveCount(0);
});

test('what comes while somebody reads is not new, nor what one says oneself', async ({ ana, beto }) => {
  await beto.sends('Hola');
  await expect(ana.messagesWith('Hola')).toBeVisible();
  await ana.sends('¿Qué tal?');
  await expect(beto.messagesWith('¿Qué tal?')).toBeVisible();
  await beto.looksAway();
  await beto.sends('Bien');
  for (const person of [ana, beto]) {
    await expect(person.messagesWith('Bien')).toBeVisible();
    await expect(person.page).toHaveTitle('Lonja');
    await expect(person.newLine).toHaveCount(0);
  }
});

test('who comes back after a reload, or at another device, goes on where he left', async ({
  ana,
  beto,
  comes,
  server,
}) => {
  await beto.sends('Leído');
  await expect(ana.messagesWith('Leído')).toBeVisible();
  // How far she read is on the server, a second later at most.
  await ana.looksAway();
  await expect.poll(() => server.marks()['ana@acme.com']).toBe(1);
  await ana.page.close();
  for (let more = 1; more <= 40; more++) await beto.sends(`Nuevo ${more}`);
  await expect(beto.messagesWith('Nuevo 40')).toBeVisible();
  await server.restart();

  const phone = await comes('ana');
  await expect(phone.newLine).toBeInViewport();
  await expect(phone.messagesWith('Nuevo 1')).toBeInViewport();
  await expect(phone.page).toHaveTitle('(40) Lonja');
  await phone.page.getByTestId('to-newest').click();
  await expect(phone.messagesWith('Nuevo 40')).toBeInViewport();
  await expect(phone.page).toHaveTitle('Lonja');
  await expect.poll(() => server.marks()['ana@acme.com']).toBe(41);
});

test('what is read at one device is read at the other', async ({ ana, beto, comes }) => {
  await beto.sends('Antes');
  await expect(ana.messagesWith('Antes')).toBeVisible();
  const phone = await comes('ana');
  for (const person of [ana, phone]) await person.looksAway();
  await beto.sends('Después');
  for (const person of [ana, phone]) await expect(person.page).toHaveTitle('(1) Lonja');
  await ana.looksBack();
  await expect(phone.page).toHaveTitle('Lonja');
});
