import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** socket.io's frame for an event with an acknowledgement: `42`, the number of the acknowledgement, the event as JSON. */
const REQUEST = /^42(\d+)\["([\w:]+)"/;

/** Answers in the place of the server; undefined passes a request on. */
type Answer = (request: { readonly name: string; readonly ack: string }, socket: WebSocketRoute) => string | undefined;

async function intercept(context: BrowserContext, answer: Answer): Promise<void> {
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const [, ack = '', name = ''] = REQUEST.exec(message.toString()) ?? [];
      const answered = ack === '' ? undefined : answer({ name, ack }, socket);
      if (answered === undefined) server.send(message);
      else socket.send(answered);
    });
  });
}

/** A server that does not say what there is. */
export const silent = (context: BrowserContext) =>
  intercept(context, ({ name }) => (name.startsWith('feed:') ? '2' : undefined));

const refusal = (code: string, retry: boolean) =>
  JSON.stringify([{ ok: false, error: { code, message: 'Refused.', retry } }]);

/** A server whose disk is full. */
export const full = (context: BrowserContext) =>
  intercept(context, ({ name, ack }) =>
    name === 'chat:send' ? `43${ack}${refusal('STORAGE_FULL', true)}` : undefined,
  );

/** A server that refuses what is said. */
export const refusing = (context: BrowserContext) =>
  intercept(context, ({ name, ack }) => (name === 'chat:send' ? `43${ack}${refusal('FORBIDDEN', false)}` : undefined));

/** A server that refused a change, and whose answer got lost: asked again, it no longer knows why. */
export const forgetful = (context: BrowserContext) =>
  intercept(context, ({ name, ack }) => {
    const error = { code: 'CONFLICT', message: 'Refused.', retry: false, fields: [{ field: 'precedes' }] };
    return name === 'product:change' ? `43${ack}${JSON.stringify([{ ok: false, error }])}` : undefined;
  });

/** A server of a newer version: it sends a record that this page does not know as soon as something is said. */
export const newer = (next: number) => (context: BrowserContext) =>
  intercept(context, ({ name }, socket) => {
    if (name === 'chat:send')
      socket.send(`42["feed",${JSON.stringify({ records: [{ n: next, type: 'unheard-of' }] })}]`);
    return undefined;
  });
