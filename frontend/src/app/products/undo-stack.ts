import { Service, inject, linkedSignal } from '@angular/core';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import type { Submitted } from './products-store';

/** How long, in ms, the offer to undo is shown. The keyboard undoes for as long as the page is open. */
const OFFER_MS = 8_000;
/** Steps that are remembered at most. */
const MAX_STEPS = 100;

/** What was done, as a text of the translation files. */
export interface UndoText {
  readonly key: string;
  readonly title?: string;
  readonly count?: number;
}

/** A record that was stored: its number, and the id of its command. */
export interface StoredRecord {
  readonly n: number;
  readonly command: string;
}

export interface Step {
  readonly text: UndoText;
  readonly submitted: Submitted;
  /** Submits the command that puts back what was, from the record that is to be undone. */
  readonly revert: (stored: StoredRecord) => unknown;
}

interface Entry {
  readonly text: UndoText;
  readonly steps: readonly Step[];
}

/** What this member did in this page, newest last, and how it is undone. The next member at this page begins with nothing. */
@Service()
export class UndoStack {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member).email;
  private readonly entries = linkedSignal<string | null, readonly Entry[]>({
    source: this.member,
    computation: () => [],
  });
  private readonly current = linkedSignal<string | null, Entry | null>({
    source: this.member,
    computation: () => null,
  });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gathered: Step[] | undefined;

  /** What was done last, while that is offered to be undone. */
  readonly offer = this.current.asReadonly();

  push(step: Step): void {
    if (this.gathered) this.gathered.push(step);
    else this.add({ text: step.text, steps: [step] });
  }

  /** Makes one entry of all that is done meanwhile. */
  group(text: UndoText, work: () => void): void {
    const steps: Step[] = [];
    this.gathered = steps;
    try {
      work();
    } finally {
      this.gathered = undefined;
    }
    if (steps.length > 0) this.add({ text, steps });
  }

  /** Undoes what was done last. Returns what that was; undefined when there is nothing. */
  undo(): UndoText | undefined {
    const entry = this.entries().at(-1);
    this.entries.update((entries) => entries.slice(0, -1));
    this.dismiss();
    for (const step of entry?.steps.toReversed() ?? []) void this.revert(step);
    return entry?.text;
  }

  dismiss(): void {
    clearTimeout(this.timer);
    this.current.set(null);
  }

  private add(entry: Entry): void {
    this.entries.update((entries) => [...entries, entry].slice(-MAX_STEPS));
    clearTimeout(this.timer);
    this.current.set(entry);
    this.timer = setTimeout(() => this.current.set(null), OFFER_MS);
    void this.withdrawRefused(entry);
  }

  /** There is nothing to undo in what was refused as a whole, and Ctrl-Z is about what was done before. */
  private async withdrawRefused(entry: Entry): Promise<void> {
    const answers = await Promise.all(entry.steps.map(({ submitted }) => submitted.answer));
    if (answers.some(({ ok }) => ok)) return;
    this.entries.update((entries) => entries.filter((each) => each !== entry));
    if (this.current() === entry) this.dismiss();
  }

  /** What was never sent is simply not sent; otherwise the opposite goes after it. What was refused changed nothing. */
  private async revert({ submitted: { id, answer }, revert }: Step): Promise<void> {
    const pending = this.connection.pending().find((command) => command.id === id);
    if (pending?.status.kind === 'new' && !this.connection.online()) {
      this.connection.discard(id);
      return;
    }
    const author = this.member();
    const answered = await answer;
    if (answered.ok && this.member() === author) revert({ n: answered.data.n, command: id });
  }
}
