import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyBatches, perform } from '../../test/any-batches.js';
import { Board } from '../../test/board.js';
import { MemoryLog } from '../../test/journal/memory-record-store.js';
import { applyRecords } from '../../test/apply-records.js';
import { foldCode, type JournalRecord, type Message, reduceMessages, reduceProducts } from './index.js';

describe('the reducers', () => {
  it('turn every snapshot and the records after it into the last snapshot, whatever members do', async () => {
    await fc.assert(
      fc.asyncProperty(anyBatches, async (batches) => {
        const log = new MemoryLog();
        const board = await Board.open(log);
        const snapshots = [await board.snapshot()];
        for (const batch of batches) {
          await perform(board, batch);
          snapshots.push(await board.snapshot());
        }
        await board.close();
        const records = JSON.parse(JSON.stringify(board.records)) as JournalRecord[];
        const last = snapshots.at(-1)!;
        for (const snapshot of snapshots) expect(applyRecords(snapshot, records)).toEqual(last);
        expect(last.products.every(({ stock }) => stock >= 0)).toBe(true);
        expect(last.n).toBe(records.length);
        const codes = last.products.map(({ code }) => foldCode(code)).filter((code) => code !== '');
        expect(new Set(codes).size).toBe(codes.length);
        // A server that starts on the same records has the same.
        const fresh = await Board.open(log);
        expect(await fresh.snapshot()).toEqual(last);
        await fresh.close();
      }),
      { numRuns: 300 },
    );
  });

  it('do not change their arguments', () => {
    const head = { at: '2026-01-01T00:00:00.000Z', by: 'ana@acme.com', id: 'a' };
    const messages: readonly Message[] = Object.freeze([
      Object.freeze({ n: 1, at: head.at, by: head.by, command: head.id, text: 'hola' }),
    ]);
    const products = new Map();

    const edited = reduceMessages(messages, [{ ...head, n: 2, type: 'message-edited', message: 1, text: 'adiós' }]);
    const added = reduceProducts(products, [
      {
        ...head,
        n: 3,
        type: 'product-added',
        stock: 1,
        fields: { title: 'Taza', price: 1, thumbnail: '', description: '', code: '', category: '' },
      },
    ]);

    expect(messages).toEqual([{ n: 1, at: head.at, by: head.by, command: head.id, text: 'hola' }]);
    expect(edited).toEqual([expect.objectContaining({ n: 1, text: 'adiós', editedAt: head.at })]);
    expect(products.size).toBe(0);
    expect(added.size).toBe(1);
  });

  it('return the same object when nothing changes, so that nothing is rendered again', () => {
    const head = { at: '2026-01-01T00:00:00.000Z', by: 'ana@acme.com', id: 'a' };
    const messages: readonly Message[] = [{ n: 5, at: head.at, by: head.by, command: head.id, text: 'hola' }];
    const products = new Map();

    expect(reduceMessages(messages, [])).toBe(messages);
    expect(reduceMessages(messages, [{ ...head, n: 6, type: 'message-deleted', message: 4 }])).toBe(messages);
    expect(reduceProducts(products, [])).toBe(products);
  });

  it('name everybody who agreed once, in order, whatever else happens to the message', () => {
    const head = { at: '2026-01-01T00:00:00.000Z', id: 'a' };
    const agreed = (n: number, by: string) => ({ ...head, n, by, type: 'message-agreed', message: 5 }) as const;
    const messages: readonly Message[] = [{ n: 5, at: head.at, by: 'ana@acme.com', command: head.id, text: 'hola' }];

    const after = reduceMessages(messages, [
      agreed(6, 'carla@acme.com'),
      { ...head, n: 7, by: 'ana@acme.com', type: 'message-edited', message: 5, text: 'adiós' },
      agreed(8, 'beto@acme.com'),
      agreed(9, 'carla@acme.com'),
    ]);

    expect(after).toEqual([expect.objectContaining({ text: 'adiós', agreed: ['carla@acme.com', 'beto@acme.com'] })]);
  });
});
