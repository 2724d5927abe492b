import { applyDecorators, createParamDecorator, type ExecutionContext, UseFilters, UsePipes } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { COMMANDS, type Data, type Payload, type RequestName } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { AckFilter } from './ack.filter.js';
import { hasFastRules } from '../validation/fast-validation.js';
import { PayloadPipe } from '../validation/payload.pipe.js';
import type { RealtimeSocket } from './socket.js';

/** A gateway whose every handler checks its payload and answers its acknowledgement. */
export function RealtimeGateway(): ClassDecorator {
  return applyDecorators(WebSocketGateway(), UseFilters(AckFilter), UsePipes(PayloadPipe));
}

/** Takes the payload and, if it wants, more; what it returns is the data of the acknowledgement. */
type Handler<Name extends RequestName> = (payload: Payload<Name>, ...more: never[]) => Data<Name> | Promise<Data<Name>>;

/**
 * Binds a method to a request of the contract. Another payload or another result does not compile; a command whose payload
 * cannot be checked at once, so that the next ones would overtake it, fails when the server starts.
 */
export function On<Name extends RequestName>(name: Name) {
  return <Method extends Handler<Name>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const [payload] = Reflect.getMetadata('design:paramtypes', target, key) as [new () => object];
    if (name in COMMANDS && !hasFastRules(payload))
      throw new Error(
        `${name}: fastValidate cannot check ${payload.name} at once, and commands would change their order.`,
      );
    SubscribeMessage(name)(target, key, descriptor);
  };
}

/** The e-mail of the member who asks. A visitor is refused with `UNIDENTIFIED`. */
export const Member = createParamDecorator((_: undefined, context: ExecutionContext): string => {
  const { email } = context.switchToWs().getClient<RealtimeSocket>().data;
  if (!email) throw new Refusal('UNIDENTIFIED', 'Identify first.');
  return email;
});
