import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Board } from '../../test/board.js';

const ANA = 'ana@acme.com';

describe('the rules of the catalogue, after a full disk', () => {
  let board: Board;
  beforeEach(async () => {
    board = await Board.open();
    await board.products.add({ id: randomUUID(), title: 'Taza', price: 3, stock: 5 }, ANA);
  });
  afterEach(() => board.close());

  /** What was decided and could not be stored. */
  const lose = async (act: () => Promise<unknown>) => {
    board.full = true;
    await expect(act()).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    board.full = false;
  };

  it('do not count pieces that could not be moved', async () => {
    await lose(() => board.products.move({ id: randomUUID(), product: 1, delta: -5 }, ANA));

    expect(await board.products.move({ id: randomUUID(), product: 1, delta: -2 }, ANA)).toMatchObject({ stock: 3 });
  });

  it('find a product whose removal could not be stored', async () => {
    await lose(() => board.products.remove({ id: randomUUID(), product: 1 }, ANA));

    expect(
      await board.products.change({ id: randomUUID(), product: 1, base: 1, fields: { price: 4 } }, ANA),
    ).toMatchObject({ n: 2 });
    expect(board.products.list()).toMatchObject([{ price: 4, stock: 5 }]);
  });

  it('have no conflict with a change that could not be stored', async () => {
    await lose(() =>
      board.products.change({ id: randomUUID(), product: 1, base: 1, fields: { price: 4 } }, 'beto@acme.com'),
    );

    expect(
      await board.products.change({ id: randomUUID(), product: 1, base: 1, fields: { price: 5 } }, ANA),
    ).toMatchObject({ n: 2 });
  });
});
