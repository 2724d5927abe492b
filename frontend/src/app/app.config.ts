import { provideHttpClient } from '@angular/common/http';
import {
  inject,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  type ApplicationConfig,
} from '@angular/core';
import { CHAT_PRODUCTS } from './chat/about/chat-products';
import { ChatStore } from './chat/chat-store';
import { MentionAlerts } from './chat/mention-alerts';
import { VisitMark } from './past/visit-mark';
import { ProductLinks } from './product-links';
import { ProductsStore } from './products/products-store';
import { Connection } from './realtime/connection';
import { PresenceStore } from './realtime/presence-store';
import { provideRealtime } from './realtime/realtime-socket';
import { SessionStore } from './session/session-store';
import { provideLanguage } from './ui/language';
import { providePageVersion } from './ui/page-version';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(),
    provideRealtime(),
    provideLanguage(),
    providePageVersion(),
    { provide: CHAT_PRODUCTS, useExisting: ProductLinks },
    // The stores listen before the connection starts, so that none misses the first snapshot.
    provideEnvironmentInitializer(() => {
      for (const store of [SessionStore, ProductsStore, ChatStore, MentionAlerts, PresenceStore, VisitMark])
        inject<unknown>(store);
      inject(Connection).start();
    }),
  ],
};
