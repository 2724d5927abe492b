import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { Board } from '../../test/board.js';
import { MemoryLog } from '../../test/journal/memory-record-store.js';
import { applyRecords } from '../../test/apply-records.js';
import { Refusal } from '../errors/refusal.js';
import { foldCode, type JournalRecord, type Message, reduceMessages, reduceProducts } from './index.js';

type Deed = (board: Board) => Promise<unknown>;

/** What is done at once, and whether the disk is full then. */
interface Batch {
  readonly actions: readonly Deed[];
  readonly full: boolean;
}

const which = fc.nat(12);
const member = fc.constantFrom('ana@acme.com', 'beto@acme.com');
const word = fc.string({ minLength: 1, maxLength: 5 });
/** Few, and some the same to the rule, so that they are often in the way of each other, and often mentioned. */
const code = fc.constantFrom('', 'A', 'a', 'B-1', 'ñ');
const fields = fc.record({ title: word, price: fc.nat(9), code, lowStock: fc.nat(9) }, { requiredKeys: [] });
const line = fc
  .tuple(fc.constantFrom('A', 'b-1', 'Ñ', 'C'), fc.constantFrom('-', '+', '='), fc.nat(4))
  .map(([code, sign, pieces]) => `#${code} ${sign}${pieces} motivo`);
/** Lines that move stock, mentions, or both. */
const aboutProducts = fc
  .tuple(fc.array(line, { maxLength: 3 }), fc.constantFrom('', 'y la #a', 'y #B-1.'))
  .map(([lines, rest]) => [...lines, rest || 'ya'].join('\n'));
const id = () => randomUUID();

/** Anything that members can do, sensible or not. */
const action: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(member, word).map(
    ([by, text]): Deed =>
      (board) =>
        board.chat.send({ id: id(), text }, by),
  ),
  fc.tuple(member, aboutProducts, which, fc.boolean()).map(([by, text, which, given]): Deed => (board) => {
    const about = given && { about: [board.pick('product-added', which)] };
    return board.chat.send({ id: id(), text, ...about }, by);
  }),
  fc.tuple(member, which, fc.oneof(word, aboutProducts)).map(
    ([by, which, text]): Deed =>
      (board) =>
        board.chat.edit({ id: id(), message: board.pick('message-posted', which), text }, by),
  ),
  fc.tuple(member, which).map(
    ([by, which]): Deed =>
      (board) =>
        board.chat.delete({ id: id(), message: board.pick('message-posted', which) }, by),
  ),
  fc.tuple(member, which).map(
    ([by, which]): Deed =>
      (board) =>
        board.chat.agree({ id: id(), message: board.pick('message-posted', which) }, by),
  ),
  fc.tuple(member, which, fc.boolean()).map(
    ([by, which, pinned]): Deed =>
      (board) =>
        board.chat.pin({ id: id(), message: board.pick('message-posted', which), pinned }, by),
  ),
  fc.tuple(member, word, code, fc.nat(5)).map(
    ([by, title, code, stock]): Deed =>
      (board) =>
        board.products.add({ id: id(), title, price: 1, code, stock }, by),
  ),
  fc.tuple(member, which, fields, fc.nat(99)).map(
    ([by, which, fields, base]): Deed =>
      (board) =>
        board.products.change({ id: id(), product: board.pick('product-added', which), base, fields }, by),
  ),
  fc.tuple(member, which).map(
    ([by, which]): Deed =>
      (board) =>
        board.products.remove({ id: id(), product: board.pick('product-added', which) }, by),
  ),
  fc.tuple(member, which).map(
    ([by, which]): Deed =>
      (board) =>
        board.products.restore({ id: id(), product: board.pick('product-added', which) }, by),
  ),
  fc.tuple(member, which, fc.integer({ min: -4, max: 4 })).map(
    ([by, which, delta]): Deed =>
      (board) =>
        board.products.move({ id: id(), product: board.pick('product-added', which), delta }, by),
  ),
);
const batch = fc.record({
  actions: fc.array(action, { maxLength: 12 }),
  full: fc.integer({ max: 3, min: 0 }).map((n) => n === 0),
});
const batches = fc.array(batch, { maxLength: 12 });

describe('the reducers', () => {
  it('turn every snapshot and the records after it into the last snapshot, whatever members do', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (batches) => {
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

/** Members do all of this at once; what is refused is none of our business here. */
async function perform(board: Board, { actions, full }: Batch): Promise<void> {
  board.full = full;
  for (const answer of await Promise.allSettled(actions.map((action) => action(board)))) {
    if (answer.status === 'rejected' && !(answer.reason instanceof Refusal)) throw answer.reason;
  }
}
