import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../config.js';
import { type RateKind, RATES } from '../contract/index.js';
import { Rates } from './rates.js';

const NETWORK = '203.0.113.7';

/** How many of that many are let through. */
async function letThrough(count: number, ask: (place: number) => Promise<void>): Promise<number> {
  let through = 0;
  for (let place = 0; place < count; place++) {
    await ask(place).then(
      () => through++,
      (error: unknown) => expect(error).toMatchObject({ code: 'RATE_LIMITED' }),
    );
  }
  return through;
}

describe.each(Object.entries(RATES) as [RateKind, (typeof RATES)[RateKind]][])('%s', (kind, rate) => {
  let rates: Rates;
  beforeEach(() => {
    jest.useFakeTimers();
    rates = new Rates(readConfig({}));
  });
  afterEach(() => void jest.useRealTimers());

  it('is allowed to a member as often as the table says, to another besides, and again afterwards', async () => {
    const ask = (email: string) => () => rates.take(kind, { email });
    expect(await letThrough(rate.member + 2, ask('ana@acme.com'))).toBe(rate.member);
    expect(await letThrough(1, ask('beto@acme.com'))).toBe(1);
    await jest.advanceTimersByTimeAsync(rate.seconds * 1_000);
    expect(await letThrough(1, ask('ana@acme.com'))).toBe(1);
  });

  it('is allowed to a network as often as the table says, whoever asks', async () => {
    const ask = (place: number) => rates.take(kind, { email: `m${place}@acme.com`, network: NETWORK });
    expect(await letThrough(rate.network + 2, ask)).toBe(rate.network);
  });
});
