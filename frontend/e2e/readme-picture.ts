import { expect, type Browser, type BrowserContextOptions } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NOW, ZONE, morning } from './morning.ts';
import { journalOf, pastMessage, type PastRecord } from './past.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';

const folder = join(import.meta.dirname, '../../.github/images');

const at = (time: string) => `2026-03-09T${time}.000Z`;

/** What shows more of the conversation: products in it, as they are now, and pieces that go with a message. */
const SINCE: readonly PastRecord[] = [
  {
    type: 'message-posted',
    by: 'beto@acme.com',
    at: at('09:23:36'),
    moves: [{ product: 5, delta: -6, stock: 80, note: 'venta' }],
    text: '#LAP-12 -6 venta',
  },
  pastMessage('eva@acme.com', at('09:24:05'), '¡Vuelan! Mañana pido más'),
];

/**
 * Makes the picture of the README, always with the same people, products and words.
 * @param link of a drawing
 */
export async function readmePicture(browser: Browser, link: (name: string) => string): Promise<void> {
  const server = new Server(journalOf([...morning(link), ...SINCE]), ZONE);
  await server.start();
  const shared: BrowserContextOptions = { locale: 'es-ES', timezoneId: ZONE, reducedMotion: 'reduce' };
  /** Opens the page as somebody, with the clock of that morning. */
  const opens = async (name: string, options: BrowserContextOptions): Promise<Person> => {
    const person = await Person.returning(browser, server, name, { ...shared, ...options });
    await person.page.clock.setFixedTime(NOW);
    await person.reload();
    return person;
  };
  const desk = await opens('ana', { viewport: { width: 1440, height: 860 }, colorScheme: 'light' });
  const writer = await opens('beto', {});
  mkdirSync(folder, { recursive: true });
  // The notes about who has just come would be in the way.
  await expect(desk.toast).toHaveCount(0);
  await desk.page.mouse.click(1, 400);
  await writer.composer.pressSequentially('¡Hecho!');
  await expect(desk.centre).toContainText('está escribiendo');
  await expect(desk.products.locator('img')).toHaveCount(8);
  await desk.page.screenshot({ path: join(folder, 'board.png') });
  for (const person of [desk, writer]) await person.context.close();
  await server.dispose();
}
