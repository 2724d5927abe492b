import { Component, input, model } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Icon, type IconName } from './icon';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A button that shows what is chosen and opens the alternatives; one of them is always chosen. */
@Component({
  selector: 'app-choice-menu',
  imports: [Icon, MatButtonModule, MatMenuModule],
  template: `
    <button
      matIconButton
      type="button"
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="label() + ': ' + chosenLabel()"
      [attr.title]="label()"
    >
      <app-icon [name]="icon()" />
    </button>
    <mat-menu #menu="matMenu">
      @for (choice of choices(); track choice.value) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="choice.value === chosen()"
          [attr.data-value]="choice.value"
          (click)="chosen.set(choice.value)"
        >
          <span class="choice">
            {{ choice.label }}
            @if (choice.value === chosen()) {
              <app-icon name="done" />
            }
          </span>
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .choice {
      display: flex;
      gap: var(--space-3);
      align-items: center;
      justify-content: space-between;
    }
  `,
})
export class ChoiceMenu {
  readonly label = input.required<string>();
  readonly icon = input.required<IconName>();
  readonly choices = input.required<readonly Choice[]>();
  readonly chosen = model.required<string>();

  protected chosenLabel(): string {
    return this.choices().find((choice) => choice.value === this.chosen())?.label ?? '';
  }
}
