import { describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import { CodeLimits } from './code-limits.js';
import { PendingCodes } from './pending-codes.js';
import { PROVEN } from '../../../test/proven.js';
import { TestServer } from '../../../test/server.js';
import { Refusal } from '../../errors/refusal.js';
import { CodesService } from './codes.service.js';

const key = createSecretKey(Buffer.alloc(32, 7));
const code = (guess: number) => String(guess).padStart(8, '0');

describe('guessing codes', () => {
  it('100,000 times over 10,000 networks opens nothing: an address takes twenty tries, wherever they come from', async () => {
    const server = await TestServer.start(PROVEN);
    const codes = server.get(CodesService);
    const seen = new Map<string, number>();
    let asked = 0;
    try {
      let browser: string | undefined;
      for (let guess = 0; guess < 100_000; guess++) {
        const network = `10.${guess % 250}.${Math.floor(guess / 250) % 40}.0/24`;
        if (guess % 5 === 0) {
          const answer = await codes.ask('ana@acme.com', undefined, { network, browser }).catch(() => undefined);
          if (answer) asked++;
          browser = answer?.browser ?? browser;
        }
        const outcome = await codes
          .enter('ana@acme.com', code(guess * 991), { network, browser })
          .catch((error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
            return error;
          });
        if (!(outcome instanceof Refusal)) throw new Error(`guessed with ${guess}`);
        const rule = outcome.fields?.map((field) => ('rule' in field ? field.rule : '')).join() ?? outcome.code;
        seen.set(rule, (seen.get(rule) ?? 0) + 1);
      }
      expect(asked).toBe(5);
      // What was judged at all.
      expect((seen.get('isRight') ?? 0) + (seen.get('triesLeft') ?? 0)).toBeLessThanOrEqual(20);
    } finally {
      await server.end();
    }
  });

  it('keeps 10,000 codes at most, the newest', () => {
    const pending = new PendingCodes(() => key);
    const first = pending.make('a@acme.com', undefined, undefined);
    for (let index = 0; index < 10_500; index++) pending.make(`x${index}@acme.com`, undefined, undefined);
    const last = pending.make('a@acme.com', undefined, undefined);

    expect(pending.size).toBe(10_000);
    expect(pending.enter(first.browser, 'a@acme.com', first.code)).toEqual({ broke: 'isLive' });
    expect(pending.enter(last.browser, 'a@acme.com', last.code)).toEqual({});
  });

  it('keeps no code in a way that shows it', () => {
    const pending = new PendingCodes(() => key);
    const made = pending.make('a@acme.com', undefined, undefined);
    expect(
      JSON.stringify(
        Object.values(pending).map((part: unknown) => (part instanceof Map ? [...(part as Map<string, unknown>)] : '')),
      ),
    ).not.toContain(made.code);
  });

  it('counts each limit for everybody apart, and says once that it is reached', async () => {
    const reached: string[] = [];
    const limits = new CodeLimits(
      () => key,
      (limit, of) => reached.push(`${limit} ${of}`),
    );
    for (let index = 0; index < 5; index++) await limits.count('askOfAddress', 'ana@acme.com');
    for (let index = 0; index < 3; index++)
      await expect(limits.count('askOfAddress', 'ana@acme.com')).rejects.toMatchObject({ retryAfter: 900 });
    await limits.count('askOfAddress', 'beto@acme.com');
    await limits.count('tryOfAddress', 'ana@acme.com');

    expect(reached).toEqual(['askOfAddress ana@acme.com']);
  });
});
