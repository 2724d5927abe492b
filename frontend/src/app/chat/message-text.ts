import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { findLinks } from './link-finder';
import { textBlocks } from './text-parts';

/**
 * What somebody said, letter by letter: links can be followed, names and what is sought stand out, quotes are set apart.
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
  readonly text = input.required<string>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** Words to be marked. */
  readonly sought = input('');
  /** Whether Tab leads to its links: in a list only those of the message where one is. */
  readonly reachable = input(true);

  protected readonly blocks = computed(() =>
    textBlocks(this.text(), { member: this.member(), sought: this.sought(), links: findLinks }),
  );
}
