import { InjectionToken } from '@angular/core';
import { IndexedStorage } from './indexed-storage';
import type { OutboxStorage } from './outbox-storage';
import { sendingTab, type SendingTab } from './sending-tab';

/** Where this browser stores its commands; in memory in the specs. */
export const OUTBOX_STORAGE = new InjectionToken<OutboxStorage>('outbox storage', {
  factory: () => new IndexedStorage(),
});

/** Which of this browser's pages sends. */
export const SENDING_TAB = new InjectionToken<SendingTab>('sending tab', { factory: sendingTab });
