import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { cursorAt } from '../../../test/cursor.js';
import { journalBytes, storedIn } from '../../../test/journal/folders.js';
import { TestServer } from '../../../test/server.js';
import { owner } from '../../../test/owner.js';
import { ANA, BETO, filesWith, liveTogether } from '../../../test/somebody.js';
import type { JournalRecord } from '../../contract/index.js';
import { ERASED_TEXT } from '../../personal-data/erasure.js';
import { run } from '../cli.js';

const NOBODY = 'erased-1@invalid';
const SECRETS = ['secreto', 'nota', 'garcía'];

describe('the owner who erases a member', () => {
  let server: TestServer;
  let product: number;
  beforeEach(async () => {
    server = await TestServer.start();
    product = await liveTogether(server);
  });
  afterEach(() => server.end());

  const erase = () => owner(server.folder, 'erase-member', ANA, '--yes');
  const eraseSilently = async () => {
    await erase();
  };
  const place = ({ n, at, id, type }: JournalRecord) => ({ n, at, id, type });

  it('leaves nothing of the e-mail and the words in any file, and a whole journal with the same numbers, order, instants and ids', async () => {
    await server.stop();
    const before = await storedIn(server.folder);
    await writeFile(server.path('chat.txt.unverified-1'), `${ANA} [01/01/2026 00:00:00] : x\n`);
    expect((await filesWith(server.folder, ANA)).length).toBeGreaterThan(6);

    const { code, said } = await erase();
    expect([code, said[0]]).toEqual([0, `${ANA} is now ${NOBODY}.`]);
    expect(said).toContainEqual(expect.stringMatching(/^journal {2}\d+ records of the member, 1 of others/));
    expect(said).toContainEqual(expect.stringContaining('chat.txt.unverified-1'));
    expect(await filesWith(server.folder, `@${ANA}`)).toEqual([]);
    expect(await filesWith(server.folder, ANA)).toEqual(['journal.jsonl']); // juana, who is somebody else
    expect((await journalBytes(server.folder)).toString().match(/\bana@acme\.com/gi)).toBeNull();
    for (const secret of SECRETS) expect(await filesWith(server.folder, secret)).toEqual([]);

    const after = await storedIn(server.folder);
    expect(after.map(place)).toEqual(before.map(place));
    expect((await owner(server.folder, 'verify')).said).toEqual([expect.stringMatching(/^whole: \d+ records/)]);
    expect(after.filter(({ by }) => by === NOBODY)).toHaveLength(before.filter(({ by }) => by === ANA).length);
  });

  it('keeps what is the company’s and what is others’, and who was meant', async () => {
    await server.restart(eraseSilently);
    const { products, messages, members } = await (await server.join(BETO)).snapshot();
    expect(products).toMatchObject([{ id: product, title: 'Taza grande', price: 4, stock: 6, description: 'roja' }]);
    expect(messages.map(({ by, text }) => [by, text])).toEqual([
      [NOBODY, ERASED_TEXT],
      [NOBODY, ERASED_TEXT],
      [BETO, `pregunta a @${NOBODY}, o @erased-1, no a juana@acme.com`],
      [BETO, 'asunto de beto'],
      [NOBODY, ''],
    ]);
    expect(messages[2]).toMatchObject({ mustRead: [NOBODY], agreed: [NOBODY] });
    expect(members).toEqual([{ email: NOBODY }]);
  });

  it('lets the server go on: views are made again, others keep their session and marks, pages that were away begin anew', async () => {
    const beto = await server.identify(BETO);
    const ana = await server.identify(ANA);
    await server.stop();
    const cursor = await cursorAt(server, 5);
    await server.restart(eraseSilently);

    const client = await server.tab(beto);
    const joined = await client.join(cursor);
    expect(joined).toMatchObject({ mode: 'snapshot', mark: expect.any(Number), follows: [expect.anything()] });
    expect(joined.journal).not.toBe(cursor.journal);
    const { n } = await client.do('chat:send', { text: 'sigue' });
    expect(n).toBe(joined.n + 1);
    expect(JSON.stringify(await client.query('search', { query: 'asunto', limit: 5 }))).toContain('asunto de beto');
    expect(await server.read('chat.txt')).toContain(`${NOBODY} [`);
    // Nobody is signed in as somebody who is not there any more, nor can anybody be who took the place.
    const session = await fetch(`${server.url}/api/session`, { headers: { cookie: ana } });
    expect(((await session.json()) as { email: unknown }).email).toBeNull();
    await expect(server.identify(NOBODY)).rejects.toThrow('400');
    await server.stop();
    expect(await filesWith(server.folder, '.unverified')).toEqual([]);
    expect(await filesWith(server.folder, `"${ANA}`)).toEqual([]);
  });

  it('lets commands that wait in browsers be recognised by their ids', async () => {
    await server.stop();
    const records = await storedIn(server.folder);
    const asked = records.find(({ by, type }) => by === BETO && type === 'message-posted')!;
    const own = records.find(({ by, type }) => by === ANA && type === 'message-posted')!;
    const said = records.findLast(({ by, type }) => by === BETO && type === 'message-posted')!;
    await server.restart(eraseSilently);
    const beto = await server.join(BETO);

    // Sent again, with the text that named the member: neither stored twice nor said to be what it is not.
    const text = 'pregunta a @ANA@acme.com, o @ana, no a juana@acme.com';
    const again = await beto.ask('chat:send', { id: asked.id, text, mustRead: [ANA] });
    expect(again).toMatchObject({ ok: false, error: { code: 'ID_REUSED' } });
    expect(await beto.query('chat:send', { id: said.id, text: 'asunto de beto' })).toMatchObject({ n: said.n });
    const refers = { n: own.n, command: own.id };
    expect(
      await beto.ask('chat:pin', { id: crypto.randomUUID(), message: own.n, pinned: false, refers }),
    ).toMatchObject({ ok: true });
  });

  it('is first shown what would be erased, and nothing is', async () => {
    await server.stop();
    const before = await journalBytes(server.folder);
    const { code, said } = await owner(server.folder, 'erase-member', 'Ana@ACME.com');
    expect([code, said[0], said.at(-1)]).toEqual([
      0,
      `${ANA} would become ${NOBODY}.`,
      expect.stringContaining('Nothing was changed'),
    ]);
    expect(await journalBytes(server.folder)).toEqual(before);
  });

  it('learns that nothing names somebody: who was never there, or was erased before', async () => {
    await server.stop();
    expect((await erase()).code).toBe(0);
    const before = await journalBytes(server.folder);
    const audit = await readFile(server.path('audit.jsonl'), 'utf8');
    for (const email of [ANA, 'nobody@acme.com']) {
      const { code, said } = await owner(server.folder, 'erase-member', email, '--yes');
      expect({ code, said }).toEqual({ code: 78, said: [expect.stringMatching(/^Nothing in .+ names .+@acme/)] });
    }
    expect(await journalBytes(server.folder)).toEqual(before);
    expect(await readFile(server.path('audit.jsonl'), 'utf8')).toBe(audit);
  });

  it('finds in the audit that it was done, without the e-mail', async () => {
    await server.stop();
    await erase();
    const lines = (await server.read('audit.jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const at = '2030-01-01T00:00:00.000Z';
    expect(lines.at(-1)).toEqual({
      at,
      event: 'erased',
      about: NOBODY,
      detail: expect.stringMatching(/^\d+ records$/),
    });
    expect(lines).toContainEqual(expect.objectContaining({ event: 'entered', by: BETO }));
  });

  it('gives the next one another name, and cannot while a server runs', async () => {
    expect((await erase()).code).toBe(75);
    await server.stop();
    await erase();
    expect((await owner(server.folder, 'erase-member', BETO, '--yes')).said[0]).toBe(
      `${BETO} is now erased-2@invalid.`,
    );
    expect((await owner(server.folder, 'verify')).code).toBe(0);
  });

  it.each([[['erase-member']], [['erase-member', 'ana']], [['erase-member', ANA, '--to', 'x']], [['verify', '--yes']]])(
    'sees the available commands for words that do not fit: %j',
    async (words) => {
      const warned: string[] = [];
      const code = await run(words, {
        folder: server.folder,
        print: () => undefined,
        warn: (line) => warned.push(line),
      });
      expect([code, warned[0]]).toEqual([78, expect.stringMatching(/^npm run journal -- <command>/)]);
    },
  );
});
