import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Answer, refusedBy } from './answer.js';
import type { RealtimeSocket } from './socket.js';

/** Turns whatever a handler, guard or pipe throws into the acknowledgement. Nest's own filter would never acknowledge. */
@Catch()
export class AckFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, payload, answer] = host.getArgs<[RealtimeSocket, unknown, Answer]>();
    const name = host.switchToWs().getPattern();
    answer({ ok: false, error: refusedBy(error, { socket, name, payload }) });
  }
}
