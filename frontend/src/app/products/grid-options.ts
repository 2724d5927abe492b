import { Service, computed, inject, signal } from '@angular/core';
import { WriteAccess } from '../members/write-access';
import { PageLayout } from '../ui/page-layout';
import { recall, remember } from '../ui/remembered';
import { COLUMNS, HIDEABLE, type Column } from './grid/columns';

const HIDDEN_KEY = 'lonja.hiddenColumns';
const COMFORTABLE_KEY = 'lonja.comfortable';
/** Of rows, and of cards on a phone, in px. */
const HEIGHTS = { compact: 36, comfortable: 44, card: 100 } as const;

/** Nothing of it is of use to a reader. */
const FOR_WRITING: ReadonlySet<Column> = new Set<Column>(['select', 'actions']);

/** How this browser shows the grid. */
@Service()
export class GridOptions {
  private readonly granted = inject(WriteAccess).granted;
  private readonly layout = inject(PageLayout).kind;
  private readonly hiddenColumns = signal<ReadonlySet<Column>>(
    new Set(HIDEABLE.filter((name) => (recall(HIDDEN_KEY) ?? '').split(',').includes(name))),
  );
  private readonly isComfortable = signal(recall(COMFORTABLE_KEY) === 'yes');

  readonly hidden = this.hiddenColumns.asReadonly();
  readonly comfortable = this.isComfortable.asReadonly();
  readonly columns = computed<readonly Column[]>(() =>
    COLUMNS.filter((column) => !this.hidden().has(column) && (this.granted() || !FOR_WRITING.has(column))),
  );

  /** px. */
  readonly rowHeight = computed(() => {
    if (this.layout() === 'phone') return HEIGHTS.card;
    return this.comfortable() ? HEIGHTS.comfortable : HEIGHTS.compact;
  });

  hide(columns: ReadonlySet<Column>): void {
    this.hiddenColumns.set(columns);
    remember(HIDDEN_KEY, [...columns].join(','));
  }

  choose(comfortable: boolean): void {
    this.isComfortable.set(comfortable);
    remember(COMFORTABLE_KEY, comfortable ? 'yes' : 'no');
  }
}
