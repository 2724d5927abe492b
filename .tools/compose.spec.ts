import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';

interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly command?: readonly string[];
  readonly healthcheck?: object;
  readonly logging?: { readonly driver: string };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { services, volumes } = parseDocument(read('docker-compose.yml')).toJS() as Compose;
const dockerfile = read('.docker/Dockerfile');

/** What the server needs at most to end, in seconds: see `docs/operations.md`. */
const LONGEST_STOP_S = 5;

/** All keys of the Compose specification that a service may have here. Another one is a slip, or belongs into this list. */
const KEYS = [
  ...['image', 'build', 'ports', 'environment', 'volumes', 'tmpfs', 'profiles', 'depends_on', 'restart', 'init'],
  ...['read_only', 'cap_drop', 'cap_add', 'security_opt', 'stop_grace_period', 'logging'],
  ...['command', 'healthcheck'],
];

describe('docker-compose.yml', () => {
  it.each(Object.entries(services))('has only what Compose knows in %s', (_name, service) => {
    expect(Object.keys(service).filter((key) => !KEYS.includes(key))).toEqual([]);
    for (const port of service.ports ?? []) expect(port).toMatch(/(?:^|:|\})\d+(?:\/udp)?$/);
    for (const name of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(name);
    const named = (service.volumes ?? []).map((volume) => volume.split(':')[0]!).filter((from) => /^\w/.test(from));
    expect(named.filter((name) => !(name in volumes))).toEqual([]);
  });

  it.each(Object.entries(services))('lets %s do little, and names its version', (name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.cap_add ?? []).toEqual(name === 'tls' ? ['NET_BIND_SERVICE'] : []);
    expect(service.image).toMatch(['lonja', 'backup'].includes(name) ? /^lonja$/ : /:v?\d+\.\d+/);
  });

  it('starts nothing but the server unless it is asked to', () => {
    expect(Object.keys(services).filter((name) => !services[name]!.profiles)).toEqual(['lonja']);
  });

  it('gives the server time to end, and starts it again after a restart of the machine', () => {
    const { lonja } = services;
    expect(Number.parseInt(lonja!.stop_grace_period!, 10)).toBeGreaterThan(LONGEST_STOP_S);
    expect(lonja).toMatchObject({ init: true, restart: 'unless-stopped', logging: { driver: 'local' } });
  });

  it('lets nobody past the proxy when there is one', () => {
    const { environment, ports } = services['lonja']!;
    expect(ports).toEqual(['${DOMAIN:+127.0.0.1:}${PORT:-3000}:3000']);
    expect(environment).toMatchObject({ TRUST_PROXY: '${TRUST_PROXY:-${DOMAIN:+yes}}' });
  });

  it('lets people in to read, and makes backups, while the server cannot store anything', () => {
    for (const name of ['tls', 'backup']) {
      expect(services[name]!.depends_on).toEqual({ lonja: { condition: 'service_started' } });
    }
  });

  it('makes no mail server up: codes would go nowhere, and nobody would hear of it', () => {
    expect(services['lonja']!.environment).toMatchObject({ SMTP_URL: null, SMTP_URL_FILE: null });
  });

  it('makes a backup when one is due, however often it is started, and tries one that failed again within the hour', () => {
    const [shell, , script = ''] = services['backup']!.command!;
    expect(shell).toBe('sh');
    expect(script).toMatch(/if node .+ backup --to \/backups --keep 14 --unless-newer 24h; then .+; sleep 3600; done$/);
    expect(spawnSync('sh', ['-n', '-c', script]).status).toBe(0);
  });

  it('can be waited for: where a check is switched off, `up --wait` fails', () => {
    const checks = Object.values(services).map(({ healthcheck }) => healthcheck ?? {});
    expect(checks.filter((check) => 'disable' in check)).toEqual([]);
  });

  it('is valid for Docker, where there is one', () => {
    const docker = (...words: string[]) => spawnSync('docker', ['compose', ...words], { cwd: root, encoding: 'utf8' });
    // The tests above say the same of its structure where there is none; nothing is installed for this one.
    if (docker('version').status !== 0) return;
    expect(docker('--profile', 'tls', '--profile', 'mail', 'config', '--quiet').stderr).toBe('');
  });
});

describe('the image', () => {
  it('comes from one base, by tag and digest', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!);
    const foreign = bases.filter((base) => base !== 'scratch' && !dockerfile.includes(` AS ${base}\n`));
    expect(foreign).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-bookworm-slim@sha256:[\da-f]{64}$/)]);
  });

  it('runs as nobody special, without a shell, and says whether it is ready', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^CMD \["node", /m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node", .*health\/ready/m);
    expect([...dockerfile.matchAll(/^VOLUME (.*)$/gm)].map(([, volume]) => volume)).toEqual(['/data']);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('keeps what the server says of its health (%i), for who inspects the container', async (status, code) => {
    const server = createServer((_request, response) => response.writeHead(status).end('{"reason":"disk-full"}'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await checkHealth(port)).toEqual({ code, stdout: '{"reason":"disk-full"}\n', stderr: '' });
    server.close();
    await once(server, 'close');
    expect(await checkHealth(port)).toEqual({ code: 1, stdout: 'ECONNREFUSED\n', stderr: '' });
  });
});

/** What the health check of the image does. */
async function checkHealth(port: number): Promise<unknown> {
  const [, line = '[]'] = /^HEALTHCHECK .*\\\n {2}CMD (.*)$/m.exec(dockerfile) ?? [];
  const [, ...args] = JSON.parse(line) as string[];
  const options = { env: { PORT: String(port) } };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as Record<string, unknown>;
    return { code, stdout, stderr };
  }
}
