import { Service, signal } from '@angular/core';
import type { SweetAlertOptions } from 'sweetalert2';
import Swal from 'sweetalert2/dist/sweetalert2.js';
import { AlertsQuestion, type Question } from './alerts-question';

/** Everything is text, never markup: SweetAlert2 would execute what stands in its `title`, `html` or button options. */
export interface Confirmation {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly cancel: string;
  /** Whether a yes takes something away: its button has another colour than one that saves. */
  readonly danger?: boolean;
}

/** A text that screen readers announce. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

/** A line for the corner of the eye. While it has to wait it may grow: what it says is asked for when it is shown. */
export interface QuietLine {
  text(): string;
  /** It was in sight for its time. */
  shown(): void;
}

const TOAST_MILLISECONDS = 3_000;
const QUIET_MILLISECONDS = 4_000;
const KEPT_ANNOUNCEMENTS = 5;

/**
 * The only place that knows SweetAlert2. That library has one popup at a time, by design
 * (https://github.com/sweetalert2/sweetalert2/issues/770), and a new one replaces the one that is open. So while a confirmation
 * is open, toasts and the quiet line wait; a second confirmation is declined; and a question, which blocks a part of the page
 * for as long as it takes, takes the place of all: what comes meanwhile is only announced.
 */
@Service()
export class Alerts {
  private readonly recent = signal<readonly Announcement[]>([]);
  private announced = 0;
  private confirming = false;
  private question: AlertsQuestion | undefined;
  /** The newest toast that came while a confirmation was open. */
  private waitingToast: string | undefined;
  private waitingLine: QuietLine | undefined;
  private toasting = false;

  /** For a permanent `aria-live` region: toasts of SweetAlert2 come and go with theirs, and many are never read out. */
  readonly announcements = this.recent.asReadonly();

  announce(text: string): void {
    const announcement = { id: ++this.announced, text };
    this.recent.update((earlier) => [...earlier, announcement].slice(-KEPT_ANNOUNCEMENTS));
  }

  /** Takes back what was said: whoever is here now may not read it. */
  forget(): void {
    this.recent.set([]);
    this.waitingToast = undefined;
    this.waitingLine = undefined;
  }

  /** What somebody has just done, or could not do. */
  toast(text: string): void {
    this.announce(text);
    if (this.question?.open) return;
    if (this.confirming) this.waitingToast = text;
    else void this.showToast(text);
  }

  /** Shows the line when nothing else is open. It is not announced: whoever has news for all ears says so. */
  quietly(line: QuietLine): void {
    if (this.question?.open) line.shown();
    else if (this.confirming || this.toasting) this.waitingLine = line;
    else void this.showLine(line);
  }

  /** Whether the person said yes; closing it in any way is a no. The focus goes back to where it was. */
  async confirm(confirmation: Confirmation): Promise<boolean> {
    if (this.confirming || this.question?.open) return false;
    const before = document.activeElement;
    this.confirming = true;
    this.toasting = false;
    try {
      const answer = await Swal.fire(confirmationOptions(confirmation));
      // When another popup replaces it, only `isDismissed` is set.
      return !answer.isDismissed;
    } finally {
      this.confirming = false;
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      this.showWaiting();
    }
  }

  /** Blocks a part of the page with a question until it is answered well or closed by the caller. */
  ask(question: Question): AlertsQuestion {
    this.question?.close();
    this.toasting = false;
    this.question = new AlertsQuestion(question);
    return this.question;
  }

  private async showToast(text: string): Promise<void> {
    this.toasting = true;
    const { dismiss } = await Swal.fire(toastOptions(text, 'top-end', TOAST_MILLISECONDS));
    // Replaced by something else, which goes on with what waits when it is closed.
    if (dismiss !== Swal.DismissReason.timer) return;
    this.toasting = false;
    this.showWaiting();
  }

  private async showLine(line: QuietLine): Promise<void> {
    const { dismiss } = await Swal.fire(toastOptions(line.text(), 'bottom-start', QUIET_MILLISECONDS));
    if (dismiss === Swal.DismissReason.timer) line.shown();
    // Something else took its place before it was read.
    else if (this.confirming || this.toasting) this.waitingLine ??= line;
  }

  private showWaiting(): void {
    if (this.question?.open) return;
    const [text, line] = [this.waitingToast, this.waitingLine];
    this.waitingToast = undefined;
    if (text !== undefined) void this.showToast(text);
    else if (line) {
      this.waitingLine = undefined;
      void this.showLine(line);
    }
  }
}

function toastOptions(text: string, position: 'top-end' | 'bottom-start', timer: number): SweetAlertOptions {
  return {
    titleText: text,
    toast: true,
    position,
    timer,
    showConfirmButton: false,
    customClass: { container: position === 'bottom-start' ? 'alerts-quiet' : '' },
    willOpen: (popup) => {
      Swal.getTitle()?.replaceChildren(text);
      // For the eye only: the permanent region has said it already.
      popup.setAttribute('aria-hidden', 'true');
    },
  };
}

function confirmationOptions({ title, text, confirm, cancel, danger = false }: Confirmation): SweetAlertOptions {
  return {
    titleText: title,
    text,
    showCancelButton: true,
    focusCancel: true,
    reverseButtons: true,
    heightAuto: false,
    // SweetAlert2 may remember an element of an earlier dialog, and scrolls the page.
    returnFocus: false,
    customClass: { popup: danger ? 'alerts-danger' : '' },
    willOpen: () => {
      Swal.getTitle()?.replaceChildren(title);
      Swal.getHtmlContainer()?.replaceChildren(text);
      Swal.getConfirmButton()?.replaceChildren(confirm);
      Swal.getCancelButton()?.replaceChildren(cancel);
    },
  };
}
