import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { BoardView } from '../board-view';
import { GridOptions } from '../grid-options';
import { ProductsStore } from '../products-store';

/** Writes what the board shows to a file. What does that is only loaded then. */
@Service()
export class ShownExport {
  private readonly view = inject(BoardView);
  private readonly options = inject(GridOptions);
  private readonly store = inject(ProductsStore);
  private readonly transloco = inject(TranslocoService);

  /** Not while the board is still coming: a part of it would look like all of it. */
  async run(): Promise<void> {
    if (this.store.partly()) return;
    const shown = { products: this.view.shown(), columns: this.options.columns() };
    const { downloadShown } = await import('./csv-download');
    downloadShown(shown, this.transloco);
  }
}
