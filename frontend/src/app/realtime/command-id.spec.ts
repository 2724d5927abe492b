import { afterEach, expect, it, jest } from '@jest/globals';
import { newCommandId } from './command-id';

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => {
  jest.restoreAllMocks();
});

/** jsdom, like a page on plain http, may have no `randomUUID`; a page on https has one. */
function withRandomUUID(randomUUID: (() => string) | undefined): void {
  Object.defineProperty(crypto, 'randomUUID', { configurable: true, value: randomUUID });
}

it('makes a random UUID on plain http too', () => {
  withRandomUUID(undefined);
  const ids = Array.from({ length: 50 }, newCommandId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(id).toMatch(UUID_4);
});

it('leaves it to the browser where that can', () => {
  withRandomUUID(() => 'from the browser');
  expect(newCommandId()).toBe('from the browser');
});
