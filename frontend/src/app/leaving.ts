import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { StockTaps } from './products/stock-taps';
import { isUnanswered } from './realtime/command';
import { Connection } from './realtime/connection';
import { SessionStore } from './session/session-store';
import { Alerts } from './ui/alerts';
import { refusalText } from './ui/refusal';

/** «Salir» (B10), and what somebody should know before. */
@Service()
export class Leaving {
  private readonly alerts = inject(Alerts);
  private readonly connection = inject(Connection);
  private readonly session = inject(SessionStore);
  private readonly taps = inject(StockTaps);
  private readonly transloco = inject(TranslocoService);

  async leave(): Promise<void> {
    this.taps.flush();
    const pending = this.connection.pending();
    const waiting = pending.filter(isUnanswered).length;
    if (pending.length > 0 && !(await this.mayLeave(waiting, pending.length - waiting))) return;
    const refused = await this.session.leave();
    if (refused) this.alerts.toast(refusalText(this.transloco, refused));
  }

  /**
   * What waits is kept in this browser and goes out when the same member is back; what was refused is kept, too, and goes
   * nowhere until its author decides. Who leaves should know both.
   */
  private mayLeave(waiting: number, refused: number): Promise<boolean> {
    const say = (key: string, count: number) =>
      count === 0 ? [] : [this.transloco.translate(`session.${key}.${count === 1 ? 'one' : 'other'}`, { count })];
    return this.alerts.confirm({
      title: this.transloco.translate('session.leaveAnyway'),
      text: [...say('unsent', waiting), ...say('undecided', refused)].join(' '),
      confirm: this.transloco.translate('session.leave'),
      cancel: this.transloco.translate('alerts.cancel'),
    });
  }
}
