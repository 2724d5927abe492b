import { MediaMatcher } from '@angular/cdk/layout';
import { ApplicationRef, Component, Injector, afterNextRender, effect, inject, signal, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { AdminDoor } from './admin-door';
import { ChatStore } from './chat/chat-store';
import { MessageCentre } from './chat/message-centre';
import { MustReadNotes } from './chat/must-read/must-read-notes';
import { ToRead } from './chat/must-read/to-read';
import { AlertsMenu } from './follows/alerts-menu';
import { Leaving } from './leaving';
import { LoadAhead } from './load-ahead';
import { MemberFace } from './members/member-face';
import { WriteAccess } from './members/write-access';
import { PageBanner } from './page-banner';
import { CHAT_WIDTH, PageView, TABS } from './page-view';
import { Past } from './past/past';
import { PastOpener } from './past/past-opener';
import { ProductLinks } from './product-links';
import { Palette } from './palette/palette';
import type { PageAction } from './palette/palette-actions';
import type { Choice } from './palette/palette-entries';
import { BoardView } from './products/board-view';
import { ProductBoard } from './products/product-board';
import { Connection } from './realtime/connection';
import type { PendingCommand } from './realtime/command';
import { PresenceStore } from './realtime/presence-store';
import { AccountDialogs } from './session/account/account-dialogs';
import { AccountPanel } from './session/account-panel';
import { ArrivalNotes } from './session/arrival-notes';
import { Identification } from './session/identification';
import { People } from './session/people';
import { SessionStore } from './session/session-store';
import { Alerts } from './ui/alerts';
import { Icon } from './ui/icon';
import { PageVersion } from './ui/page-version';
import { PartMissing } from './ui/part-missing';
import { SearchBox } from './ui/search-box';
import { ServerStatus } from './ui/server-status';
import { Settled } from './ui/settled';
import { Skeleton } from './ui/skeleton';
import { Splitter } from './ui/splitter';
import { WhenThere } from './ui/when-there';
import { Shortcuts, type Shortcut } from './shortcuts';
import { ShortcutsHelp } from './shortcuts-help';
import { WaitingList } from './waiting-list';

/** The dashboard: where the features, which do not know each other, are put together. */
@Component({
  selector: 'app-root',
  imports: [
    AccountDialogs,
    AccountPanel,
    AdminDoor,
    AlertsMenu,
    Icon,
    Identification,
    MatButtonModule,
    MemberFace,
    MessageCentre,
    MustReadNotes,
    PageBanner,
    Palette,
    PartMissing,
    Past,
    People,
    ProductBoard,
    SearchBox,
    ServerStatus,
    Shortcuts,
    ShortcutsHelp,
    Skeleton,
    Splitter,
    TranslocoDirective,
    WaitingList,
  ],
  templateUrl: './app.html',
  styleUrl: './app.scss',
  host: { '(keydown.escape)': 'closeDrawer()' },
})
export class App {
  protected readonly session = inject(SessionStore);
  private readonly leaving = inject(Leaving);
  private readonly transloco = inject(TranslocoService);
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);
  private readonly media = inject(MediaMatcher);
  private readonly identification = viewChild(Identification);
  private readonly messageCentre = viewChild<MessageCentre>('messages');
  private readonly centre = new WhenThere(this.messageCentre);
  private readonly productBoard = viewChild(ProductBoard);
  private readonly search = viewChild(SearchBox);
  private readonly helpShown = viewChild<ShortcutsHelp>('help');
  private readonly help = new WhenThere(this.helpShown);
  protected readonly view = inject(PageView);
  protected readonly connection = inject(Connection);
  protected readonly presence = inject(PresenceStore);
  protected readonly alerts = inject(Alerts);
  private readonly version = inject(PageVersion);
  private readonly past = inject(PastOpener);
  private readonly access = inject(WriteAccess);

  protected readonly email = this.session.email;
  protected readonly loading = this.session.loading;
  protected readonly ended = this.session.ended;
  protected readonly board = inject(BoardView);
  protected readonly chat = inject(ChatStore);
  protected readonly tabs = TABS;
  protected readonly icons = { products: 'products', messages: 'chat', account: 'account' } as const;
  protected readonly chatLimits = CHAT_WIDTH;
  protected readonly settled = inject(Settled);
  protected readonly toRead = inject(ToRead);
  protected readonly paletteOpen = signal(false);

  constructor() {
    inject(LoadAhead);
    inject(ArrivalNotes).start();
    inject(ProductLinks).opens((product) => this.choose({ kind: 'product', product }));
    effect(() => {
      if (this.connection.online()) void this.version.check();
    });
  }

  /** The dialog is gone that had the focus. A phone is left alone: its keyboard would cover half the page. */
  protected welcomed(): void {
    const welcome = `${this.transloco.translate('session.welcome')}, ${this.email() ?? ''}`;
    if (this.view.layout() === 'phone') this.alerts.toast(welcome);
    if (!this.media.matchMedia('(pointer: fine)').matches) return;
    this.afterRender(() => this.toCentre());
  }

  protected goTo(shortcut: Shortcut): void {
    if ((shortcut === 'message' || shortcut === 'new-product') && !this.access.tried()) return;
    if (this.session.shut() && shortcut !== 'help') this.askWho();
    else if (shortcut === 'palette') this.paletteOpen.set(true);
    else if (shortcut === 'search-all') this.past.show('search');
    else if (shortcut === 'help') this.help.do((help) => help.toggle());
    else if (shortcut === 'message' && this.email() === null) this.askWho();
    else if (shortcut === 'message') this.view.showChat();
    else this.view.showBoard();
    // Drawn at once: the next key is for that part already.
    this.application.tick();
    if (shortcut === 'search') this.search()?.focus();
    else if (shortcut === 'new-product') this.productBoard()?.beginNew();
    else if (shortcut === 'message') this.toCentre();
    else if (shortcut === 'rows') this.productBoard()?.backToGrid();
  }

  /** What was chosen in the palette, which has closed and given the focus back. */
  protected choose(choice: Choice): void {
    if (choice.kind === 'product') {
      this.view.showBoard();
      this.afterRender(() => this.productBoard()?.open(choice.product));
    } else if (choice.kind === 'person') {
      this.goTo('message');
      if (this.email() !== null) this.centre.do((centre) => centre.mention(choice.email));
    } else this.do(choice.action.does);
  }

  private do(action: PageAction | (() => void)): void {
    if (typeof action === 'function') action();
    else if (action === 'leave') void this.leave();
    else if (action === 'enter') this.askWho();
    else this.goTo(action);
  }

  protected closeDrawer(): void {
    if (this.view.layout() === 'tablet') this.view.showChat(false);
  }

  /** @param explaining whether a visitor wanted to change something */
  protected askWho(explaining = false): void {
    this.view.showChat();
    this.afterRender(() => this.identification()?.focus(explaining));
  }

  /** A command that was refused is looked at where it can be decided. */
  protected review(pending: PendingCommand): void {
    const ofChat = pending.command.name.startsWith('chat:');
    this.view.showChat(ofChat || this.view.layout() === 'wide');
    this.afterRender(() => {
      if (ofChat) this.centre.do((centre) => centre.review(pending));
      else void this.productBoard()?.review(pending);
    });
  }

  /** @param menu that it was chosen from */
  protected async leave(menu?: Partial<HTMLElement>): Promise<void> {
    menu?.hidePopover?.();
    await this.leaving.leave();
  }

  private toCentre(): void {
    this.centre.do((centre) => centre.focus());
  }

  private afterRender(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}
