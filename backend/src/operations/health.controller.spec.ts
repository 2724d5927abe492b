import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestServer } from '../../test/server.js';
import { Journal } from '../journal/index.js';

describe('health', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  const ask = async (name: string) => {
    const response = await fetch(`${server.url}/health/${name}`);
    return { status: response.status, body: await response.json() };
  };

  it('is good when commands can be stored', async () => {
    expect(await ask('live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('ready')).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('is not ready while commands cannot be stored, and lives on', async () => {
    jest.spyOn(server.get(Journal), 'ready', 'get').mockReturnValue(false);

    expect(await ask('ready')).toEqual({ status: 503, body: { status: 'refusing' } });
    expect(await ask('live')).toEqual({ status: 200, body: { status: 'ok' } });
  });
});
