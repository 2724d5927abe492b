import { expect, type Browser, type BrowserContextOptions } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NOW, ZONE, morning } from './morning.ts';
import { journalOf } from './past.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';

const folder = join(import.meta.dirname, '../../.github/images');

/**
 * Makes the picture of the README, always with the same people, products and words.
 * @param link of a drawing
 */
export async function readmePicture(browser: Browser, link: (name: string) => string): Promise<void> {
  const server = new Server(journalOf(morning(link)), ZONE);
  await server.start();
  const shared: BrowserContextOptions = { locale: 'es-ES', timezoneId: ZONE, reducedMotion: 'reduce' };
  /** Opens the page as somebody, with the clock of that morning. */
  const opens = async (name: string, options: BrowserContextOptions): Promise<Person> => {
    const person = await Person.returning(browser, server, name, { ...shared, ...options });
    await person.page.clock.setFixedTime(NOW);
    await person.reload();
    return person;
  };
  const desk = await opens('ana', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const writer = await opens('beto', {});
  mkdirSync(folder, { recursive: true });
  // The notes about who has just come would be in the way.
  await expect(desk.toast).toHaveCount(0);
  await desk.page.mouse.click(1, 400);
  await writer.composer.pressSequentially('¡Gracias!');
  await expect(desk.centre).toContainText('está escribiendo');
  await expect(desk.products.locator('img')).toHaveCount(8);
  await desk.page.screenshot({ path: join(folder, 'board.png') });
  for (const person of [desk, writer]) await person.context.close();
  await server.dispose();
}
