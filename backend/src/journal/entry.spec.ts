import { describe, expect, it } from '@jest/globals';
import type { JournalRecord } from '../contract/index.js';
import { Entry, requireSameIntent } from './entry.js';
import type { Command } from './journal.js';

const record: JournalRecord = { n: 1, at: '', by: 'ana', id: 'a', type: 'stock-moved', product: 2, delta: 3, stock: 9 };

function command(intent: Partial<JournalRecord>): Command<JournalRecord> {
  return { id: 'a', by: 'ana', after: undefined, intent: { type: 'stock-moved', ...intent } };
}

const entry = () => new Entry(command({ product: 2 }), () => record, 0);

describe('a command on its way', () => {
  it('answers with its record once its batch has settled', async () => {
    const waiting = entry();
    expect(waiting.attempt(() => record)).toBe(record);
    waiting.settle();
    await expect(waiting.answer).resolves.toBe(record);
  });

  it('answers with what its decision threw', async () => {
    const waiting = entry();
    const defect = new TypeError('x is not a function');
    const attempt = () => {
      throw defect;
    };
    expect(waiting.attempt(attempt)).toBeUndefined();
    waiting.settle();
    await expect(waiting.answer).rejects.toBe(defect);
  });

  it('answers with the error of its batch whatever it had decided', async () => {
    const full = new Error('full');
    const waiting = entry();
    waiting.attempt(() => record);
    waiting.settle(full);
    await expect(waiting.answer).rejects.toBe(full);
  });

  it('gives the same answer to the same command, and none to another with its id', async () => {
    const waiting = entry();
    const same = waiting.sameAs(command({ product: 2 }));
    const other = waiting.sameAs(command({ product: 3 }));
    waiting.attempt(() => record);
    waiting.settle();
    await expect(same).resolves.toBe(record);
    await expect(other).rejects.toMatchObject({ code: 'ID_REUSED' });
  });
});

describe('what makes a command the same', () => {
  it('asks only for what the intent says, and for all of it', () => {
    expect(requireSameIntent({ product: 2, delta: 3 }, record)).toBe(record);
    expect(requireSameIntent({}, record)).toBe(record);
    expect(() => requireSameIntent({ product: 2, delta: 4 }, record)).toThrow('belongs to another command');
    expect(() => requireSameIntent({ note: 'x' }, record)).toThrow('belongs to another command');
  });

  it('compares what is nested by what it says', () => {
    const changed = { fields: { title: 'Café', price: 1 } };
    expect(requireSameIntent({ fields: { price: 1, title: 'Café' } }, changed)).toBe(changed);
    expect(() => requireSameIntent({ fields: { title: 'Café' } }, changed)).toThrow('another command');
  });
});
