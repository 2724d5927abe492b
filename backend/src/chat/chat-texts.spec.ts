import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { LIMITS } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

/** What other chats garble, lose or execute (B15). */
const TEXTS = [
  'ñ á Ü ç ø 漢字 العربية',
  '}',
  '{"type":"message-posted","n":1}',
  `"comillas" 'simples' «latinas» \`graves\` \\ barra`,
  '😀 👩‍👩‍👧‍👦 🇪🇸',
  'primera línea\nsegunda línea\n\ttercera\n\n',
  '<img src=x onerror=alert(1)><script>alert(2)</script>&amp;',
  '  espacios al principio y al final  ',
  'a\u2028b\u2029c',
  'می‌خواهم क्‍ष שָׁלוֹם',
  '__proto__',
];

describe('a text', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  it.each(TEXTS)('is the same live, in the history and after a restart: %j', async (text) => {
    const { n } = await ana.do('chat:send', { text });

    expect(await beto.waitForRecord(n)).toMatchObject({ text });
    expect((await beto.snapshot()).messages).toMatchObject([{ text }]);
    expect(await beto.ask('chat:history', { before: n + 1, limit: 1 })).toMatchObject({
      data: { messages: [{ text }] },
    });

    await server.restart();
    const carla = await server.join('carla@acme.com');
    expect((await carla.snapshot()).messages).toMatchObject([{ text }]);
    expect(await carla.ask('chat:history', { before: n + 1, limit: 1 })).toMatchObject({
      data: { messages: [{ text }] },
    });
  });

  it('may be as long as the limit says, counted in UTF-16 units', async () => {
    const text = 'ñ'.repeat(LIMITS.text);

    const { n } = await ana.do('chat:send', { text });

    expect(await beto.waitForRecord(n)).toMatchObject({ text });
  });

  it.each([
    ['longer than the limit', 'x'.repeat(LIMITS.text + 1)],
    ['empty', ''],
    ['only white space', ' \n\t\u00a0 '],
    ['nothing that anybody sees', '\u200b\u2060'],
    ['with NUL', 'a\u0000b'],
    ['with what drives a terminal', '\u001b[2J'],
    ['half a character', 'a\ud83d'],
    ['longer than the limit once it is normalised', '\u0958'.repeat(LIMITS.text)],
    ['a number', 5],
    ['null', null],
    ['missing', undefined],
    ['an array', ['hola']],
    ['an object', { toString: 'hola' }],
  ])('is refused without notifying anyone when it is %s', async (_, text) => {
    const error = await ana.refused('chat:send', { text });

    expect(error).toMatchObject({ code: 'INVALID', retry: false });
    expect(new Set(error.fields?.map(({ field }) => field))).toEqual(new Set(['text']));
    await beto.roundTrip();
    expect(beto.received).toEqual([]);
  });

  it('is stored as the contract normalises it, and is the same command in whatever way it is sent again', async () => {
    const id = randomUUID();
    const { n } = await ana.do('chat:send', { id, text: 'cafe\u0301\u200b \u202e\r\n#x' });

    expect(await beto.waitForRecord(n)).toMatchObject({ text: 'café \n#x' });
    for (const text of ['café \n#x', 'cafe\u0301\u200b \u202e\r\n#x']) {
      expect(await ana.ask('chat:send', { id, text })).toMatchObject({ ok: true, data: { n } });
    }
    expect(await ana.ask('chat:send', { id, text: 'cafe \n#x' })).toMatchObject({ error: { code: 'ID_REUSED' } });
  });

  it('is not echoed by the refusal', async () => {
    const error = await ana.refused('chat:send', { text: `secreto${'x'.repeat(LIMITS.text)}` });

    expect(JSON.stringify(error)).not.toContain('secreto');
  });

  it('has the same limits when it is edited', async () => {
    const { n } = await ana.do('chat:send', { text: 'hola' });

    for (const text of ['', 'x'.repeat(LIMITS.text + 1)]) {
      expect(await ana.refused('chat:edit', { message: n, text })).toMatchObject({
        code: 'INVALID',
        fields: [{ field: 'text' }],
      });
    }
    const longest = await ana.do('chat:edit', { message: n, text: 'x'.repeat(LIMITS.text) });
    await beto.waitForRecord(longest.n);
    expect(beto.received.map((record) => record.n)).toEqual([n, longest.n]);
  });
});
