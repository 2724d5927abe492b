import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { refusalText } from '../../ui/refusal';
import type { UploadState } from './picture-upload';

/** How far a picture has come, in words; and what can be done when it has not arrived. */
@Component({
  selector: 'app-picture-status',
  imports: [MatButtonModule, TranslocoDirective],
  template: `
    <div
      *transloco="let t"
      class="status"
      data-testid="picture-status"
      [class.problem]="problem()"
      [attr.role]="problem() ? 'alert' : 'status'"
    >
      @if (preview(); as source) {
        <img alt="" width="36" height="36" [src]="source" />
      }
      <span>
        {{ text() }}
        @if (missed()) {
          <strong>{{ t('picture.missed') }}</strong>
        }
      </span>
      @if (stuck()) {
        <button matButton type="button" (click)="retry.emit()">{{ t('picture.retry') }}</button>
      }
      @if (stuck() || state().kind === 'unusable') {
        <button matButton type="button" (click)="dismiss.emit()">
          {{ t(stuck() ? 'picture.discard' : 'picture.close') }}
        </button>
      }
    </div>
  `,
  styles: `
    .status {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-2);
      align-items: center;
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    .problem {
      padding: var(--space-1) var(--space-2);
      border-radius: var(--radius-small);
      background: var(--notice-surface);
      color: var(--notice-text);
    }
    span {
      flex: 1 1 10rem;
    }
    img {
      border-radius: var(--radius-small);
      object-fit: cover;
    }
    button {
      min-block-size: var(--target);
    }
  `,
})
export class PictureStatus {
  private readonly transloco = inject(TranslocoService);

  readonly state = input.required<UploadState>();
  /** Whether somebody wanted to save without it. */
  readonly missed = input(false);
  readonly retry = output();
  readonly dismiss = output();

  protected readonly stuck = computed(() => this.state().kind === 'waiting' || this.state().kind === 'refused');
  protected readonly problem = computed(() => this.stuck() || this.state().kind === 'unusable');
  protected readonly preview = computed(() => {
    const state = this.state();
    return 'preview' in state ? state.preview : undefined;
  });
  protected readonly text = computed(() => {
    this.transloco.activeLang();
    const state = this.state();
    if (state.kind === 'refused') return refusalText(this.transloco, state.refusal);
    if (state.kind === 'waiting') return this.transloco.translate(`picture.${state.for}`);
    return this.transloco.translate(`picture.${state.kind === 'unusable' ? state.why : state.kind}`);
  });
}
