import { Component, viewChild, type ElementRef } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** What each key does; its text is `shortcuts.` and the name. */
const KEYS = [
  ['Ctrl K', 'palette'],
  ['/', 'search'],
  ['f', 'searchAll'],
  ['n', 'newProduct'],
  ['c', 'message'],
  ['j k', 'walk'],
  ['↑ ↓ ← →', 'move'],
  ['e', 'editProduct'],
  ['Enter', 'edit'],
  ['- + =', 'stock'],
  ['1 2', 'decide'],
  ['Shift Enter', 'open'],
  ['Delete', 'remove'],
  ['a q p', 'actOn'],
  ['Ctrl F', 'find'],
  ['Ctrl Z', 'undo'],
  ['?', 'help'],
] as const;

/** The keys of the page, at a glance. */
@Component({
  selector: 'app-shortcuts-help',
  imports: [TranslocoDirective],
  template: `
    <div
      *transloco="let t"
      #panel
      popover
      tabindex="-1"
      role="dialog"
      data-testid="shortcuts"
      [attr.aria-label]="t('shortcuts.heading')"
      (keydown)="press($event)"
    >
      <h2>{{ t('shortcuts.heading') }}</h2>
      <dl>
        @for (key of keys; track key[1]) {
          <div>
            <dt>
              @for (name of key[0].split(' '); track name) {
                <kbd>{{ name === 'Delete' ? t('chat.keys.delete') : name }}</kbd>
              }
            </dt>
            <dd>{{ t('shortcuts.' + key[1]) }}</dd>
          </div>
        }
      </dl>
    </div>
  `,
  styles: `
    [popover] {
      inset: 0;
      inline-size: min(26rem, calc(100vw - 2rem));
      block-size: max-content;
      max-block-size: calc(100dvh - 2rem);
      margin: auto;
    }
    dl {
      display: grid;
      gap: var(--space-1);
      margin: var(--space-3) 0 0;
    }
    dl div {
      display: grid;
      grid-template-columns: 7rem 1fr;
      align-items: baseline;
    }
    dt {
      display: flex;
      gap: var(--space-1);
    }
    dd {
      margin: 0;
    }
    kbd {
      min-inline-size: 1.25rem;
      padding: 0 var(--space-1);
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface-quiet);
      font: inherit;
      font-size: var(--text-small);
      text-align: center;
    }
  `,
})
export class ShortcutsHelp {
  protected readonly keys = KEYS;
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');

  /** The key that opens it closes it. */
  protected press({ key }: KeyboardEvent): void {
    if (key === '?') this.toggle();
  }

  toggle(): void {
    const panel: Partial<HTMLElement> | undefined = this.panel()?.nativeElement;
    // It gives the focus back when it is closed.
    if (panel?.togglePopover?.()) panel.focus?.();
  }
}
