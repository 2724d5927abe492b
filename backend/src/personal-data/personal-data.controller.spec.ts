import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import { fewInADay } from '../../test/rates.js';
import { TestServer } from '../../test/server.js';
import { owner } from '../../test/owner.js';
import { ANA, BETO, liveTogether } from '../../test/somebody.js';
import { RATES, SESSION_DATA_PATH } from '../contract/index.js';
import type { JournalRecord } from '../contract/index.js';

interface Part {
  readonly explanation: string;
  readonly entries: readonly Record<string, unknown>[];
}
type Document = Readonly<Record<'did' | 'about' | 'sessions' | 'alerts' | 'follows' | 'audit' | 'marks', Part>> & {
  readonly member: string;
  readonly upToRecord: number;
};

describe('what is stored of a member', () => {
  let server: TestServer;
  beforeAll(() => fewInADay('export'));
  beforeEach(async () => {
    server = await TestServer.start();
    await liveTogether(server);
  });
  afterEach(() => server.end());

  const download = (cookie?: string) =>
    fetch(`${server.url}${SESSION_DATA_PATH}`, { headers: { ...(cookie && { cookie }) } });
  const records = async () =>
    (await server.read('journal.jsonl'))
      .split('\n')
      .filter((line) => line.includes('"n":'))
      .map((line) => JSON.parse(line) as JournalRecord & { crc: string; durable: number });

  /** All of ana's, and nothing that others wrote. */
  async function expectAllOfAna(document: Document): Promise<void> {
    const stored = await records();
    const own = stored.filter(({ by }) => by === ANA).map(({ crc: _crc, durable: _durable, ...record }) => record);
    expect(document).toMatchObject({ member: ANA, upToRecord: stored.length });
    expect(document.did.entries).toEqual(own);
    const asked = stored.find(({ by, type }) => by === BETO && type === 'message-posted')!;
    const { n, at } = asked;
    expect(document.about.entries).toEqual([
      { n, at, what: 'must-read', message: n },
      { n, at, what: 'mentioned', message: n },
    ]);
    expect(document.sessions.entries.map(({ email }) => email)).toContain(ANA);
    expect(document.sessions.entries.map(({ email }) => email)).not.toContain(BETO);
    expect(document.audit.entries).toContainEqual(expect.objectContaining({ event: 'entered', by: ANA }));
    const text = JSON.stringify(document);
    for (const others of ['pregunta', 'asunto', 'juana']) expect(text).not.toContain(others);
    // Of others only whom ana asked to read something.
    expect(text.split(BETO)).toHaveLength(2);
    for (const part of Object.values(document)) {
      if (typeof part === 'object') expect(part.explanation).toMatch(/^[A-Z].+\.$/);
    }
  }

  it('is a download for that member, with everything of and nothing else', async () => {
    const response = await download(await server.identify(ANA));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="lonja-ana@acme.com.json"');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    await expectAllOfAna((await response.json()) as Document);
    expect(server.log.lines.some((line) => line.includes(`"event":"exported","by":"${ANA}"`))).toBe(true);
  });

  it('is nothing for a visitor, and not too often for anybody', async () => {
    expect((await download()).status).toBe(401);
    const cookie = await server.identify(ANA);
    const statuses: number[] = [];
    for (let count = 0; count <= RATES.export.member; count++) {
      const response = await download(cookie);
      statuses.push(response.status);
      await response.text();
    }
    expect(statuses).toEqual([...Array.from({ length: RATES.export.member }, () => 200), 429]);
    expect((await download(await server.identify(BETO))).status).toBe(200);
  });

  it('is in the owner’s hands too, on the screen or in a file, also while a server runs', async () => {
    const { code, said } = await owner(server.folder, 'export-member', 'ANA@acme.com');
    expect(code).toBe(0);
    await expectAllOfAna(JSON.parse(said.join('\n')) as Document);

    await server.stop();
    const to = server.path('ana.json');
    expect(await owner(server.folder, 'export-member', ANA, '--to', to)).toEqual({
      code: 0,
      said: [`Everything of and about ${ANA} is in ${to}.`],
    });
    const document = JSON.parse(await readFile(to, 'utf8')) as Document;
    await expectAllOfAna(document);
    expect((await stat(to)).mode & 0o777).toBe(0o600);
    expect(document.marks.entries).toMatchObject({ messages: expect.any(Number) });
    expect(document.follows.entries).toHaveLength(1);
    expect(await owner(server.folder, 'export-member', ANA, '--to', to)).toMatchObject({
      code: 78,
      said: [expect.stringContaining('there already')],
    });
    expect(await server.read('audit.jsonl')).toContain(`"event":"exported","about":"${ANA}"`);
  });

  it('is nothing for somebody whom nothing names', async () => {
    const { code, said } = await owner(server.folder, 'export-member', 'nobody@acme.com');
    expect({ code, said }).toEqual({
      code: 78,
      said: [expect.stringMatching(/^Nothing in .+ names nobody@acme.com\.$/)],
    });
  });
});
