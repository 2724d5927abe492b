import { expect, it } from '@jest/globals';
import { MessageBody } from '@nestjs/websockets';
import { IsString, IsUUID } from 'class-validator';
import { CommandDto } from '../validation/command.dto.js';
import { On } from './realtime-gateway.js';

class PlainDto extends CommandDto {
  @IsString()
  readonly text: string;
}

/** class-validator itself validates each element, which is slow. */
class SlowDto {
  @IsUUID()
  readonly id: string;

  @IsString({ each: true })
  readonly text: string;
}

const stored = { n: 1, at: '2026-01-01T00:00:00.000Z' };

/** What happens when a server with such a gateway starts. */
const plain = () => {
  class Gateway {
    @On('chat:send')
    send(@MessageBody() _: PlainDto) {
      return stored;
    }
  }
  return Gateway;
};
const slow = () => {
  class Gateway {
    @On('chat:send')
    send(@MessageBody() _: SlowDto) {
      return stored;
    }
  }
  return Gateway;
};

it('a command whose payload cannot be checked at once fails at the start: others would overtake it', () => {
  expect(plain).not.toThrow();
  expect(slow).toThrow('chat:send: fastValidate cannot check SlowDto at once');
});
