import { Module } from '@nestjs/common';
import { Secret } from './secret.js';
import { SessionController } from './session.controller.js';
import { SessionGateway } from './session.gateway.js';
import { Sessions } from './sessions.js';

@Module({
  controllers: [SessionController],
  providers: [Secret, Sessions, SessionGateway],
  exports: [Sessions],
})
export class SessionModule {}
