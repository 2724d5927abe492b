import { describe, expect, it } from '@jest/globals';
import { PendingSignIns } from './pending-sign-ins.js';

const signIn = (state: string) => ({ state, nonce: 'n', verifier: 'v', callback: 'c', invitation: undefined });

describe('sign-ins that are under way', () => {
  it('are 10,000 at most, the newest', () => {
    const pending = new PendingSignIns();
    const first = pending.add(signIn('first'));
    for (let index = 0; index < 10_500; index++) pending.add(signIn(`${index}`));
    const last = pending.add(signIn('last'));

    expect(pending.size).toBe(10_000);
    expect(pending.take(first, 'first')).toBeUndefined();
    expect(pending.take(last, 'last')).toMatchObject({ state: 'last' });
  });
});
