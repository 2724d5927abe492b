import { Component, computed, inject, linkedSignal, signal, viewChild, type ElementRef } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LIMITS, productOf, type SearchHit } from 'backend/contract';
import { ProductCodes } from '../../chat/about/chat-products';
import { ChatStore } from '../../chat/chat-store';
import { Connection } from '../../realtime/connection';
import { PresenceStore } from '../../realtime/presence-store';
import { Icon } from '../../ui/icon';
import { AroundMessage } from '../around-message';
import { PastDialog } from '../past-dialog';
import { PastJumps } from '../past-jumps';
import { PastOpener } from '../past-opener';
import { SearchHitRow } from './search-hit';
import { OPERATORS_OF, completed, completing, type SearchOffer } from './search-offers';
import { SearchResults } from './search-results';
import { refusalSentence } from './search-sentence';

/**
 * Search over everything that was ever said and done. The focus stays in the input, which says what is chosen: of what an
 * operator can be completed to, or of what was found (the combobox pattern of the ARIA practices).
 */
@Component({
  selector: 'app-search-panel',
  imports: [AroundMessage, Icon, MatButtonModule, PastDialog, SearchHitRow, TranslocoDirective],
  templateUrl: './search-panel.html',
  styleUrls: ['../panel.scss', './search-panel.scss'],
  host: { '(click)': 'point($event)', '(mousedown)': 'keepFocus($event)' },
})
export class SearchPanel {
  private readonly jumps = inject(PastJumps);
  private readonly chat = inject(ChatStore);
  private readonly codes = inject(ProductCodes);
  private readonly presence = inject(PresenceStore);
  private readonly transloco = inject(TranslocoService);
  private readonly dialog = viewChild.required(PastDialog);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly opener = inject(PastOpener);
  protected readonly online = inject(Connection).online;

  protected readonly limit = LIMITS.query;
  protected readonly query = signal('');
  private readonly caret = signal(0);
  protected readonly results = new SearchResults(this.query);
  /** The number of a message that is too old to be shown in the conversation. */
  protected readonly around = linkedSignal<string, number | null>({ source: this.query, computation: () => null });
  protected readonly jumping = signal(false);

  protected readonly operators = computed(() => OPERATORS_OF[this.transloco.activeLang() === 'en' ? 'en' : 'es']);
  private readonly completing = computed(() =>
    completing(this.query(), this.caret(), {
      people: [...new Set([...this.chat.authors(), ...this.presence.members()])],
      products: this.codes.all(),
      dayName: (days) => this.transloco.translate(`past.days.${days}`),
    }),
  );
  protected readonly offers = computed<readonly SearchOffer[]>(() => this.completing()?.offers ?? []);
  protected readonly hits = computed(() => (this.offers().length > 0 ? [] : this.results.hits()));
  protected readonly count = computed(() => this.offers().length + this.hits().length);
  /** The place of the one that Enter takes. */
  protected readonly chosen = linkedSignal({
    source: () => [this.offers().length > 0, this.query()] as const,
    computation: () => 0,
  });
  /** What is wrong with what is typed, unless it is still being completed; or why it was refused. */
  protected readonly problem = computed(() => {
    this.transloco.activeLang();
    if (this.offers().length > 0) return '';
    const [problem] = this.results.parsed().problems;
    if (problem) return this.transloco.translate(`past.problem.${problem.rule}`, { name: this.textOf(problem.part) });
    const refused = this.results.refused();
    return refused ? refusalSentence(this.transloco, refused) : '';
  });

  protected type({ value, selectionStart }: HTMLInputElement): void {
    this.query.set(value);
    this.caret.set(selectionStart ?? value.length);
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = this.count() - 1;
    const [at, { key }] = [this.chosen(), event];
    if (key === 'ArrowDown') this.goTo(Math.min(last, at + 1));
    else if (key === 'ArrowUp') this.goTo(at - 1);
    else if (key === 'PageDown') this.goTo(Math.min(last, at + 8));
    else if (key === 'PageUp') this.goTo(at - 8);
    else if (key === 'Enter') this.enter();
    else return;
    event.preventDefault();
  }

  /** Writes the beginning of an operator. */
  protected begin(operator: string): void {
    const query = this.query().trimEnd();
    this.write(`${query}${query === '' ? '' : ' '}${operator}:`);
  }

  protected point({ target }: Event): void {
    const option = optionAt(target);
    if (option) this.take(Number(option.dataset['place']));
  }

  /** The input keeps it. */
  protected keepFocus(event: Event): void {
    if (optionAt(event.target)) event.preventDefault();
  }

  protected close(): void {
    this.dialog().close();
  }

  /** To what changed between two moments; the focus goes back to where it was before both. */
  protected lookBack(): void {
    this.close();
    this.opener.show('catch-up');
  }

  private enter(): void {
    // What is shown may be the answer to something else.
    if (this.offers().length === 0 && this.results.pending()) this.results.now();
    else this.take(this.chosen());
  }

  private take(place: number): void {
    const [completing, offer, hit] = [this.completing(), this.offers()[place], this.hits()[place]];
    if (completing && offer) this.write(...completed(this.query(), completing.part, offer));
    else if (hit) void this.go(hit);
  }

  private async go(hit: SearchHit): Promise<void> {
    this.jumping.set(true);
    if (hit.kind !== 'message') {
      const id = hit.kind === 'product' ? hit.product.id : productOf(hit.change);
      await this.jumps.toProduct(id, hit.n, this.dialog());
    } else if (!(await this.jumps.toMessage(hit.n, this.dialog()))) this.around.set(hit.n);
    this.jumping.set(false);
  }

  private write(text: string, caret = text.length): void {
    const box = this.box().nativeElement;
    box.value = text;
    box.focus();
    box.setSelectionRange(caret, caret);
    this.type(box);
  }

  private textOf({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.query().slice(start, end);
  }

  private goTo(place: number): void {
    this.chosen.set(Math.max(0, place));
    const option: Partial<Element> | null = document.querySelector(`#found-${this.chosen()}`);
    option?.scrollIntoView?.({ block: 'nearest' });
  }
}

function optionAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role=option]') : null;
}
