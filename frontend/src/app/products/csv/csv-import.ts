import {
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { newCommandId } from '../../realtime/command-id';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { Alerts } from '../../ui/alerts';
import { Icon } from '../../ui/icon';
import { ProductsStore } from '../products-store';
import { FILE_LIMITS, namesIn, readFile, type ChosenFile, type FileFailure } from './chosen-file';
import { areSame, concernOf } from './concerned-products';
import { CSV_COLUMNS } from './csv-columns';
import { portionsOf } from './import-job';
import { ImportOpener } from './import-opener';
import { previewOf, type Preview } from './import-preview';
import { ImportPreview } from './import-preview-view';
import { ImportProgress } from './import-progress';
import { ImportRunner } from './import-runner';
import { ImportStrip } from './import-strip';

/**
 * The import of a file: a dialog with what it will do, then with how far it has come and what came of it. Closed, a line on
 * the board stands for it. Nothing is sent before it is confirmed.
 */
@Component({
  selector: 'app-csv-import',
  imports: [Icon, ImportPreview, ImportProgress, ImportStrip, MatButtonModule, TranslocoDirective],
  templateUrl: './csv-import.html',
  styleUrl: './csv-import.scss',
})
export class CsvImport {
  private readonly injector = inject(Injector);
  private readonly transloco = inject(TranslocoService);
  private readonly alerts = inject(Alerts);
  private readonly opener = inject(ImportOpener);
  private readonly store = inject(ProductsStore);
  private readonly connection = inject(Connection);
  private readonly names = namesIn(this.transloco);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  /** The file that was chosen last: reading one before it may take longer. */
  private newest: File | undefined;
  protected readonly member = inject(Member).email;
  protected readonly runner = inject(ImportRunner);

  /** A visitor wanted to import: the page asks who it is. */
  readonly identifyNeeded = output();

  protected readonly open = signal(false);
  protected readonly reading = signal(false);
  protected readonly failure = signal<FileFailure | null>(null);
  /** What a member has chosen is nothing for the next one; what a visitor has chosen goes on. */
  protected readonly chosen = linkedSignal<string | null, ChosenFile | null>({
    source: this.member,
    computation: (_member, before) => (before?.source === null ? before.value : null),
  });
  private readonly concerns = computed(() => {
    const chosen = this.chosen();
    return chosen && concernOf(chosen.sheet, this.names);
  });
  /** The products that the file speaks of: the others may change as they like, a long file is not read again for them. */
  private readonly concerned = computed(
    () => {
      const concerns = this.concerns();
      return concerns ? this.store.products().filter(concerns) : [];
    },
    { equal: areSame },
  );
  /** Anew whenever one of its products changes: until it is confirmed it says what would happen now. */
  protected readonly preview = computed<Preview | null>(() => {
    const chosen = this.chosen();
    return chosen && previewOf(chosen.sheet, this.concerned(), this.names, this.transloco.activeLang());
  });
  /** Why it cannot be confirmed yet. */
  protected readonly wait = computed(() => {
    if (this.member() === null) return 'identify';
    if (!this.connection.online() || this.connection.shownAsOf() !== undefined) return 'offline';
    return this.store.loading() || this.store.partly() ? 'loading' : null;
  });
  protected readonly limits = FILE_LIMITS;
  protected readonly written = computed(() => {
    this.transloco.activeLang();
    return CSV_COLUMNS.map((column) => this.transloco.translate(`product.${column}`)).join(', ');
  });

  constructor() {
    effect(() => {
      const file = this.opener.file();
      if (file) untracked(() => void this.take(file));
    });
    let running = false;
    effect(() => {
      const job = this.runner.work()?.job();
      if (running && job?.state === 'done') this.announce(`csv.finished.${job.direction}`, job.file);
      running = job?.state === 'running';
    });
  }

  protected confirm(): void {
    const [chosen, preview, by] = [this.chosen(), this.preview(), this.member()];
    if (!chosen || !preview || by === null || this.wait() !== null) return;
    const { sheet, name } = chosen;
    const refused = preview.lines.filter(({ kind }) => kind === 'refused');
    void this.runner.begin(
      {
        id: newCommandId(),
        by,
        file: name,
        header: sheet.header,
        refused: refused.map(({ line, title, cells, problems }) => ({ line, title, cells, problems })),
        same: preview.counts.same,
        direction: 'in',
        state: 'running',
      },
      portionsOf(preview.lines, name),
    );
    this.chosen.set(null);
    this.focusHeading();
  }

  protected identify(): void {
    this.dialog().nativeElement.close();
    this.identifyNeeded.emit();
  }

  /** What was not confirmed is forgotten with the dialog. */
  protected cancel(): void {
    this.chosen.set(null);
    this.dialog().nativeElement.close();
  }

  protected show(): void {
    this.open.set(true);
    const dialog: Partial<HTMLDialogElement> = this.dialog().nativeElement;
    if (this.dialog().nativeElement.open) return;
    dialog.showModal?.();
    this.focusHeading();
  }

  protected dismiss(): void {
    this.dialog().nativeElement.close();
    this.runner.dismiss();
  }

  /** Escape: a preview is forgotten, too. */
  protected closed(): void {
    this.open.set(false);
    this.failure.set(null);
    if (this.member() !== null) this.chosen.set(null);
  }

  private async take(file: File): Promise<void> {
    this.opener.taken();
    this.newest = file;
    this.failure.set(null);
    this.chosen.set(null);
    const busy = this.runner.work()?.job().state === 'running';
    this.reading.set(!busy);
    // The file may be the reason why this is loaded: then the dialog is not there yet.
    afterNextRender(() => this.show(), { injector: this.injector });
    if (busy) {
      this.failure.set('busy');
      return;
    }
    const read = await readFile(file, this.names);
    if (this.newest !== file) return;
    this.reading.set(false);
    if (typeof read === 'string') this.failure.set(read);
    else this.chosen.set(read);
  }

  private announce(key: string, file: string): void {
    this.alerts.announce(this.transloco.translate(key, { file }));
  }

  private focusHeading(): void {
    afterNextRender(() => this.heading().nativeElement.focus(), { injector: this.injector });
  }
}
