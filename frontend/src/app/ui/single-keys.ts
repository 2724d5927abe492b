import { Service, signal } from '@angular/core';
import { recall, remember } from './remembered';

const KEY = 'lonja.singleKeys';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Whether single letters do something where nothing is typed. They can be turned off: who speaks to the computer, or hits keys
 * by accident, would set them off (WCAG 2.1.4).
 */
@Service()
export class SingleKeys {
  private readonly isOn = signal(recall(KEY) !== 'off');
  readonly on = this.isOn.asReadonly();

  turn(on: boolean): void {
    this.isOn.set(on);
    remember(KEY, on ? 'on' : 'off');
  }

  /** The key as one of movement: `j` goes down in lists, `k` up. */
  walk({ key, ctrlKey, metaKey, altKey }: Press): string {
    if (!this.on() || ctrlKey || metaKey || altKey) return key;
    return key === 'j' ? 'ArrowDown' : key === 'k' ? 'ArrowUp' : key;
  }
}
