import { Component, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Count } from './count';
import type { ImportWork } from './import-work';

/** The import as one line on the board, while its dialog is closed. */
@Component({
  selector: 'app-import-strip',
  imports: [Count, MatButtonModule, TranslocoDirective],
  template: `
    <div *transloco="let t" class="strip" data-testid="csv-strip">
      @if (work(); as work) {
        @let job = work.job();
        @let tally = work.tally();
        <span class="text">
          {{ t('csv.' + stages[job.state] + '.' + job.direction, { file: job.file }) }}
          · <app-count [tally]="tally" />
        </span>
        @if (job.state === 'running') {
          <progress
            [max]="tally.total"
            [value]="tally.done"
            [attr.aria-label]="t('csv.progress.' + job.direction, { file: job.file })"
          ></progress>
        }
        <button matButton type="button" (click)="show.emit()">{{ t('csv.show') }}</button>
        @if (job.state === 'done') {
          <button matButton type="button" (click)="dismiss.emit()">{{ t('csv.close') }}</button>
        }
      } @else {
        <span class="text">{{ text() }}</span>
        <button matButton type="button" (click)="show.emit()">{{ t('csv.show') }}</button>
      }
    </div>
  `,
  styles: `
    .strip {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      padding: var(--space-1) var(--space-4);
      background: var(--accent-surface);
      color: var(--accent-strong);
      font-size: var(--text-small);
    }
    .text {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    progress {
      flex: 0 1 8rem;
      min-inline-size: 3rem;
      accent-color: var(--accent);
    }
    button {
      flex: none;
      min-block-size: var(--target);
    }
  `,
})
export class ImportStrip {
  readonly work = input<ImportWork | null>(null);
  /** What stands there without an import. */
  readonly text = input('');
  readonly show = output();
  readonly dismiss = output();

  protected readonly stages = { running: 'progress', stopped: 'stopped', done: 'finished' } as const;
}
