import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Board } from '../../test/board.js';

const ANA = 'ana@acme.com';

describe('the rules of the chat, after a full disk', () => {
  it('find a message whose deletion could not be stored', async () => {
    const board = await Board.open();
    await board.chat.send({ id: randomUUID(), text: 'hola' }, ANA);
    board.full = true;
    await expect(board.chat.delete({ id: randomUUID(), message: 1 }, ANA)).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    });
    board.full = false;

    expect(await board.chat.edit({ id: randomUUID(), message: 1, text: 'sigo' }, ANA)).toMatchObject({ n: 2 });
    await board.close();
  });
});
