import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Board } from '../../test/board.js';

const ANA = 'ana@acme.com';

describe('the rules of the chat, after a full disk', () => {
  it('find a message whose deletion could not be stored', async () => {
    const board = new Board();
    const posted = board.chat.send({ id: randomUUID(), text: 'hola' }, ANA);
    await board.journal.store();
    await posted;
    const lost = expect(board.chat.delete({ id: randomUUID(), message: 1 }, ANA)).rejects.toMatchObject({
      code: 'STORAGE_FULL',
    });
    await board.journal.store({ full: true });
    await lost;

    const edited = board.chat.edit({ id: randomUUID(), message: 1, text: 'sigo' }, ANA);
    await board.journal.store();

    expect(await edited).toMatchObject({ n: 2 });
  });
});
