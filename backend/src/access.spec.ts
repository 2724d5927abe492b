import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import { randomUUID } from 'node:crypto';
import type { Client } from '../test/client.js';
import { PROVEN } from '../test/proven.js';
import { TestServer } from '../test/server.js';
import type { Ack, RefusalCode, RequestName } from './contract/index.js';

const EVERYBODY = ['nobody', 'reader', 'author', 'other', 'admin', 'removed', 'visitor'] as const;
/** `author` wrote the message that it is about; a `visitor` is nobody where e-mails are believed; `removed` was here before. */
type Who = (typeof EVERYBODY)[number];
type May = Readonly<Record<Who, 'ok' | RefusalCode>>;

const OUTSIDE = { nobody: 'UNIDENTIFIED', removed: 'UNIDENTIFIED' } as const;
const INSIDE = { reader: 'ok', author: 'ok', other: 'ok', admin: 'ok' } as const;
/** To read something. */
const READ: May = { ...OUTSIDE, ...INSIDE, visitor: 'ok' };
/** What is one's own, such as marks. */
const OWN: May = { ...OUTSIDE, ...INSIDE, visitor: 'UNIDENTIFIED' };
/** To change something. */
const WRITE: May = { ...OWN, reader: 'FORBIDDEN' };

/** What an event is about: made anew for each try. */
interface Stage {
  readonly message: number;
  readonly product: number;
  readonly gone: number;
  readonly who: Who;
}
interface Row {
  readonly may: May;
  readonly payload: (stage: Stage) => object;
}
const row = (may: May, payload: Row['payload']): Row => ({ may, payload });

/** Every event there is: one that is forgotten does not compile. */
const EVENTS: Record<RequestName, Row> = {
  'feed:join': row(READ, () => ({ cursor: null })),
  'chat:history': row(READ, () => ({ before: 1, limit: 1 })),
  'product:history': row(READ, ({ product }) => ({ product, limit: 1 })),
  'products:page': row(READ, () => ({ after: 0 })),
  'product:timeline': row(READ, ({ product }) => ({ product, limit: 1 })),
  'product:then': row(READ, ({ product }) => ({ of: [{ product, n: product }] })),
  'product:unread': row(OWN, () => ({ after: 0 })),
  search: row(READ, () => ({ query: 'hola', limit: 1 })),
  'catch-up': row(READ, () => ({ from: { n: 0 } })),
  'board:at': row(READ, ({ product }) => ({ at: { n: product }, after: 0, limit: 1 })),
  'mark:set': row(OWN, () => ({ n: 1 })),
  'follow:set': row(OWN, ({ product }) => ({ follow: { on: { product }, price: true } })),
  'alerts:seen': row(OWN, () => ({ n: 1 })),
  'chat:typing': row(WRITE, () => ({})),
  'chat:send': row(WRITE, () => ({ id: randomUUID(), text: 'hola' })),
  'chat:edit': row({ ...WRITE, other: 'FORBIDDEN', admin: 'FORBIDDEN' }, ({ message }) => {
    return { id: randomUUID(), message, text: 'otra cosa' };
  }),
  'chat:delete': row({ ...WRITE, other: 'FORBIDDEN' }, ({ message }) => ({ id: randomUUID(), message })),
  'chat:agree': row({ ...WRITE, author: 'FORBIDDEN' }, ({ message }) => ({ id: randomUUID(), message })),
  'chat:pin': row(WRITE, ({ message }) => ({ id: randomUUID(), message, pinned: true })),
  'product:add': row(WRITE, () => ({ id: randomUUID(), title: 'Taza', price: 1 })),
  'product:change': row(WRITE, ({ product }) => {
    return { id: randomUUID(), product, base: product, fields: { title: 'Otra' } };
  }),
  'product:remove': row(WRITE, ({ product }) => ({ id: randomUUID(), product })),
  'product:restore': row(WRITE, ({ gone }) => ({ id: randomUUID(), product: gone })),
  'stock:move': row(WRITE, ({ product }) => ({ id: randomUUID(), product, delta: 1 })),
  'member:profile': row(OWN, ({ who }) => ({ id: randomUUID(), name: who })),
  'member:access': row({ ...WRITE, author: 'FORBIDDEN', other: 'FORBIDDEN' }, ({ message }) => {
    return { id: randomUUID(), member: `new-${message}@example.com`, access: 'reader' };
  }),
};

