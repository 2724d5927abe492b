import { Service, computed, inject, linkedSignal, signal } from '@angular/core';
import { ADMIN_PAGE_PATH } from 'backend/contract';
import { PageLayout } from './ui/page-layout';
import { PagePath } from './ui/page-path';
import { recall, remember } from './ui/remembered';

/** What a phone shows one of at a time. */
export const TABS = ['products', 'messages', 'account'] as const;
export type Tab = (typeof TABS)[number];

/** Of the conversation beside the board, in px. */
export const CHAT_WIDTH = { least: 320, usual: 416, most: 800 } as const;

const WIDTH_KEY = 'lonja.chatWidth';
const SHOWN_KEY = 'lonja.chatShown';

/** Which parts of the page are in sight. A wide page remembers it; a drawer and a tab begin anew each time. */
@Service()
export class PageView {
  readonly layout = inject(PageLayout).kind;
  private readonly path = inject(PagePath);
  readonly tab = signal<Tab>('products');

  /** Whether the page of admins is there, in place of board and conversation. */
  readonly adminShown = computed(() => this.path.now() === ADMIN_PAGE_PATH);

  private readonly width = signal(rememberedWidth());
  private readonly column = signal(recall(SHOWN_KEY) !== 'no');
  private readonly drawer = linkedSignal({ source: this.layout, computation: () => false });

  readonly chatWidth = this.width.asReadonly();
  readonly chatShown = computed(() => {
    if (this.adminShown()) return false;
    if (this.layout() === 'phone') return this.tab() === 'messages';
    return this.layout() === 'tablet' ? this.drawer() : this.column();
  });
  readonly boardShown = computed(() => !this.adminShown() && (this.layout() !== 'phone' || this.tab() === 'products'));

  /** @param width in px */
  resizeChat(width: number): void {
    this.width.set(width);
    remember(WIDTH_KEY, String(width));
  }

  showAdmin(): void {
    this.path.go(ADMIN_PAGE_PATH);
  }

  showTab(tab: Tab): void {
    this.leaveAdmin();
    this.tab.set(tab);
  }

  showBoard(): void {
    this.leaveAdmin();
    if (this.layout() === 'phone') this.tab.set('products');
    else if (this.layout() === 'tablet') this.drawer.set(false);
  }

  showChat(shown = true): void {
    this.leaveAdmin();
    if (this.layout() === 'phone') this.tab.set(shown ? 'messages' : 'products');
    else if (this.layout() === 'tablet') this.drawer.set(shown);
    else {
      this.column.set(shown);
      remember(SHOWN_KEY, shown ? 'yes' : 'no');
    }
  }

  private leaveAdmin(): void {
    if (this.adminShown()) this.path.go('/');
  }
}

/** px. */
function rememberedWidth(): number {
  const width = Number(recall(WIDTH_KEY));
  return width >= CHAT_WIDTH.least && width <= CHAT_WIDTH.most ? width : CHAT_WIDTH.usual;
}
