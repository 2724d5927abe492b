import { MediaMatcher } from '@angular/cdk/layout';
import { Component, Injector, afterNextRender, computed, effect, inject, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { MessageCentre } from './chat/message-centre';
import { NewProduct } from './products/new-product';
import { ProductBoard } from './products/product-board';
import { Connection } from './realtime/connection';
import { PresenceStore } from './realtime/presence-store';
import { ArrivalNotes } from './session/arrival-notes';
import { Identification } from './session/identification';
import { People } from './session/people';
import { SessionStore } from './session/session-store';
import { Alerts } from './ui/alerts';
import { ChoiceMenu } from './ui/choice-menu';
import { DataAge } from './ui/data-age';
import { Icon } from './ui/icon';
import { LANGUAGES, LANGUAGE_NAMES, Language, type LanguageCode } from './ui/language';
import { PageVersion } from './ui/page-version';
import { refusalText } from './ui/refusal';
import { ServerStatus } from './ui/server-status';
import { THEMES, Theme, type ThemeChoice } from './ui/theme';

/** The dashboard: where the features, which do not know each other, are put together. */
@Component({
  selector: 'app-root',
  imports: [
    ChoiceMenu,
    DataAge,
    Icon,
    Identification,
    MatButtonModule,
    MessageCentre,
    NewProduct,
    People,
    ProductBoard,
    ServerStatus,
    TranslocoDirective,
  ],
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  private readonly session = inject(SessionStore);
  private readonly transloco = inject(TranslocoService);
  private readonly injector = inject(Injector);
  private readonly media = inject(MediaMatcher);
  private readonly identification = viewChild(Identification);
  private readonly centre = viewChild(MessageCentre);
  protected readonly connection = inject(Connection);
  protected readonly presence = inject(PresenceStore);
  protected readonly alerts = inject(Alerts);
  protected readonly language = inject(Language);
  protected readonly theme = inject(Theme);
  protected readonly version = inject(PageVersion);

  protected readonly email = this.session.email;
  protected readonly loading = this.session.loading;
  protected readonly languages = LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] }));
  protected readonly themes = computed(() => {
    this.language.active();
    return THEMES.map((value) => ({ value, label: this.transloco.translate(`app.themes.${value}`) }));
  });

  constructor() {
    inject(ArrivalNotes).start();
    effect(() => {
      if (this.connection.online()) void this.version.check();
    });
  }

  protected chooseLanguage(code: string): void {
    this.language.choose(code as LanguageCode);
  }

  protected chooseTheme(choice: string): void {
    this.theme.choose(choice as ThemeChoice);
  }

  /** The dialog with the focus was closed. Not on a phone, whose keyboard would cover half the page. */
  protected welcomed(): void {
    if (!this.media.matchMedia('(pointer: fine)').matches) return;
    afterNextRender(() => this.centre()?.focus(), { injector: this.injector });
  }

  protected askWho(): void {
    this.identification()?.focus();
  }

  protected async leave(): Promise<void> {
    const unsent = this.connection.pending().length;
    if (unsent > 0 && !(await this.mayLeave(unsent))) return;
    const refused = await this.session.leave();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }

  /** What is not sent stays in this browser and goes out when the same member is back; who leaves should know. */
  private mayLeave(count: number): Promise<boolean> {
    return this.alerts.confirm({
      title: this.transloco.translate(count === 1 ? 'session.unsent.one' : 'session.unsent.other', { count }),
      text: this.transloco.translate('session.unsentText'),
      confirm: this.transloco.translate('session.leave'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
  }

  protected reload(): void {
    void this.version.reload();
  }
}
