import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';

/** As of when it is what one reads, while the network has not answered: «Datos de las 18:02, conectando…». */
@Component({
  selector: 'app-data-age',
  imports: [TranslocoDirective],
  template: `
    <p *transloco="let t" role="status" data-testid="data-age">
      {{ t(today() ? 'app.asOfTime' : 'app.asOfDay', { time: time(), day: day() }) }}
    </p>
  `,
  styles: `
    p {
      margin: 0;
      padding: var(--space-1) var(--space-4);
      color: var(--text-quiet);
      font-size: 0.875rem;
    }
  `,
})
export class DataAge {
  private readonly transloco = inject(TranslocoService);

  /** ms. */
  readonly at = input.required<number>();

  protected readonly today = computed(() => new Date(this.at()).toDateString() === new Date().toDateString());
  protected readonly time = computed(() => this.shown({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  protected readonly day = computed(() => this.shown({ day: 'numeric', month: 'long' }));

  private shown(options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.transloco.activeLang(), options).format(this.at());
  }
}
