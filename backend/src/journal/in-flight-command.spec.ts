import { describe, expect, it } from '@jest/globals';
import type { JournalRecord } from '../contract/index.js';
import { type Command, InFlightCommand, requireSameIntent } from './in-flight-command.js';

const record: JournalRecord = { n: 1, at: '', by: 'ana', id: 'a', type: 'stock-moved', product: 2, delta: 3, stock: 9 };

function command(intent: Partial<JournalRecord>): Command<JournalRecord> {
  return { id: 'a', by: 'ana', intent: { type: 'stock-moved', ...intent } };
}

const inFlight = () => new InFlightCommand(command({ product: 2 }), () => record);

describe('an in-flight command', () => {
  it('answers with its record once its batch has settled', async () => {
    const waiting = inFlight();
    waiting.accept(record);
    waiting.settle();
    await expect(waiting.answer).resolves.toBe(record);
  });

  it('answers with why it was refused, whatever had been decided before', async () => {
    const full = new Error('full');
    const waiting = inFlight();
    waiting.accept(record);
    waiting.refuse(full);
    waiting.settle();
    await expect(waiting.answer).rejects.toBe(full);
  });

  it('answers with its record when it is decided again and then accepted', async () => {
    const waiting = inFlight();
    waiting.refuse(new Error('not enough'));
    waiting.accept(record);
    waiting.settle();
    await expect(waiting.answer).resolves.toBe(record);
  });

  it('has the same answer for the same command, and none for another with its id', async () => {
    const waiting = inFlight();
    const same = waiting.sameAs(command({ product: 2 }));
    const other = waiting.sameAs(command({ product: 3 }));
    waiting.accept(record);
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

  it('takes a record of an earlier version, whose texts were not normalised, for what the same command says now', () => {
    const before = { text: 'cafe\u0301', fields: { title: 'Te\u0301\u200b' } };
    expect(requireSameIntent({ text: 'café', fields: { title: 'Té' } }, before)).toBe(before);
    expect(() => requireSameIntent({ text: 'cafe' }, before)).toThrow('another command');
  });
});
