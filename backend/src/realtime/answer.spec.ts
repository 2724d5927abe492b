import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestServer } from '../../test/server.js';
import { ChatService } from '../chat/chat.service.js';

const broken = {
  history(): never {
    throw new TypeError('secret-path.ts:7');
  },
  send: () => Promise.reject(new Error('secret-path.ts:8')),
  edit: () => Promise.reject(new RangeError('secret-path.ts:9')),
  delete: () => Promise.resolve(undefined),
};

describe('the answer of a server with a defect', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start({}, (module) => module.overrideProvider(ChatService).useValue(broken));
  });
  afterEach(() => server.end());

  it.each([
    ['chat:history', { before: 1, limit: 1 }],
    ['chat:send', { id: randomUUID(), text: 'hola' }],
    ['chat:edit', { id: randomUUID(), message: 1, text: 'hola' }],
  ] as const)(
    'to %s is INTERNAL, without stack, path or payload, and the next request works',
    async (name, payload) => {
      const ana = await server.join('ana@acme.com');

      const answer = await ana.raw(name, payload);

      expect(answer).toEqual({
        ok: false,
        error: { code: 'INTERNAL', message: 'The server could not do that.', retry: false },
      });
      const [line, ...more] = server.log.errors.splice(0);
      expect(line).toMatch(/^A request failed: /);
      expect(line).toContain(
        `(${name} of ana@acme.com, ${'id' in payload ? `command ${payload.id}` : 'answer.spec.ts'}`,
      );
      expect(line).not.toContain('hola');
      expect(more).toEqual([]);
      expect(await ana.do('product:add', { title: 'Taza', price: 3 })).toMatchObject({ n: 1 });
    },
  );

  it('is null where there is nothing to say', async () => {
    const ana = await server.join('ana@acme.com');

    expect(await ana.ask('chat:delete', { id: randomUUID(), message: 1 })).toEqual({ ok: true, data: null });
  });
});
