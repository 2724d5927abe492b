import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request, type RequestOptions, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import { ServeStaticModule } from '@nestjs/serve-static';
import { HttpFailureFilter } from './errors/http-failure.filter.js';
import { pageOptions } from './page.js';
import { precompressed } from './precompressed.js';

const SCRIPT = 'console.log(1);'.repeat(200);
const PAGE = '<!doctype html><title>Lonja</title>';

let folder: string;
let app: INestApplication<Server>;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lonja-page-'));
  await Promise.all([
    writeFile(join(folder, 'index.html'), PAGE),
    writeFile(join(folder, 'robots.txt'), 'User-agent: *\n'),
    writeFile(join(folder, 'main-ABCD1234.js'), SCRIPT),
    writeFile(join(folder, 'main-ABCD1234.js.br'), brotliCompressSync(SCRIPT)),
    writeFile(join(folder, 'main-ABCD1234.js.gz'), gzipSync(SCRIPT)),
  ]);
  const module = ServeStaticModule.forRoot({ ...pageOptions, rootPath: folder });
  app = await NestFactory.create(module, { logger: false });
  app.use(precompressed(folder));
  app.useGlobalFilters(new HttpFailureFilter());
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** What a browser would get, not decoded. */
async function get(path: string, headers: RequestOptions['headers'] = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers }).once('response', resolve).once('error', reject).end();
  });
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('a file of the page', () => {
  const BROWSER = { 'accept-encoding': 'gzip, deflate, br, zstd' };

  it('comes as small as the browser takes it, with its own type', async () => {
    const { headers, body } = await get('/main-ABCD1234.js', BROWSER);

    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
  });

  it('comes as gzip to those who take no brotli', async () => {
    const { headers, body } = await get('/main-ABCD1234.js', { 'accept-encoding': 'gzip, br;q=0' });

    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toBe(SCRIPT);
  });

  it.each([{}, { 'accept-encoding': 'identity' }])('comes as it is for %j', async (accepted) => {
    const { headers, body } = await get('/main-ABCD1234.js', accepted);

    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('Accept-Encoding');
    expect(body.toString()).toBe(SCRIPT);
  });

  it('is not sent again to those who have it, and each variant has its own mark', async () => {
    const [small, whole] = [await get('/main-ABCD1234.js', BROWSER), await get('/main-ABCD1234.js')];

    expect(small.headers.etag).not.toBe(whole.headers.etag);
    const again = await get('/main-ABCD1234.js', { ...BROWSER, 'if-none-match': small.headers.etag });
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });

  it('comes as it is where the build has no variant', async () => {
    const { headers } = await get('/robots.txt', BROWSER);

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('an address where nothing is', () => {
  it.each(['/sitemap.xml', '/main-00000000.js', '/media/nothing.woff2'])(
    'is nothing when it names a file: %s',
    async (path) => {
      const { status, body } = await get(path);

      expect(status).toBe(404);
      expect(JSON.parse(body.toString())).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    },
  );

  it.each(['/', '/productos', '/?x=a.b'])('is the page otherwise: %s', async (path) => {
    const { status, headers, body } = await get(path);

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-cache');
    expect(body.toString()).toBe(PAGE);
  });
});
