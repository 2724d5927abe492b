import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ack, Message, SendMessage, Stored } from '../src/contract/index.js';
import { Client } from './client.js';

/** A sent command; the answer, if one came before the connection closed. */
export interface Sent {
  readonly command: SendMessage;
  readonly by: string;
  answer?: Ack<Stored>;
}

const MEMBERS = ['ana@acme.com', 'beto@acme.com', 'carla@acme.com'];
const COMMANDS = 500;
/** Answers after which the server is stopped. */
const ANSWERS_BEFORE_END = 200;

/** Three members send all their commands at once; after some answers `end` stops the server. */
export async function sendUntilDisconnected(url: string, end: () => Promise<unknown>): Promise<Sent[]> {
  const clients = await Promise.all(MEMBERS.map((by) => Client.connect(url, by)));
  const gone = clients.map(
    ({ socket }) =>
      new Promise<void>((resolve) => {
        socket.once('disconnect', () => {
          // Commands without an answer never get one: the client must not reconnect and send them again by itself.
          socket.disconnect();
          resolve();
        });
      }),
  );
  let answers = 0;
  let ending: Promise<unknown> | undefined;
  const sent = Array.from({ length: COMMANDS * MEMBERS.length }, (_, index): Sent => {
    const id = randomUUID();
    return { command: { id, text: `mensaje ${id}` }, by: MEMBERS[index % MEMBERS.length]! };
  });
  for (const [index, one] of sent.entries()) {
    clients[index % MEMBERS.length]!.socket.emit('chat:send', one.command, (answer) => {
      one.answer = answer;
      if (++answers === ANSWERS_BEFORE_END) ending = end();
    });
  }
  await Promise.all(gone);
  await ending;
  return sent;
}

/** Sends every command a second time; returns the answers. */
export async function resend(url: string, sent: readonly Sent[]): Promise<Ack<Stored>[]> {
  const clients = new Map(await Promise.all(MEMBERS.map(async (by) => [by, await Client.connect(url, by)] as const)));
  const again = await Promise.all(sent.map(({ command, by }) => clients.get(by)!.ask('chat:send', command)));
  for (const client of clients.values()) client.close();
  return again;
}

/** The whole conversation, oldest first. */
export async function allMessages(url: string): Promise<Message[]> {
  const client = await Client.connect(url);
  const { messages, more } = await client.snapshot();
  const whole = [...messages];
  for (let left = more; left;) {
    const page = await client.ask('chat:history', { before: whole[0]!.n, limit: 200 });
    if (!page.ok) throw new Error(page.error.message);
    whole.unshift(...page.data.messages);
    left = page.data.more;
  }
  client.close();
  return whole;
}

/** Author and text of every line of chat.txt. */
export async function transcript(folder: string): Promise<{ by: string; text: string }[]> {
  const lines = (await readFile(join(folder, 'chat.txt'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const [, by, text] = /^(\S+) \[\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\] : (.*)$/.exec(line) ?? [];
    return { by: by!, text: text! };
  });
}
