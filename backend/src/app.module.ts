import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import { AuditModule } from './audit/audit.module.js';
import { ChatModule } from './chat/chat.module.js';
import { Config } from './config.js';
import { FollowsModule } from './follows/follows.module.js';
import { IndexModule } from './index/index.module.js';
import { MarksModule } from './marks/marks.module.js';
import { MembersModule } from './members/members.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { pageOptions } from './page.js';
import { PicturesModule } from './pictures/pictures.module.js';
import { ProductsModule } from './products/products.module.js';
import { RatesModule } from './rates/rates.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { SessionModule } from './session/session.module.js';

@Global()
@Module({})
class ConfigModule {}

/** The whole server, for one configuration. */
@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] },
        ServeStaticModule.forRoot(pageOptions),
        AuditModule,
        RatesModule,
        SessionModule,
        RealtimeModule,
        MembersModule,
        ProductsModule,
        PicturesModule,
        ChatModule,
        MarksModule,
        FollowsModule,
        IndexModule,
        OperationsModule,
      ],
    };
  }
}
