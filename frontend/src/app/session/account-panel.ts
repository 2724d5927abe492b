import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { ADMIN_PAGE_PATH, VERSION } from 'backend/contract';
import { WriteAccess } from '../members/write-access';
import { Icon } from '../ui/icon';
import { LANGUAGES, LANGUAGE_NAMES, Language } from '../ui/language';
import { PagePath } from '../ui/page-path';
import { SingleKeys } from '../ui/single-keys';
import { THEMES, Theme } from '../ui/theme';
import { AccountOpener, type AccountPart } from './account/account-opener';
import { ShownEmail } from '../ui/shown-email';

/** Who one is here, how the page looks and speaks, and the way out (B10): in a menu, or a tab of its own on a phone. */
@Component({
  selector: 'app-account-panel',
  imports: [Icon, MatButtonModule, ShownEmail, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (email(); as email) {
        @if (greets()) {
          <p class="who" data-testid="welcome">
            {{ t('session.welcome') }}, <bdi>{{ email | shownEmail }}</bdi>
          </p>
        }
      } @else {
        <button matButton="filled" type="button" (click)="enter.emit()">{{ t('session.join') }}</button>
      }
      @if (email()) {
        <div class="parts">
          @for (part of parts(); track part) {
            <button matButton type="button" aria-haspopup="dialog" (click)="open($event, part)">
              <app-icon [name]="icons[part]" />{{ t('account.' + part) }}
            </button>
          }
          @if (isAdmin()) {
            <a matButton [href]="adminPath" data-testid="to-admin" (click)="openAdmin($event)">
              <app-icon name="options" />{{ t('account.admin') }}
            </a>
          }
        </div>
      }
      <fieldset data-testid="language">
        <legend>{{ t('app.language') }}</legend>
        @for (code of languages; track code) {
          <label [attr.data-value]="code">
            <input
              type="radio"
              name="language"
              [value]="code"
              [checked]="code === language.active()"
              (change)="language.choose(code)"
            />
            <span [attr.lang]="code">{{ names[code] }}</span>
          </label>
        }
      </fieldset>
      <fieldset data-testid="theme">
        <legend>{{ t('app.theme') }}</legend>
        @for (choice of themes; track choice) {
          <label [attr.data-value]="choice">
            <input
              type="radio"
              name="theme"
              [value]="choice"
              [checked]="choice === theme.choice()"
              (change)="theme.choose(choice)"
            />
            <span><app-icon [name]="choice" />{{ t('app.themes.' + choice) }}</span>
          </label>
        }
      </fieldset>
      <div>
        <label data-testid="single-keys">
          <input type="checkbox" [checked]="singleKeys.on()" (change)="singleKeys.turn(!singleKeys.on())" />
          <span>{{ t('shortcuts.single') }}</span>
        </label>
        <button matButton type="button" (click)="help.emit()">{{ t('shortcuts.heading') }}</button>
      </div>
      @if (email()) {
        <button matButton="outlined" type="button" data-testid="leave" (click)="leave.emit()">
          <app-icon name="leave" />{{ t('session.leave') }}
        </button>
      }
      <p class="version" data-testid="version">{{ t('app.version', { version }) }}</p>
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-4);
      inline-size: 100%;
      max-inline-size: 24rem;
      padding: var(--space-4);
    }
    .who {
      margin: 0;
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    fieldset {
      display: grid;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    label {
      display: flex;
      gap: var(--space-3);
      align-items: center;
      min-block-size: var(--target);
      cursor: pointer;
    }
    label span {
      display: inline-flex;
      gap: var(--space-2);
      align-items: center;
    }
    input {
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--accent);
    }
    button,
    .parts a {
      min-block-size: var(--target);
    }
    .version {
      margin: 0;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    .parts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1);
      margin-inline-start: calc(-1 * var(--space-3));
    }
  `,
})
export class AccountPanel {
  /** Null for a visitor. */
  readonly email = input.required<string | null>();
  /** Whether it says welcome: where the bar has no room for it. */
  readonly greets = input(false);
  readonly leave = output();
  readonly enter = output();
  /** The keys are to be listed. */
  readonly help = output();

  private readonly opener = inject(AccountOpener);
  private readonly path = inject(PagePath);
  protected readonly adminPath = ADMIN_PAGE_PATH;
  protected readonly isAdmin = inject(WriteAccess).isAdmin;
  protected readonly parts = computed<readonly AccountPart[]>(() =>
    this.isAdmin() ? ['profile', 'sessions', 'members', 'audit'] : ['profile', 'sessions'],
  );
  protected readonly icons = { profile: 'account', sessions: 'devices', members: 'people', audit: 'history' } as const;
  protected readonly language = inject(Language);
  protected readonly theme = inject(Theme);
  protected readonly singleKeys = inject(SingleKeys);
  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;
  protected readonly themes = THEMES;
  /** Of this page; a server that is newer asks to reload it. */
  protected readonly version = VERSION;

  /** Out of the menu first: the focus goes back to its button, and later from the dialog to there. */
  protected open(event: Event, part: AccountPart): void {
    closeMenu(event);
    this.opener.show(part);
  }

  protected openAdmin(event: MouseEvent): void {
    this.path.follow(event, ADMIN_PAGE_PATH);
    if (event.defaultPrevented) closeMenu(event);
  }
}

/** The menu that it was chosen from; on a phone it is none. */
function closeMenu({ target }: Event): void {
  const menu: Partial<HTMLElement> | null = (target as Element).closest<HTMLElement>('[popover]');
  menu?.hidePopover?.();
}
