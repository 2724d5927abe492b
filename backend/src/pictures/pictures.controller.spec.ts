import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { LIMITS, type StoredPicture } from '../contract/index.js';
import { identify } from '../../test/client.js';
import { JPEG, PNG, postPicture, WEBP } from '../../test/pictures.js';
import { TestServer } from '../../test/server.js';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const linkOf = (bytes: Buffer, ending: string) =>
  `/pictures/${createHash('sha256').update(bytes).digest('hex')}.${ending}`;
const refusal = (code: string, message: unknown = expect.any(String), retry = false) => ({
  ok: false,
  error: { code, message, retry },
});

describe('a picture', () => {
  let server: TestServer;
  let cookie: string;
  beforeEach(async () => {
    server = await TestServer.start();
    cookie = await identify(server.url, 'ana@acme.com');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.end();
  });

  const post = async (bytes: Buffer | ReadableStream, headers: Readonly<Record<string, string>> = {}) => {
    const response = await postPicture(server.url, bytes, { cookie, ...headers });
    return { status: response.status, body: await response.json() };
  };
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
  const kept = () => readdir(server.path('pictures')).catch(() => []);

  it.each([
    ['PNG', PNG, 'png', 'image/png'],
    ['JPEG', JPEG, 'jpg', 'image/jpeg'],
    ['WebP', WEBP, 'webp', 'image/webp'],
  ])(
    'that is a %s is stored readable for the owner only, and served to everybody with its own type',
    async (_, bytes, ending, type) => {
      const link = linkOf(bytes, ending);

      // What its sender says that it is does not matter.
      expect(await post(bytes, { 'content-type': 'image/jpeg' })).toEqual({ status: 201, body: { link } });

      expect((await stat(server.path(`.${link}`))).mode & 0o777).toBe(0o600);
      expect((await stat(server.path('pictures'))).mode & 0o777).toBe(0o700);
      const response = await get(link);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      });
    },
  );

  it('is stored once when it is posted several times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(PNG)));

    expect(answers).toEqual(answers.map(() => ({ status: 201, body: { link: linkOf(PNG, 'png') } })));
    expect(await kept()).toEqual([linkOf(PNG, 'png').slice('/pictures/'.length)]);
    expect(await readFile(server.path(`.${linkOf(PNG, 'png')}`))).toEqual(PNG);
  });

  it('is served after a restart, which removes unfinished uploads', async () => {
    await post(PNG);
    const unfinished = server.path(`.${linkOf(PNG, 'png')}.7.part`);
    await server.restart(() => writeFile(unfinished, 'half'));

    expect((await get(linkOf(PNG, 'png'))).status).toBe(200);
    expect(await kept()).toHaveLength(1);
  });

  it('has at most the limit of bytes, with and without a Content-Length', async () => {
    const [most, more] = [0, 1].map((extra) =>
      Buffer.concat([PNG, Buffer.alloc(LIMITS.pictureBytes - PNG.length + extra)]),
    );

    expect((await post(most!)).status).toBe(201);
    const tooLarge = { status: 413, body: refusal('INVALID', 'The body is too large.') };
    expect(await post(more!)).toEqual(tooLarge);
    expect(await post(new Blob([more!]).stream())).toEqual(tooLarge);
    expect(await kept()).toHaveLength(1);
  });

  it.each([
    ['a GIF', GIF],
    ['an SVG', SVG],
    ['text', Buffer.from('hola')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is %s, whatever its Content-Type', async (_, bytes) => {
    expect(await post(bytes)).toEqual({ status: 400, body: refusal('INVALID') });
    expect(await kept()).toEqual([]);
  });

  it.each(['image/svg+xml', 'application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'is refused with the Content-Type %s',
    async (type) => {
      expect(await post(PNG, { 'content-type': type })).toEqual({ status: 400, body: refusal('INVALID') });
    },
  );

  it('is refused from a visitor, and from a page of another site', async () => {
    expect(await post(PNG, { cookie: '' })).toEqual({ status: 401, body: refusal('UNIDENTIFIED') });
    expect(await post(PNG, { origin: 'https://evil.example' })).toEqual({ status: 403, body: refusal('FORBIDDEN') });
    expect(await kept()).toEqual([]);
  });

  it('is refused while the disk is full, leaves no file, and is stored when there is space', async () => {
    const file = await open(server.path('journal.jsonl'));
    const prototype = Object.getPrototypeOf(file) as typeof file;
    await file.close();
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const write = jest.spyOn(prototype, 'writeFile').mockRejectedValue(full);

    expect(await post(PNG)).toEqual({ status: 507, body: refusal('STORAGE_FULL', expect.any(String), true) });
    expect(await kept()).toEqual([]);

    write.mockRestore();
    expect((await post(PNG)).status).toBe(201);
  });

  it('is not acknowledged when the disk does not confirm the write', async () => {
    const file = await open(server.path('journal.jsonl'));
    const prototype = Object.getPrototypeOf(file) as typeof file;
    await file.close();
    jest.spyOn(prototype, 'sync').mockRejectedValue(Object.assign(new Error('broken'), { code: 'EIO' }));

    expect(await post(PNG)).toEqual({ status: 500, body: refusal('INTERNAL') });

    expect(await kept()).toEqual([]);
    expect(server.log.errors.splice(0)).toEqual([expect.stringContaining('A request failed')]);
  });

  /** As it is: `fetch` resolves `..`, and adds `Cache-Control: no-cache` to a conditional request. */
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const request = httpGet({ host: '127.0.0.1', port: new URL(server.url).port, path, headers });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  };

  it.each([
    `/pictures/${'0'.repeat(64)}.png`,
    '/pictures/x.png',
    '/pictures/a/b.png',
    '/pictures/../session-secret',
    '/pictures/..%2Fsession-secret',
    '/pictures/%2e%2e%2fsession-secret',
    '/pictures/%00',
  ])('is not found at %s', async (path) => {
    await mkdir(server.path('pictures'));
    await writeFile(server.path('pictures/x.png'), PNG);

    const { status, headers, body } = await ask(path);

    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 404, body: refusal('NOT_FOUND') });
    expect(headers['cache-control']).toBeUndefined();
  });

  it('supports conditional and range requests', async () => {
    await post(PNG);
    const { headers } = await get(linkOf(PNG, 'png'));

    expect((await ask(linkOf(PNG, 'png'), { 'if-none-match': headers.get('etag')! })).status).toBe(304);
    expect((await ask(linkOf(PNG, 'png'), { range: 'bytes=0-7' })).status).toBe(206);
    expect((await ask(linkOf(PNG, 'png'), { range: 'bytes=9999-' })).status).toBe(416);
  });

  it('can be the thumbnail of a product', async () => {
    const { body } = await post(PNG);
    const ana = await server.join('ana@acme.com');

    const { product } = await ana.do('product:add', {
      title: 'Taza',
      price: 3,
      thumbnail: (body as StoredPicture).link,
    });

    expect((await get(product.thumbnail)).status).toBe(200);
  });
});
