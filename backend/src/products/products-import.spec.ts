import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Data, Payload } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

/** Lines of a CSV file. */
const LINES = 3_000;
/** Commands that the page has in flight. */
const PAGE_WINDOW = 32;

describe('an import of three thousand lines over one connection', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    // Several imports in a row, faster than one who imports for real.
    server = await TestServer.start({ RATE_LIMITS: 'no' });
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  /** Sends them in their order, each naming the one before while that is in flight. */
  async function submit<Name extends 'product:add' | 'product:change' | 'product:remove' | 'product:restore'>(
    name: Name,
    payloads: readonly Omit<Payload<Name>, 'id' | 'after'>[],
    window: number,
  ): Promise<Data<Name>[]> {
    const commands = payloads.map((payload) => ({ ...payload, id: randomUUID() }));
    const answers: Promise<Data<Name>>[] = [];
    for (const [index, command] of commands.entries()) {
      if (index >= window) await answers[index - window];
      const after = index > 0 ? { after: commands[index - 1]!.id } : {};
      answers.push(ana.do(name, { ...command, ...after } as Parameters<typeof ana.do<Name>>[1]));
    }
    return Promise.all(answers);
  }
  const lines = Array.from({ length: LINES }, (_, index) => ({
    title: `Producto ${index} con un nombre como los de un catálogo`,
    price: index,
    code: `C-${index}`,
    category: `Categoría ${index % 20}`,
    description: 'x'.repeat(200),
    stock: 5,
  }));
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it('is stored in its order, as the page sends it, and nothing is refused', async () => {
    const added = await submit('product:add', lines, PAGE_WINDOW);
    const changes = added.map(({ n }) => ({ product: n, base: n, fields: { price: 1 } }));
    const changed = await submit('product:change', changes, PAGE_WINDOW);

    expect([...added, ...changed].map(({ n }) => n)).toEqual(numbers(2 * LINES));
  });

  it('is stored in its order when it is sent all at once, and can be undone as a whole', async () => {
    const added = await submit('product:add', lines, LINES);
    const products = added.map(({ n }) => ({ product: n }));
    const removed = await submit('product:remove', products, LINES);
    const restored = await submit('product:restore', products, LINES);

    expect([...added, ...removed, ...restored].map(({ n }) => n)).toEqual(numbers(3 * LINES));
    await beto.waitForRecord(3 * LINES);
    expect(beto.received.map(({ n }) => n)).toEqual(numbers(3 * LINES));
    expect((await beto.snapshot()).products.map(({ id }) => id)).toEqual(numbers(LINES));
  });
});
