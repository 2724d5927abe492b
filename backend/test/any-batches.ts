import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Refusal } from '../src/errors/refusal.js';
import type { Board } from './board.js';

type Deed = (board: Board) => Promise<unknown>;

/** What is done at once, and whether the disk is full then. */
export interface Batch {
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
/** What members do, batch after batch. */
export const anyBatches = fc.array(batch, { maxLength: 12 });

/** Members do all of this at once; what is refused is none of our business here. */
export async function perform(board: Board, { actions, full }: Batch): Promise<void> {
  board.full = full;
  for (const answer of await Promise.allSettled(actions.map((action) => action(board)))) {
    if (answer.status === 'rejected' && !(answer.reason instanceof Refusal)) throw answer.reason;
  }
}
