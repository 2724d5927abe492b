import { describe, expect, it } from '@jest/globals';
import { UploadSlots } from './upload-slots.js';

const TOO_MANY = expect.objectContaining({ code: 'RATE_LIMITED' });

describe('uploads at once', () => {
  const slots = new UploadSlots();
  const gates: PromiseWithResolvers<string>[] = [];
  const start = (member: string, count: number) =>
    Array.from({ length: count }, () => {
      const gate = Promise.withResolvers<string>();
      gates.push(gate);
      return slots.run(member, () => gate.promise);
    });

  it('are limited to 8 of a member and 64 in total, and slots are free again after success and failure', async () => {
    for (let time = 0; time < 2; time++) {
      const running = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((name) => start(`${name}@acme.com`, 7));
      running.push(...start('a@acme.com', 1));
      await expect(slots.run('a@acme.com', () => Promise.resolve('late'))).rejects.toEqual(TOO_MANY);
      running.push(...start('i@acme.com', 7));
      await expect(slots.run('j@acme.com', () => Promise.resolve('late'))).rejects.toEqual(TOO_MANY);

      const [failing, ...rest] = gates.splice(0);
      failing!.reject(new Error('broken'));
      for (const { resolve } of rest) resolve('stored');

      await expect(running.shift()).rejects.toThrow('broken');
      expect(await Promise.all(running)).toEqual(Array.from({ length: 63 }, () => 'stored'));
    }
  });
});
