import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestServer } from '../../test/server.js';
import { Journal } from '../journal/index.js';

describe('a request that no handler can take', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  const answerTo = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  const identifying = (body: string, headers: Record<string, string> = {}) =>
    answerTo('/api/session', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const refusal = (code: string, message: string) => ({ ok: false, error: { code, message, retry: false } });

  it.each(['{"email":', '"ana@acme.com"', 'null', 'hunter2', '\u0000'])(
    'is refused when its body is not JSON, without an echo: %j',
    async (body) => {
      expect(await identifying(body)).toEqual({ status: 400, body: refusal('INVALID', 'The body is not valid JSON.') });
    },
  );

  it('is refused when its body is too large', async () => {
    const answer = await identifying(JSON.stringify({ email: 'x'.repeat(1 << 20) }));

    expect(answer).toEqual({ status: 413, body: refusal('INVALID', 'The body is too large.') });
  });

  it.each<Record<string, string>>([
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-encoding': 'compress' },
  ])('is refused when its body is encoded as %j', async (headers) => {
    expect(await identifying('{}', headers)).toEqual({
      status: 415,
      body: refusal('INVALID', 'The body has an encoding that is not read here: JSON in UTF-8 is.'),
    });
  });

  it.each([
    ['GET', '/api/nothing'],
    ['POST', '/'],
    ['PUT', '/api/session'],
  ])('is refused when there is nothing at its address: %s %s', async (method, path) => {
    expect(await answerTo(path, { method })).toEqual({
      status: 404,
      body: refusal('NOT_FOUND', 'There is nothing at this address.'),
    });
  });

  it('learns nothing of a defect of ours but that there is one; the log says which', async () => {
    jest.spyOn(server.get(Journal), 'ready', 'get').mockImplementation(() => {
      throw new Error('the reason');
    });

    expect(await answerTo('/health/ready')).toEqual({
      status: 500,
      body: refusal('INTERNAL', 'The server could not do that.'),
    });
    expect(server.log.errors.splice(0)).toEqual(['A request failed: Error: the reason']);
  });
});
