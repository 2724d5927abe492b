import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Connection } from '../../realtime/connection';
import { formatCount } from '../../ui/amount';
import { Count } from './count';
import { downloadRefused } from './csv-download';
import { ImportRunner } from './import-runner';
import type { ImportWork } from './import-work';
import { reasonText } from './line-texts';
import { PAGE_LINES, Pager } from './pager';

/** How far an import has come, what was refused meanwhile, and the ways on: stop, go on, undo. */
@Component({
  selector: 'app-import-progress',
  imports: [Count, MatButtonModule, Pager, TranslocoDirective],
  templateUrl: './import-progress.html',
  styleUrls: ['./import-body.scss', './import-progress.scss'],
})
export class ImportProgress {
  private readonly transloco = inject(TranslocoService);
  protected readonly runner = inject(ImportRunner);
  protected readonly online = inject(Connection).online;

  readonly work = input.required<ImportWork>();
  readonly dismiss = output();

  protected readonly stages = { running: 'progress', stopped: 'stopped', done: 'finished' } as const;
  protected readonly job = computed(() => this.work().job());
  protected readonly tally = computed(() => this.work().tally());
  /** What the page refused before, too; on the way back only what cannot be taken back. */
  protected readonly refused = computed(() => {
    const { refused, direction } = this.job();
    const all = direction === 'in' ? [...refused, ...this.tally().refused] : this.tally().refused;
    return [...all].sort((a, b) => a.line - b.line);
  });
  protected readonly page = linkedSignal({ source: this.work, computation: () => 0 });
  protected readonly rows = computed(() => {
    this.transloco.activeLang();
    const first = this.page() * PAGE_LINES;
    const lines = this.refused().slice(first, first + PAGE_LINES);
    return lines.map((line) => ({ ...line, reason: reasonText(this.transloco, line) }));
  });
  /** What was done, in numbers. */
  protected readonly counts = computed(() => {
    const { added, changed, done, refused } = this.tally();
    const { same, direction } = this.job();
    const all: Readonly<Record<string, number>> =
      direction === 'back'
        ? { takenBack: done - refused.length, refused: refused.length }
        : { added, changed, same, refused: this.refused().length };
    return Object.entries(all)
      .filter(([name, count]) => count > 0 || name === 'takenBack')
      .map(([name, count]) => ({
        name,
        key: `csv.${name}.${count === 1 ? 'one' : 'other'}`,
        count: this.count(count),
      }));
  });

  protected download(): void {
    downloadRefused(this.job().header, this.refused(), (line) => reasonText(this.transloco, line), this.transloco);
  }

  private count(number: number): string {
    return formatCount(number, this.transloco.activeLang());
  }
}
