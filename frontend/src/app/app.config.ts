import { provideHttpClient } from '@angular/common/http';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  type ApplicationConfig,
} from '@angular/core';
import { CHAT_PRODUCTS } from './chat/about/chat-products';
import { ChatStore } from './chat/chat-store';
import { MentionAlerts } from './chat/mention-alerts';
import { ToRead } from './chat/must-read/to-read';
import { AlertNotices } from './follows/alert-notices';
import { FollowButton } from './follows/follow-button';
import { VisitMark } from './past/visit-mark';
import { MembersStore } from './members/members-store';
import { ProductLinks } from './product-links';
import { FOLLOW_BUTTON } from './products/follow-slot';
import { ABOUT_PRODUCT } from './products/panel-timeline';
import { ProductsStore } from './products/products-store';
import { UNREAD_ABOUT } from './products/unread-about';
import { Connection } from './realtime/connection';
import { PresenceStore } from './realtime/presence-store';
import { provideRealtime } from './realtime/realtime-socket';
import { SessionStore } from './session/session-store';
import { AboutProduct } from './timeline/about-product';
import { UnreadAbout } from './timeline/unread-about';
import { provideAdoptedStyles } from './ui/adopted-styles';
import { provideLanguage } from './ui/language';
import { nextTask } from './ui/next-task';
import { providePageVersion } from './ui/page-version';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(),
    provideAdoptedStyles(),
    provideRealtime(),
    provideLanguage(),
    providePageVersion(),
    { provide: CHAT_PRODUCTS, useExisting: ProductLinks },
    { provide: ABOUT_PRODUCT, useValue: AboutProduct },
    { provide: FOLLOW_BUTTON, useValue: FollowButton },
    { provide: UNREAD_ABOUT, useFactory: () => inject(UnreadAbout).counts },
    // The stores listen before the connection starts, so that none misses the first snapshot.
    provideEnvironmentInitializer(() => {
      for (const store of [
        SessionStore,
        MembersStore,
        ProductsStore,
        ChatStore,
        MentionAlerts,
        PresenceStore,
        ToRead,
        UnreadAbout,
        VisitMark,
        AlertNotices,
      ])
        inject<unknown>(store);
      inject(Connection).start();
    }),
    provideAppInitializer(nextTask),
  ],
};
