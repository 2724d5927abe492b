import { Component, input } from '@angular/core';

/** Row B11 of the mission: one of the two words, never both, never neither. They are the same in every language. */
@Component({
  selector: 'app-server-status',
  template: `<span data-testid="server-status" role="status" [class]="online() ? 'online' : 'offline'">{{
    online() ? 'Online' : 'Offline'
  }}</span>`,
  styles: `
    span {
      display: inline-flex;
      gap: var(--space-2);
      align-items: center;
      padding: 0.125rem var(--space-3);
      border-radius: 999px;
      font-size: 0.875rem;
      font-weight: 500;
    }
    span::before {
      inline-size: 0.5rem;
      block-size: 0.5rem;
      border-radius: 50%;
      background: currentColor;
      content: '';
    }
    .online {
      background: var(--online-surface);
      color: var(--online);
    }
    .offline {
      background: var(--offline-surface);
      color: var(--offline);
    }
  `,
})
export class ServerStatus {
  readonly online = input.required<boolean>();
}
