import { Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { deviceOf, SESSION_DATA_PATH } from 'backend/contract';
import { agoOf } from '../../ui/ago';
import { Alerts } from '../../ui/alerts';
import { Icon } from '../../ui/icon';
import { dayAndTimeOf } from '../../ui/instant';
import { RefusalNote, refusalText } from '../../ui/refusal';
import { SessionStore } from '../session-store';
import { translocoOfAccount } from './account-texts';
import { OwnSessions } from './own-sessions';

/** «Sesiones»: where one is signed in, since when, and the end of it: of one device, or of all. */
@Component({
  selector: 'app-sessions-panel',
  imports: [Icon, MatButtonModule, RefusalNote, TranslocoDirective],
  templateUrl: './sessions-panel.html',
  styleUrl: './account-list.scss',
})
export class SessionsPanel {
  private readonly alerts = inject(Alerts);
  private readonly session = inject(SessionStore);
  private readonly transloco = translocoOfAccount();
  protected readonly own = inject(OwnSessions);
  /** The ids of those that are being ended. */
  protected readonly ending = signal<ReadonlySet<string>>(new Set());

  /** Everything that the server has of oneself, as a file. */
  protected readonly dataPath = SESSION_DATA_PATH;

  protected readonly entries = computed(() => {
    const language = this.transloco.activeLang();
    return this.own.all()?.map(({ id, device, since, seen, isThis }) => ({
      id,
      isThis,
      device: this.deviceText(device),
      since: dayAndTimeOf(since).slice(0, -3),
      seen: agoOf(seen, language),
    }));
  });

  constructor() {
    void this.own.load();
  }

  protected async end({ id, device }: { readonly id: string; readonly device: string }): Promise<void> {
    if (this.ending().has(id)) return;
    this.ending.update((ending) => new Set([...ending, id]));
    if (await this.own.end(id)) this.alerts.announce(this.transloco.translate('sessions.ended', { device }));
    this.ending.update((ending) => new Set([...ending].filter((other) => other !== id)));
  }

  protected async endAll(): Promise<void> {
    const t = (key: string) => this.transloco.translate(key);
    const sure = await this.alerts.confirm({
      title: t('sessions.everywhereSure'),
      text: t('sessions.everywhereText'),
      confirm: t('sessions.everywhere'),
      cancel: t('alerts.cancel'),
      danger: true,
    });
    const refused = sure ? await this.session.leaveEverywhere() : null;
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }

  private deviceText(userAgent: string): string {
    const { browser, system } = deviceOf(userAgent);
    if (browser && system) return this.transloco.translate('sessions.device', { browser, system });
    return browser || system || this.transloco.translate('sessions.unknown');
  }
}
