import type { WsMessageHandler } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';
import { invalid } from '../validation/payload.pipe.js';
import { type Answer, answerOnce, refusedBy } from './answer.js';
import { dataOf } from './handler-results.js';
import { QueryLimiter } from './query-limiter.js';
import type { RealtimeSocket } from './socket.js';

/** What Nest has made of a handler: it knows the socket already, and answers what is thrown. */
type Callback = WsMessageHandler['callback'];

/** What is the same for a handler of all sockets. */
interface Handler {
  /** Its place in the list of a socket's callbacks. */
  readonly index: number;
  /** Whether it answers by itself, with `@Ack()`. */
  readonly isAckHandledManually: boolean;
}

/** Finds the handler of each request of each socket, calls it with its one payload, and answers exactly once. */
export class RequestDispatcher {
  /** By the name of the request. */
  private readonly handlers = new Map<string, Handler>();
  private readonly callbacks = new WeakMap<RealtimeSocket, Callback[]>();
  private readonly queries = new QueryLimiter();

  /** Adds the handlers of one gateway for one socket. */
  bind(socket: RealtimeSocket, handlers: readonly WsMessageHandler[]): void {
    const callbacks = this.callbacks.get(socket) ?? [];
    for (const { message, callback, isAckHandledManually } of handlers) {
      const { index } = this.handlers.get(message) ?? { index: this.handlers.size };
      this.handlers.set(message, { index, isAckHandledManually });
      callbacks[index] = callback;
    }
    this.callbacks.set(socket, callbacks);
  }

  /** Answers the request of that name. The last of `args` may be the function that takes the acknowledgement. */
  dispatch(socket: RealtimeSocket, name: string, args: readonly unknown[]): void {
    const answer = answerOnce(args.at(-1));
    const handler = this.handlers.get(name);
    const payload = onlyPayload(args);
    // From another version, or another program. Without an answer its sender would wait for ever.
    if (socket.data.isOutside) answer({ ok: false, error: new Refusal('UNIDENTIFIED', 'Identify first.').refused });
    else if (!handler) answer({ ok: false, error: new Refusal('INVALID', 'There is no such request.').refused });
    else if (!payload) answer({ ok: false, error: invalid([]).refused });
    else void this.handle(socket, handler, payload, answer);
  }

  /** The filter on the gateway answers what is thrown; what is returned is the data. */
  private async handle(socket: RealtimeSocket, handler: Handler, payload: object, answer: Answer): Promise<void> {
    const callback = this.callbacks.get(socket)?.[handler.index];
    const call = (): unknown => dataOf(callback?.(payload, answer), socket);
    try {
      const data = await ('id' in payload ? call() : this.queries.run(socket, call));
      if (!handler.isAckHandledManually) answer({ ok: true, data });
    } catch (error) {
      // The filter answers everything that a handler throws; this keeps a defect in the filter from ending the process.
      answer({ ok: false, error: refusedBy(error) });
    }
  }
}

/** The payload when there is exactly one and it is an object. */
function onlyPayload(args: readonly unknown[]): object | undefined {
  const payloads = typeof args.at(-1) === 'function' ? args.slice(0, -1) : args;
  const [payload] = payloads;
  const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  return payloads.length === 1 && isObject ? payload : undefined;
}
