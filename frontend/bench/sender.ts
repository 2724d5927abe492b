import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Server } from '../e2e/server.ts';

/** Sends so many messages a second, evenly, as another member. Returns the text of the last one, stored by then. */
export async function sendMessages({ url }: Server, perSecond: number, seconds: number): Promise<string> {
  const response = await fetch(new URL('api/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'beto@acme.com' }),
  });
  const [cookie] = response.headers.getSetCookie()[0]?.split(';') ?? [];
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie: cookie ?? '' } });
  const text = (order: number) => `Nuevo ${order}: https://acme.com/${order}`;
  const answers: Promise<unknown>[] = [];
  const begun = performance.now();
  while (answers.length < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
    while (answers.length < due)
      answers.push(socket.emitWithAck('chat:send', { id: randomUUID(), text: text(answers.length + 1) }));
    await wait(20);
  }
  await Promise.all(answers);
  socket.disconnect();
  return text(answers.length);
}
