import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatCount } from '../../ui/amount';
import type { LineKind, Preview } from './import-preview';
import { detailsOf, problemText } from './line-texts';
import { PAGE_LINES, Pager } from './pager';
import type { Sheet } from './sheet';

const KINDS = ['all', 'added', 'changed', 'same', 'refused'] as const;
const DELIMITERS: Readonly<Record<string, string>> = { ';': 'semicolon', ',': 'comma', '\t': 'tab' };

/** What a file will do, line by line, before anything happens. */
@Component({
  selector: 'app-import-preview',
  imports: [MatButtonModule, Pager, TranslocoDirective],
  templateUrl: './import-preview.html',
  styleUrls: ['./import-body.scss', './import-preview.scss'],
})
export class ImportPreview {
  private readonly transloco = inject(TranslocoService);

  readonly preview = input.required<Preview>();
  readonly sheet = input.required<Sheet>();
  readonly file = input.required<string>();
  /** Why it cannot be confirmed yet. */
  readonly wait = input.required<'identify' | 'offline' | 'loading' | null>();
  readonly confirm = output();
  readonly identify = output();
  readonly cancelled = output();

  protected readonly kinds = KINDS;
  protected readonly kind = signal<LineKind | 'all'>('all');
  protected readonly counts = computed(() => ({ all: this.preview().lines.length, ...this.preview().counts }));
  /** How many lines are sent. */
  protected readonly sent = computed(() => this.counts().added + this.counts().changed);
  protected readonly matching = computed(() => {
    const kind = this.kind();
    const { lines } = this.preview();
    return kind === 'all' ? lines : lines.filter((line) => line.kind === kind);
  });
  /** The first of what is chosen; while that is the same, no page that is no longer there because lines became fewer. */
  protected readonly page = linkedSignal<{ kind: LineKind | 'all'; last: number }, number>({
    source: () => ({ kind: this.kind(), last: Math.max(0, Math.ceil(this.matching().length / PAGE_LINES) - 1) }),
    computation: ({ kind, last }, before) => (before?.source.kind === kind ? Math.min(before.value, last) : 0),
  });
  /** Only those of the page are drawn. */
  protected readonly rows = computed(() => {
    const language = this.transloco.activeLang();
    const first = this.page() * PAGE_LINES;
    return this.matching()
      .slice(first, first + PAGE_LINES)
      .map((line) => ({
        ...line,
        details: detailsOf(line, language),
        reasons: line.problems.map((problem) => problemText(this.transloco, problem)),
      }));
  });
  protected readonly delimiter = computed(() => DELIMITERS[this.sheet().delimiter] ?? 'other');

  protected count(number: number): string {
    return formatCount(number, this.transloco.activeLang());
  }
}