const ALL = { nobody: 200, reader: 200, author: 200, other: 200, admin: 200, removed: 200 } as const;
const MEMBERS = { ...ALL, nobody: 401, removed: 401 } as const;
/** Every route there is, and its status; those that serve files have none of their own. */
const ROUTES: Record<string, Readonly<Record<Exclude<Who, 'visitor'>, number>>> = {
  'GET /health/live': ALL,
  'GET /health/ready': ALL,
  'GET /api/session': ALL,
  // Without a code it is nobody's: see the specs of the session.
  'POST /api/session': { nobody: 400, reader: 400, author: 400, other: 400, admin: 400, removed: 400 },
  'GET /api/session/data': MEMBERS,
  'GET /api/sessions': MEMBERS,
  'DELETE /api/sessions/:id': { ...MEMBERS, reader: 404, author: 404, other: 404, admin: 404 },
  // A body without an e-mail, for which everybody gets the same answer.
  'POST /api/session/code': { nobody: 400, reader: 400, author: 400, other: 400, admin: 400, removed: 400 },
  // Of those where an identity provider proves the e-mail; here codes do.
  'POST /api/session/oidc': { nobody: 403, reader: 403, author: 403, other: 403, admin: 403, removed: 403 },
  'GET /api/session/oidc': { nobody: 403, reader: 403, author: 403, other: 403, admin: 403, removed: 403 },
  'GET /api/session/oidc/callback': { nobody: 403, reader: 403, author: 403, other: 403, admin: 403, removed: 403 },
  'GET /api/invitations': { ...MEMBERS, reader: 403, author: 403, other: 403 },
  'POST /api/invitations': { ...MEMBERS, reader: 403, author: 403, other: 403, admin: 201 },
  'DELETE /api/invitations/:id': { ...MEMBERS, reader: 403, author: 403, other: 403, admin: 404 },
  'GET /api/audit': { ...MEMBERS, reader: 403, author: 403, other: 403 },
  'GET /api/admin/status': { ...MEMBERS, reader: 403, author: 403, other: 403 },
  // Without a folder for backups, which nobody has set here.
  'POST /api/admin/backup': { ...MEMBERS, reader: 403, author: 403, other: 403, admin: 409 },
  // A body that is no picture: whoever may write comes as far as that.
  'POST /api/pictures': { ...MEMBERS, reader: 403, author: 400, other: 400, admin: 400 },
  'GET /pictures/:name': { nobody: 401, removed: 401, reader: 404, author: 404, other: 404, admin: 404 },
  // They end the session that asks, so they come last.
  'DELETE /api/session': { nobody: 204, reader: 204, author: 204, other: 204, admin: 204, removed: 204 },
  'DELETE /api/sessions': { nobody: 401, reader: 401, author: 401, other: 401, admin: 401, removed: 401 },
};

describe('who may do what', () => {
  let proven: TestServer;
  let open: TestServer;
  const clients = new Map<Who, Client>();
  beforeAll(async () => {
    [proven, open] = await Promise.all([TestServer.start(PROVEN), TestServer.start()]);
    const emails = { reader: 'lee', author: 'ana', other: 'beto', admin: 'root' };
    for (const [who, name] of Object.entries(emails)) clients.set(who as Who, await proven.join(`${name}@acme.com`));
    clients.set('nobody', await proven.connect());
    clients.set('visitor', await open.connect());
    const cookie = await proven.identify('eva@acme.com');
    await clients.get('admin')!.do('member:access', { member: 'eva@acme.com', access: 'none' });
    clients.set('removed', await proven.tab(cookie));
  });
  afterAll(async () => {
    await proven.end();
    await open.end();
  });

  async function stage(who: Who): Promise<Stage> {
    const author = who === 'visitor' ? await open.connect('ana@acme.com') : clients.get('author')!;
    const { n: message } = await author.do('chat:send', { text: 'hola' });
    const { n: product } = await author.do('product:add', { title: 'Taza', price: 1 });
    const { n: gone } = await author.do('product:add', { title: 'Vaso', price: 1 });
    await author.do('product:remove', { product: gone });
    return { message, product, gone, who };
  }

  const cells = Object.entries(EVENTS).flatMap(([name, { may }]) =>
    EVERYBODY.map((who) => [name, who, may[who]] as const),
  );
  it.each(cells)('%s by %s: %s', async (name, who, expected) => {
    const payload = EVENTS[name as RequestName].payload(await stage(who));

    const answer = (await clients.get(who)!.raw(name, payload)) as Ack<unknown>;
    expect(answer.ok ? 'ok' : answer.error.code).toBe(expected);
  });

  it('stands here for every route', () => {
    const { router } = proven.get(HttpAdapterHost).httpAdapter.getInstance<Express>();
    const routes = router.stack.flatMap(({ route }) => {
      const methods = (route as object as { methods: Readonly<Record<string, boolean>> } | undefined)?.methods ?? {};
      return Object.keys(methods).map((method) => `${method.toUpperCase()} ${route?.path}`);
    });

    // That of the page is for any path, and has no handler of the server's.
    expect(
      routes.filter((route) => !route.includes('*') && !/^\S+ \/\\?/.exec(route)?.[0].endsWith('\\')).sort(),
    ).toEqual(Object.keys(ROUTES).sort());
  });

  const requests = Object.entries(ROUTES).flatMap(([route, may]) =>
    Object.entries(may).map(([who, status]) => [route, who as Who, status] as const),
  );
  it.each(requests)('%s by %s: %s', async (route, who, status) => {
    const [method, path = ''] = route.split(' ');
    const url = `${proven.url}${path.replace(':id', randomUUID()).replace(':name', `${'0'.repeat(64)}.png`)}`;
    const cookie = clients.get(who)?.cookie;
    const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };

    const response = await fetch(url, { method: method!, headers, ...(method === 'POST' && { body: '{}' }) });
    expect(response.status).toBe(status);
  });
});
