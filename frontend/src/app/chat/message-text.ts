import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import type { Message } from 'backend/contract';
import { CHAT_PRODUCTS } from './about/chat-products';
import { referencesIn } from './about/product-references';
import { namesIn } from './about/said-products';
import { findLinks } from './link-finder';
import { textBlocks } from './text-parts';

/**
 * What somebody said, letter by letter: links can be followed, products opened, names and what is sought stand out, quotes are set apart.
 * It is made of parts and never of markup.
 */
@Component({
  selector: 'app-message-text',
  imports: [NgTemplateOutlet],
  template: `
    @for (block of blocks(); track $index) {
      <span [class.quote]="block.quote">
        @for (part of block.parts; track $index) {
          @if (part.href; as href) {
            <a
              target="_blank"
              rel="noopener noreferrer nofollow"
              [attr.href]="href"
              [attr.tabindex]="reachable() ? null : -1"
            >
              <ng-container [ngTemplateOutlet]="letters" [ngTemplateOutletContext]="{ $implicit: part.pieces }" />
            </a>
          } @else if (part.product; as product) {
            <button
              type="button"
              class="reference"
              data-testid="product-reference"
              [attr.tabindex]="reachable() ? null : -1"
              (click)="open(product)"
            >
              <ng-container [ngTemplateOutlet]="letters" [ngTemplateOutletContext]="{ $implicit: part.pieces }" />
            </button>
          } @else {
            <span [class.mention]="part.mention" [class.me]="part.mention === 'me'">
              <ng-container [ngTemplateOutlet]="letters" [ngTemplateOutletContext]="{ $implicit: part.pieces }" />
            </span>
          }
        }
      </span>
    }
    <ng-template #letters let-pieces>
      @for (piece of pieces; track $index) {
        @if (piece.found) {
          <mark>{{ piece.text }}</mark>
        } @else {
          <span>{{ piece.text }}</span>
        }
      }
    </ng-template>
  `,
  styleUrl: './message-text.scss',
})
export class MessageText {
  private readonly products = inject(CHAT_PRODUCTS);

  readonly text = input.required<string>();
  /** Where it was said, so that what it refers to is known; left out for a text that is not stored. */
  readonly message = input<Pick<Message, 'n' | 'about'>>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** Words to be marked. */
  readonly sought = input('');
  /** Whether Tab leads to its links: in a list only those of the message where one is. */
  readonly reachable = input(true);

  private readonly names = namesIn(this.message);
  /** Those that are there: what was removed has nothing to be opened. */
  private readonly references = computed(() =>
    referencesIn(this.text(), this.names()).filter(({ product }) => this.products.now().has(product)),
  );
  protected readonly blocks = computed(() =>
    textBlocks(this.text(), {
      member: this.member(),
      sought: this.sought(),
      links: findLinks,
      references: this.references(),
    }),
  );

  protected open(id: number): void {
    const product = this.products.now().get(id);
    if (product) this.products.open(product);
  }
}
