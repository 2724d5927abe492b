import { computed, inject, signal } from '@angular/core';
import { LIMITS, type BoardAt, type Moment, type PlaceInTime, type Product, type Refused } from 'backend/contract';
import { Connection } from '../realtime/connection';

/** The board as it was at a moment, page after page. Made where one injects. */
export class BoardPages {
  private readonly connection = inject(Connection);
  private readonly loaded = signal<readonly Product[]>([]);
  private readonly last = signal<BoardAt | undefined>(undefined);
  private readonly isLoading = signal(false);
  private readonly refusal = signal<Refused | undefined>(undefined);
  private turn = 0;

  readonly products = this.loaded.asReadonly();
  readonly total = computed(() => this.last()?.total);
  readonly place = computed<PlaceInTime | undefined>(() => this.last()?.place);
  readonly loading = this.isLoading.asReadonly();
  readonly refused = this.refusal.asReadonly();

  async load(at: Moment): Promise<void> {
    const turn = ++this.turn;
    this.loaded.set([]);
    this.last.set(undefined);
    this.isLoading.set(true);
    let [place, after]: [Moment, number] = [at, 0];
    for (;;) {
      const answer = await this.connection.request('board:at', { at: place, after, limit: LIMITS.productsPage });
      if (turn !== this.turn) return;
      this.refusal.set(answer.ok ? undefined : answer.error);
      if (!answer.ok) break;
      const { products, more, place: found } = answer.data;
      this.last.set(answer.data);
      this.loaded.update((earlier) => [...earlier, ...products]);
      after = products.at(-1)?.id ?? after;
      // The next pages are of the same record, whatever is stored meanwhile.
      place = { n: found.n };
      if (!more || products.length === 0) break;
    }
    this.isLoading.set(false);
  }
}
