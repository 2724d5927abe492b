import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Answer, refusedBy } from './answer.js';

/** Turns whatever a handler, guard or pipe throws into the acknowledgement. Nest's own filter would never acknowledge. */
@Catch()
export class AckFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const [, , answer] = host.getArgs<[unknown, unknown, Answer]>();
    answer({ ok: false, error: refusedBy(error) });
  }
}
