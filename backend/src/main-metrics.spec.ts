import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../test/client.js';
import { scrape, valueOf } from '../test/metrics.js';
import { build, ServerProcess } from '../test/server-process.js';

beforeAll(build, 120_000);

describe('the metrics of the built server', () => {
  let folder: string;
  let server: ServerProcess;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lonja-'))));
  afterEach(async () => {
    await server.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const start = (settings: NodeJS.ProcessEnv): ServerProcess =>
    (server = new ServerProcess({ PORT: '0', DATA_DIR: folder, ...settings }, folder));

  it('are where the log says, on a port of their own', async () => {
    const url = await start({ METRICS_PORT: '0' }).url();
    const [, address] = await server.prints(/Metrics are at (http:\S+)$/m);
    const ana = await Client.connect(url, 'ana@acme.com');
    await ana.do('chat:send', { text: 'hola' });

    const samples = await scrape(address!);
    ana.close();

    expect(valueOf(samples, 'lonja_ready')).toBe(1);
    expect(valueOf(samples, 'lonja_commands_total', { command: 'chat:send', result: 'OK' })).toBe(1);
    expect(valueOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });

  it('are nowhere unless they are wanted', async () => {
    await start({}).url();
    expect((await server.kill('SIGTERM')).stdout).not.toContain('Metrics');
  });

  it('refuse a port that is in use, in one sentence that names the setting', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const port = String((other.address() as AddressInfo).port);

    const { code, stdout, stderr } = await start({ METRICS_PORT: port }).ended;
    other.close();

    expect({ code, stdout, stderr }).toEqual({
      code: 78,
      stdout: '',
      stderr: `METRICS_PORT: ${port} is in use. Choose another one, or leave it out.\n`,
    });
  });

  it.each(['yes', '99999', 'localhost:9464', '9464/tcp', '203.0.113.7:9464'])(
    'refuse METRICS_PORT=%s in one sentence that names it',
    async (METRICS_PORT) => {
      const { code, stderr } = await start({ METRICS_PORT }).ended;
      expect(code).toBe(78);
      expect(stderr).toMatch(/^.*METRICS_PORT.*\n$/);
    },
  );
});
