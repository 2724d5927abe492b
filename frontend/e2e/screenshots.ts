/**
 * Makes the pictures of the README, from the built application, always with the same people, products and words:
 *
 *     npm run build && npm exec -- node frontend/e2e/screenshots.ts
 */
import { chromium, expect, type BrowserContextOptions } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import config from '../playwright.config.ts';
import { pastProduct, journalOf, pastMessage, type PastRecord } from './past.ts';
import { Person } from './person.ts';
import { servePictures } from './pictures.ts';
import { Server } from './server.ts';

const folder = join(import.meta.dirname, '../../.github/images');
const zone = 'Europe/Madrid';
/** In that zone it is 10:24 of a Monday. */
const NOW = '2026-03-09T09:24:30.000Z';

const [ana, beto, eva] = ['ana@acme.com', 'beto@acme.com', 'eva@acme.com'] as const;
const at = (time: string) => `2026-03-09T${time}.000Z`;

function morning(link: (name: string) => string): PastRecord[] {
  const product = (
    by: string,
    time: string,
    fields: Parameters<typeof pastProduct>[2] & { picture: string },
  ): PastRecord => {
    const { picture, ...rest } = fields;
    return pastProduct(by, at(time), { ...rest, thumbnail: link(picture) });
  };
  return [
    product(ana, '07:40:11', {
      title: 'Escuadra',
      price: 123.45,
      code: 'ESC',
      category: 'Geometría',
      stock: 40,
      picture: 'escuadra',
    }),
    product(ana, '07:41:52', {
      title: 'Calculadora',
      price: 234.56,
      code: 'CAL',
      category: 'Electrónica',
      stock: 25,
      picture: 'calculadora',
    }),
    product(ana, '07:43:20', {
      title: 'Globo terráqueo',
      price: 345.67,
      code: 'GLO',
      category: 'Geografía',
      stock: 12,
      picture: 'globo',
    }),
    product(beto, '07:58:04', {
      title: 'Cuaderno A4',
      price: 3.9,
      code: 'CUA-A4',
      category: 'Papelería',
      stock: 320,
      picture: 'cuaderno',
    }),
    product(beto, '08:01:37', {
      title: 'Lápices',
      price: 7.25,
      code: 'LAP-12',
      category: 'Dibujo',
      stock: 86,
      picture: 'lapices',
    }),
    product(eva, '08:10:45', {
      title: 'Papel 80 g',
      price: 5.2,
      code: 'PAP-80',
      category: 'Papelería',
      stock: 6,
      picture: 'papel',
    }),
    product(eva, '08:12:08', {
      title: 'Tijeras',
      price: 4.75,
      code: 'TIJ',
      category: 'Taller',
      stock: 54,
      picture: 'tijeras',
    }),
    pastMessage(beto, at('09:02:13'), '¡Buenos días! ¿Cuánto papel nos queda?'),
    pastMessage(eva, at('09:03:40'), 'Seis paquetes. Ya pedí dos cajas, llegan el miércoles'),
    pastMessage(ana, at('09:05:07'), 'Perfecto. Hoy viene el colegio a por diez calculadoras'),
    { type: 'stock-moved', by: beto, at: at('09:11:26'), product: 2, delta: -10, stock: 15, note: 'Colegio San José' },
    pastMessage(beto, at('09:12:02'), '¡Apartadas! Nos quedan 15'),
    pastMessage(ana, at('09:13:55'), 'Gracias. Les preparo la factura y se la llevan a las once'),
    { type: 'product-changed', by: eva, at: at('09:18:31'), product: 3, fields: { price: 329.9 } },
    pastMessage(eva, at('09:19:15'), 'Bajé el globo terráqueo a 329,90 hasta el viernes'),
    product(ana, '09:22:48', {
      title: 'Mochila',
      price: 39.5,
      code: 'MOC',
      category: 'Colegio',
      stock: 18,
      picture: 'mochila',
    }),
    pastMessage(beto, at('09:20:44'), '¡Bien! Lo pongo en el escaparate'),
    pastMessage(ana, at('09:23:09'), 'Y acaban de entrar las mochilas, ya están en la pizarra'),
  ];
}

const { server: pictures, link } = await servePictures();
const server = new Server(journalOf(morning(link)), zone);
await server.start();
const browser = await chromium.launch(config.use?.launchOptions);
const shared: BrowserContextOptions = { locale: 'es-ES', timezoneId: zone, reducedMotion: 'reduce' };

/** Opens the page as somebody, with the clock of that morning. */
async function opens(name: string, options: BrowserContextOptions): Promise<Person> {
  const person = await Person.returning(browser, server, name, { ...shared, ...options });
  await person.page.clock.setFixedTime(NOW);
  await person.reload();
  return person;
}

const [desk, writer, phone] = [
  await opens('ana', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }),
  await opens('beto', {}),
  await opens('eva', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }),
];
mkdirSync(folder, { recursive: true });
// The notes about who has just come would be in the way.
for (const person of [desk, phone]) await expect(person.toast).toHaveCount(0);
await desk.page.mouse.click(1, 400);
await writer.composer.pressSequentially('¡Gracias!');
for (const person of [desk, phone]) await expect(person.centre).toContainText('está escribiendo');
await expect(desk.products.locator('img')).toHaveCount(8);
await desk.page.screenshot({ path: join(folder, 'board.png') });
await phone.page.screenshot({ path: join(folder, 'phone.png') });

await browser.close();
await server.dispose();
pictures.close();
