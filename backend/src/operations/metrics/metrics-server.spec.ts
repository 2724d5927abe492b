import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Sample, scrape, valueOf } from '../../../test/metrics.js';
import { TestServer } from '../../../test/server.js';
import { answered, broadcasts, evictions, joins } from '../../realtime/measured.js';
import { mails } from '../../session/code/measured.js';
import { syncTimes } from '../../journal/index.js';
import { DiskSpace } from '../disk-space.js';
import { MetricsServer } from './metrics-server.js';

const ANA = 'ana@acme.com';
/** The dashboard and the alerts. */
const DOCS = fileURLToPath(new URL('../../../../docs/operations/', import.meta.url));

describe('the metrics', () => {
  let server: TestServer;
  afterEach(() => server.end());

  const start = async (METRICS_PORT = '0') =>
    (server = await TestServer.start({ METRICS_PORT, BACKUP_DIR: join(tmpdir(), 'lonja-no-backups') }));
  const address = () => server.get(MetricsServer).address!;
  const read = () => scrape(address());

  it('count what clients ask, by name and result', async () => {
    await start();
    const [ana, visitor] = [await server.join(ANA), await server.join()];
    await ana.do('chat:send', { text: 'hola' });
    await ana.do('product:add', { title: 'Taza', price: 3 });
    await visitor.refused('chat:send', { text: 'hola' });

    const samples = await read();

    const count = (command: string, result: string) => valueOf(samples, 'lonja_commands_total', { command, result });
    expect(count('chat:send', 'OK')).toBe(1);
    expect(count('chat:send', 'UNIDENTIFIED')).toBe(1);
    expect(count('product:add', 'OK')).toBe(1);
    expect(count('feed:join', 'OK')).toBe(2);
    expect(count('product:add', 'STORAGE_FULL')).toBe(0);
    expect(valueOf(samples, 'lonja_command_duration_seconds_count')).toBe(3);
  });

  it('describe the journal, the feed and who is there', async () => {
    await start();
    const [ana, visitor] = [await server.join(ANA), await server.join()];
    const { journal } = await ana.snapshot();
    await ana.do('chat:send', { text: 'hola' });
    await ana.join({ journal, n: 0 });
    await visitor.waitForRecord(1);

    const samples = await read();

    expect(valueOf(samples, 'lonja_journal_last_record')).toBe(1);
    expect(valueOf(samples, 'lonja_journal_bytes')).toBe((await server.read('journal.jsonl')).length);
    expect(valueOf(samples, 'lonja_journal_batch_records_sum')).toBe(1);
    expect(valueOf(samples, 'lonja_journal_sync_seconds_count')).toBeGreaterThan(0);
    expect(valueOf(samples, 'lonja_members')).toBe(1);
    expect(valueOf(samples, 'lonja_visitors')).toBe(1);
    expect(valueOf(samples, 'lonja_sockets')).toBe(2);
    expect(valueOf(samples, 'lonja_feed_joins_total', { mode: 'snapshot' })).toBe(3);
    expect(valueOf(samples, 'lonja_feed_joins_total', { mode: 'resumed' })).toBe(1);
    expect(valueOf(samples, 'lonja_broadcast_packet_bytes_count', { event: 'feed' })).toBe(1);
    expect(valueOf(samples, 'lonja_broadcast_fan_out_seconds_count', { event: 'feed' })).toBe(1);
    expect(valueOf(samples, 'lonja_ready')).toBe(1);
    expect(valueOf(samples, 'lonja_disk_free_bytes')).toBeGreaterThan(0);
    expect(followers(samples)).toEqual(['chat.txt', 'index.sqlite', 'products.json']);
  });

  it('say that hardly any space is left, and that the server is ready nevertheless', async () => {
    await start();
    jest.spyOn(server.get(DiskSpace), 'now').mockResolvedValue({ free: 1, size: 2 });

    const samples = await read();

    expect(valueOf(samples, 'lonja_check_ok', { check: 'disk' })).toBe(0);
    expect(valueOf(samples, 'lonja_ready')).toBe(1);
  });

  it('have no name that a stranger has chosen, and nobody in them', async () => {
    await start();
    const ana = await server.join(ANA);
    await ana.raw('chat:shout', { id: 'x' });
    await ana.raw('lonja"} 1\n', {});
    await ana.raw('__proto__', {});
    await ana.raw('constructor', {});
    await ana.raw('chat:send', null);
    await ana.raw('chat:send', { id: ANA, text: 7 });
    await ana.do('chat:send', { text: 'secreto' });

    const samples = await read();

    const commands = samples.filter(({ name }) => name === 'lonja_commands_total');
    expect(valueOf(samples, 'lonja_commands_total', { command: 'unknown', result: 'INVALID' })).toBe(4);
    expect(valueOf(samples, 'lonja_commands_total', { command: 'chat:send', result: 'INVALID' })).toBe(2);
    for (const { labels } of commands) expect(labels['command']).toMatch(/^(?:[a-z]+:[a-z]+|search|unknown)$/);
    const text = JSON.stringify(samples);
    for (const secret of [ANA, 'acme', 'secreto', server.folder, 'shout']) expect(text).not.toContain(secret);
  });

  it('have every metric that the dashboard and the alerts name', async () => {
    await start();
    const ana = await server.join(ANA);
    await ana.do('chat:send', { text: 'hola' });
    const exposed = new Set((await read()).map(({ name }) => name));

    const files = await readdir(DOCS);
    const texts = await Promise.all(files.map((name) => readFile(join(DOCS, name), 'utf8')));
    const named = texts.map((text) => new Set(text.match(/\b(?:lonja|process|nodejs)_\w+\b/g)));

    expect(files.toSorted()).toEqual(['alerts.test.yml', 'alerts.yml', 'dashboard.json']);
    for (const names of named) {
      expect(names.size).toBeGreaterThan(3);
      expect([...names].filter((name) => !exposed.has(name))).toEqual([]);
    }
  });

  it('are explained, as the alerts are', async () => {
    await start();
    const exposed = (await read()).flatMap(
      ({ name }) => /^lonja_\w+?(?=(?:_bucket|_sum|_count)?$)/.exec(name)?.[0] ?? [],
    );
    const alerts = [...(await readFile(join(DOCS, 'alerts.yml'), 'utf8')).matchAll(/alert: (\w+)/g)];

    const explained = await readFile(join(DOCS, '../operations.md'), 'utf8');

    const names = new Set([...exposed, ...alerts.map(([, name]) => name!)]);
    expect(names.size).toBeGreaterThan(25);
    expect([...names].filter((name) => !explained.includes(`\`${name}`))).toEqual([]);
  });

  it('stand at one path, and no other port has them', async () => {
    await start();
    expect(address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    expect((await fetch(new URL('/', address()))).status).toBe(404);
    expect((await fetch(`${address()}?from=prometheus`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain('lonja_');
  });

  it('listen where the owner wants', async () => {
    await start('0.0.0.0:0');
    expect(address()).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/metrics$/);
  });

  it('are off without a port: nothing listens, and nothing is measured', async () => {
    await start('');
    expect(server.get(MetricsServer).address).toBeUndefined();
    expect([syncTimes, answered, broadcasts, evictions, joins, mails].filter(({ observed }) => observed)).toEqual([]);
  });

  it('end with the server, and begin anew with the next one', async () => {
    await start();
    const before = address();
    await server.stop();
    await expect(fetch(before)).rejects.toThrow();
    expect([syncTimes, answered, broadcasts, evictions, joins, mails].filter(({ observed }) => observed)).toEqual([]);
    await server.restart();
    expect(valueOf(await read(), 'lonja_ready')).toBe(1);
  });
});

function followers(samples: readonly Sample[]): readonly string[] {
  return samples
    .flatMap(({ name, labels }) => (name === 'lonja_follower_lag_records' ? [labels['follower']!] : []))
    .sort();
}
