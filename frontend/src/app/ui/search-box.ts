import { Component, input, model, viewChild, type ElementRef } from '@angular/core';
import { Icon } from './icon';

/** Where one types what to look for; Escape empties it. */
@Component({
  selector: 'app-search-box',
  imports: [Icon],
  template: `
    <app-icon name="search" />
    <input
      #box
      type="search"
      autocomplete="off"
      enterkeyhint="search"
      [attr.aria-label]="label()"
      [attr.placeholder]="label()"
      [value]="text()"
      (input)="text.set(box.value)"
      (keydown.escape)="text.set('')"
    />
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      flex: 1 1 8rem;
      align-items: center;
      min-inline-size: 0;
      max-inline-size: 24rem;
      color: var(--text-quiet);
    }
    app-icon {
      position: absolute;
      inset-inline-start: var(--space-2);
      pointer-events: none;
    }
    input {
      inline-size: 100%;
      min-block-size: 2rem;
      padding: 0 var(--space-2) 0 2.125rem;
      border: 1px solid var(--edge);
      border-radius: 999px;
      background: var(--page);
      color: var(--text);
      font: inherit;
      text-overflow: ellipsis;
    }
    input::placeholder {
      color: var(--text-quiet);
      opacity: 1;
    }
    @media (pointer: coarse) {
      input {
        min-block-size: var(--target);
      }
    }
  `,
})
export class SearchBox {
  readonly label = input.required<string>();
  readonly text = model.required<string>();
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  focus(): void {
    this.box().nativeElement.select();
  }
}
