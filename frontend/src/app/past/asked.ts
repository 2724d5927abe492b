import { DestroyRef, computed, inject, signal } from '@angular/core';
import type { AsOf, Data, Payload, ReadModelQueries, Refused } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { growingDelay } from '../realtime/growing-delay';

/** An index that has less of the history than this is being built; otherwise it follows a moment behind. */
const ALMOST_ALL = 0.99;

/**
 * The answer to the newest of one's questions: an earlier one that comes later is dropped. As long as the index of the server has
 * not come as far as this page had when it asked, it is asked again. Made where one injects.
 */
export class Asked<Name extends keyof ReadModelQueries> {
  private readonly connection = inject(Connection);
  private readonly data = signal<Data<Name> | undefined>(undefined);
  private readonly isLoading = signal(false);
  private readonly refusal = signal<Refused | undefined>(undefined);
  private readonly target = signal(0);
  private question = 0;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Stays while the next one is on its way. */
  readonly answer = this.data.asReadonly();
  readonly loading = this.isLoading.asReadonly();
  readonly refused = this.refusal.asReadonly();
  /** How much of the history is indexed, in percent; null when all of it is. */
  readonly indexed = computed(() => {
    const { n } = (this.data() as AsOf | undefined) ?? { n: Infinity };
    return n < this.target() * ALMOST_ALL ? Math.floor((100 * n) / this.target()) : null;
  });

  constructor(private readonly name: Name) {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  async ask(payload: Payload<Name>): Promise<void> {
    this.stop();
    this.attempts = 0;
    this.isLoading.set(true);
    await this.send(payload);
  }

  /** Nothing is asked any more, and nothing is answered. */
  clear(): void {
    this.stop();
    this.isLoading.set(false);
    this.data.set(undefined);
    this.refusal.set(undefined);
  }

  private async send(payload: Payload<Name>): Promise<void> {
    const question = ++this.question;
    this.target.set(this.connection.applied);
    const answer = await this.connection.request(this.name, payload);
    if (question !== this.question) return;
    this.isLoading.set(false);
    this.refusal.set(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    this.data.set(answer.data);
    if ((answer.data as AsOf).n < this.target())
      this.timer = setTimeout(() => void this.send(payload), growingDelay(this.attempts++));
  }

  private stop(): void {
    this.question++;
    clearTimeout(this.timer);
  }
}
