import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type Answer, refusedBy } from './answer.js';
import type { RealtimeSocket } from './socket.js';

/** Turns whatever a handler, guard or pipe throws into the acknowledgement. Nest's own filter would never acknowledge. */
@Catch()
export class AckFilter implements ExceptionFilter {
  private readonly logger = new Logger('Realtime');

  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, , answer] = host.getArgs<[RealtimeSocket, unknown, Answer]>();
    const refused = refusedBy(error);
    const who = socket.data.email ?? 'A visitor';
    this.logger.debug(`${who} is refused ${host.switchToWs().getPattern()}: ${refused.code}`);
    answer({ ok: false, error: refused });
  }
}
