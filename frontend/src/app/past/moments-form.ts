import { Component, input, linkedSignal, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Moment } from 'backend/contract';
import { fieldText } from './moment-text';

/** Two moments, as somebody chose them. */
export interface Between {
  readonly from: Moment;
  /** Left out: now. */
  readonly to?: Moment;
}

/** «entre … y …»: any two moments, in the time zone of the browser; without the second one it is now. */
@Component({
  selector: 'app-moments-form',
  imports: [MatButtonModule, TranslocoDirective],
  template: `
    <form *transloco="let t" (submit)="choose($event)">
      <label>
        {{ t('past.between') }}
        <input #from type="datetime-local" required [value]="start()" (input)="start.set(from.value)" />
      </label>
      <label>
        {{ t('past.and') }}
        <input #to type="datetime-local" [value]="end()" (input)="end.set(to.value)" />
      </label>
      <button matButton type="submit">{{ t('past.show') }}</button>
      @if (wrong()) {
        <p role="alert">{{ t('past.order') }}</p>
      } @else if (end() === '') {
        <p>{{ t('past.untilNow') }}</p>
      }
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-3);
      align-items: center;
      font-size: var(--text-small);
    }
    label {
      display: inline-flex;
      gap: var(--space-2);
      align-items: center;
    }
    input {
      min-block-size: var(--target);
      padding: 0 var(--space-2);
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface);
      color: inherit;
      font: inherit;
    }
    p {
      flex-basis: 100%;
      margin: 0;
      color: var(--text-quiet);
    }
    [role='alert'] {
      color: var(--danger-text);
    }
  `,
})
export class MomentsForm {
  /** ISO instant that it begins with. */
  readonly since = input.required<string>();
  readonly chosen = output<Between>();

  protected readonly start = linkedSignal(() => (this.since() ? fieldText(this.since()) : ''));
  protected readonly end = signal('');
  protected readonly wrong = signal(false);

  protected choose(event: Event): void {
    event.preventDefault();
    const [from, to] = [this.start(), this.end()];
    this.wrong.set(to !== '' && to <= from);
    if (from === '' || this.wrong()) return;
    this.chosen.emit({ from: momentOf(from), ...(to !== '' && { to: momentOf(to) }) });
  }
}

/** A date and time without a zone is one of the browser's. */
function momentOf(local: string): Moment {
  return { at: new Date(local).toISOString() };
}
