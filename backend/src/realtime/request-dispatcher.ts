import { Logger, type WsMessageHandler } from '@nestjs/common';
import { rateKindOf } from '../contract/index.js';
import { Refusal, stopping } from '../errors/refusal.js';
import type { Rates } from '../rates/rates.js';
import { invalid } from '../validation/payload.pipe.js';
import { type Answer, answerOnce, refusedBy } from './answer.js';
import { dataOf } from './handler-results.js';
import { evictions, measured } from './measured.js';
import { QueryLimiter } from './query-limiter.js';
import type { RealtimeSocket } from './socket.js';

/** What Nest has made of a handler: it knows the socket already, and answers what is thrown. */
type Callback = WsMessageHandler['callback'];

/** One request, with what is known of its handler. */
interface Request extends Handler {
  readonly name: string;
  readonly payload: object;
}

/** What is the same for a handler of all sockets. */
interface Handler {
  /** Its place in the list of a socket's callbacks. */
  readonly index: number;
  /** Whether it answers by itself, with `@Ack()`. */
  readonly isAckHandledManually: boolean;
}

/** What the dispatcher asks others about. */
export interface DispatchOptions {
  readonly rates: Pick<Rates, 'take'>;
  /** Told of a command that was one too many, so that those after it wait for it. */
  readonly refused: (command: { readonly id: string; readonly by: string }, refusal: Refusal) => void;
  /** Whether nothing can be asked any more, because the journal is closed. */
  readonly stopped?: () => boolean;
}

/** Requests of one socket, in a row, that were too many: who goes on nevertheless is not listening. */
const MAX_REFUSED = 2_000;

/** Finds the handler of each request of each socket, calls it with its one payload, and answers exactly once. */
export class RequestDispatcher {
  /** By the name of the request. */
  private readonly handlers = new Map<string, Handler>();
  private readonly logger = new Logger('Realtime');
  private readonly callbacks = new WeakMap<RealtimeSocket, Callback[]>();
  private readonly queries = new QueryLimiter();
  /** Requests in a row that were too many, of the sockets that have any. */
  private readonly refused = new WeakMap<RealtimeSocket, number>();

  constructor(private readonly options: DispatchOptions) {}

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
    const handler = this.handlers.get(name);
    const answer = measured(answerOnce(args.at(-1)), handler ? name : 'unknown');
    const payload = onlyPayload(args);
    // From another version, or another program. Without an answer its sender would wait for ever.
    if (socket.data.isOutside) answer({ ok: false, error: new Refusal('UNIDENTIFIED', 'Identify first.').refused });
    else if (this.options.stopped?.()) answer({ ok: false, error: stopping().refused });
    else if (!handler) answer({ ok: false, error: new Refusal('INVALID', 'There is no such request.').refused });
    else if (!payload) answer({ ok: false, error: invalid([]).refused });
    else void this.handle(socket, { ...handler, name, payload }, answer);
  }

  /** The filter on the gateway answers what is thrown; what is returned is the data. */
  private async handle(socket: RealtimeSocket, request: Request, answer: Answer): Promise<void> {
    const { index, name, payload, isAckHandledManually } = request;
    const callback = this.callbacks.get(socket)?.[index];
    const call = (): unknown => dataOf(callback?.(payload, answer), socket);
    try {
      await this.requireRate(socket, request);
      const data = await ('id' in payload ? call() : this.queries.run(socket, call));
      if (!isAckHandledManually) answer({ ok: true, data });
    } catch (error) {
      // The filter answers everything that a handler throws; this keeps a defect in the filter from ending the process.
      answer({ ok: false, error: refusedBy(error, { socket, name, payload }) });
    }
  }

  private async requireRate(socket: RealtimeSocket, { name, payload }: Request): Promise<void> {
    const { email: by } = socket.data;
    try {
      await this.options.rates.take(rateKindOf(name), socket.data);
      this.refused.delete(socket);
    } catch (error) {
      if (by && 'id' in payload && typeof payload.id === 'string' && error instanceof Refusal)
        this.options.refused({ id: payload.id, by }, error);
      const count = (this.refused.get(socket) ?? 0) + 1;
      this.refused.set(socket, count);
      if (count === MAX_REFUSED) {
        this.logger.warn(`${by ?? 'A visitor'} does not stop asking (${socket.id}): the connection is closed`, {
          ...{ event: 'does-not-stop', by, socket: socket.id },
        });
        evictions.next('too-many-requests');
        socket.conn.close();
      }
      throw error;
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
