import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

const LIMITED = {
  ok: false,
  error: { code: 'RATE_LIMITED', message: 'That was too soon after the last time.', retry: true },
};

const ASKED = Array.from({ length: 20 });

describe('who types', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    // Typing events are volatile: a connection that is still receiving the presence list would miss them.
    await beto.waitForMembers('ana@acme.com', 'beto@acme.com');
    await beto.roundTrip();
  });
  afterEach(() => server.end());

  it('is announced to the others once a second, however many tabs say so, and however often', async () => {
    const tabs = [ana, await server.tab(ana.cookie)];
    const started = performance.now();

    const answers = await Promise.all(tabs.flatMap((tab) => ASKED.map(() => tab.ask('chat:typing', {}))));

    const seconds = (performance.now() - started) / 1_000;
    const accepted = answers.filter(({ ok }) => ok);
    expect(accepted[0]).toEqual({ ok: true, data: null });
    expect(accepted.length).toBeLessThanOrEqual(1 + seconds);
    for (const answer of answers) if (!answer.ok) expect(answer).toEqual(LIMITED);
    await beto.roundTrip();
    expect(beto.typing).toEqual(accepted.map(() => 'ana@acme.com'));
  });

  it('does not keep another from being announced', async () => {
    const carla = await server.connect('carla@acme.com');

    expect(await ana.ask('chat:typing', {})).toEqual({ ok: true, data: null });
    expect(await carla.ask('chat:typing', {})).toEqual({ ok: true, data: null });
  });
});
