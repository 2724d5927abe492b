import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestServer } from './server.js';

export const ANA = 'ana@acme.com';
export const BETO = 'beto@acme.com';

/** The files of a folder, pictures not among them, in which a text stands, as `grep -ri` finds it. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true })).flatMap((each) => (each.isFile() ? [each.name] : []));
  const found = await Promise.all(
    names.map(async (name) => {
      const bytes = (await readFile(join(folder, name))).toString('latin1').toLowerCase();
      return bytes.includes(text) ? [name] : [];
    }),
  );
  return found.flat().sort();
}

/** Two members who do everything there is, to products and about each other. Returns the product's number. */
export async function liveTogether(server: TestServer): Promise<number> {
  const ana = await server.join(ANA);
  const beto = await server.join(BETO);
  const { n: product } = await ana.do('product:add', {
    title: 'Taza',
    price: 3,
    stock: 9,
    code: 'T-1',
    description: 'roja',
  });
  const { n: own } = await ana.do('chat:send', { text: 'secreto de ana', mustRead: [BETO] });
  await ana.do('chat:edit', { message: own, text: 'otro secreto' });
  await ana.do('chat:send', { text: '#T-1 -2 nota privada' });
  await ana.do('stock:move', { product, delta: -1, note: 'nota secreta' });
  await ana.do('product:change', { product, base: product, fields: { title: 'Taza grande' } });
  await ana.do('member:profile', { name: 'Ana García', colour: 3 });
  const { n: others } = await beto.do('chat:send', {
    text: 'pregunta a @ANA@acme.com, o @ana, no a juana@acme.com',
    mustRead: [ANA],
  });
  await beto.do('chat:send', { text: 'asunto de beto' });
  await ana.do('chat:agree', { message: others });
  await beto.do('chat:agree', { message: own });
  const { n: gone } = await ana.do('chat:send', { text: 'secreto borrado' });
  await ana.do('chat:delete', { message: gone });
  await ana.do('chat:pin', { message: own, pinned: true });
  await ana.query('mark:set', { n: own });
  await beto.query('mark:set', { n: others });
  await ana.query('follow:set', { follow: { on: { product }, price: true } });
  await beto.query('follow:set', { follow: { on: { product }, price: true } });
  await ana.do('product:change', { product, base: gone, fields: { price: 4 } });
  // The index is made when somebody asks it.
  await ana.query('search', { query: 'secreto', limit: 5 });
  return product;
}
