import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { applyRecords } from '../../test/apply-records.js';
import { PROVEN } from '../../test/proven.js';
import { TestServer } from '../../test/server.js';
import { LIMITS, type RecordType, type Stored } from './index.js';

/** What there is beforehand: a message and a product of Ana’s, and a message of Beto’s. */
interface Stage {
  readonly ana: Client;
  readonly admin: Client;
  readonly message: number;
  readonly others: number;
  readonly product: number;
  /** A product that was removed. */
  readonly gone: number;
}

/** Something that makes a record of each type. A type that is forgotten here does not compile. */
const DEEDS: Record<RecordType, (stage: Stage) => Promise<Stored>> = {
  'message-posted': ({ ana }) => ana.do('chat:send', { text: 'nuevo' }),
  'message-edited': ({ ana, message }) => ana.do('chat:edit', { message, text: 'corregido' }),
  'message-deleted': ({ ana, message }) => ana.do('chat:delete', { message }),
  'message-agreed': ({ ana, others }) => ana.do('chat:agree', { message: others }),
  'message-pinned': ({ ana, others }) => ana.do('chat:pin', { message: others, pinned: true }),
  'product-added': ({ ana }) => ana.do('product:add', { title: 'Plato', price: 5, code: 'P', stock: 3 }),
  'product-changed': ({ ana, product }) =>
    ana.do('product:change', { product, base: product, fields: { title: 'Tacita', thumbnail: '' } }),
  'product-removed': ({ ana, product }) => ana.do('product:remove', { product }),
  'product-restored': ({ ana, gone }) => ana.do('product:restore', { product: gone }),
  'member-access-set': ({ admin }) => admin.do('member:access', { member: 'carla@acme.com', access: 'reader' }),
  'member-profiled': ({ ana }) => ana.do('member:profile', { name: 'Ana', colour: 3 }),
  'stock-moved': ({ ana, product }) => ana.do('stock:move', { product, delta: -2, note: 'rotura' }),
};

/** So a page can keep its state: a snapshot with the records after it is the later snapshot. */
describe('a snapshot and the records after it', () => {
  let server: TestServer;
  let beto: Client;
  let stage: Stage;
  beforeEach(async () => {
    server = await TestServer.start(PROVEN);
    const ana = await server.join('ana@acme.com');
    beto = await server.connect('beto@acme.com');
    const others = await beto.do('chat:send', { text: 'de otro' });
    const message = await ana.do('chat:send', { text: 'hola' });
    const product = await ana.do('product:add', { title: 'Taza', price: 3, thumbnail: 'https://acme.com/a', stock: 5 });
    const gone = await beto.do('product:add', { title: 'Vaso', price: 2, code: 'V', stock: 4 });
    await beto.do('product:add', { title: 'Jarra', price: 9 });
    await beto.do('product:remove', { product: gone.n });
    const admin = await server.connect('root@acme.com');
    stage = { ana, admin, message: message.n, others: others.n, product: product.n, gone: gone.n };
  });
  afterEach(() => server.end());

  it.each(Object.entries(DEEDS))('are the snapshot after %s', async (type, deed) => {
    const before = await beto.snapshot();

    const { n } = await deed(stage);

    expect(await beto.waitForRecord(n)).toMatchObject({ type });
    const after = await beto.snapshot();
    expect(applyRecords(before, beto.received)).toEqual(after);
    expect(after).not.toEqual({ ...before, n });
  });

  it('are the snapshot after one of each, also when they arrive one by one', async () => {
    const before = await beto.snapshot();
    for (const deed of Object.values(DEEDS)) {
      await deed(stage);
      // Deleted things cannot be changed: the next action has its own message and product.
      const message = await stage.ana.do('chat:send', { text: 'otro' });
      const product = await stage.ana.do('product:add', { title: 'Otra', price: 1, stock: 2 });
      const others = await beto.do('chat:send', { text: 'de otro' });
      stage = { ...stage, message: message.n, product: product.n, others: others.n };
    }
    const after = await beto.snapshot();

    expect(applyRecords(before, beto.received)).toEqual(after);
    expect(beto.received.reduce((held, record) => applyRecords(held, [record]), before)).toEqual(after);
  });

  it('are the snapshot after more messages than it shows', async () => {
    const before = await beto.snapshot();
    await Promise.all(
      Array.from({ length: LIMITS.snapshotMessages + 5 }, (_, index) =>
        stage.ana.do('chat:send', { text: `${index}` }),
      ),
    );
    await stage.ana.do('chat:delete', { message: stage.message });

    const after = await beto.snapshot();

    expect(applyRecords(before, beto.received)).toEqual(after);
    expect(after.more).toBe(true);
  });
});
