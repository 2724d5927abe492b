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
}

/** A text that screen readers announce. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

const TOAST_MILLISECONDS = 3_000;
const KEPT_ANNOUNCEMENTS = 5;

/**
 * The only place that knows SweetAlert2. There is one popup at a time in that library, and a new one replaces the one that
 * is open; so while a dialog is open a toast is only announced, a second confirmation is declined, and a question, which
 * blocks a part of the page, takes the place of both.
 */
@Service()
export class Alerts {
  private readonly recent = signal<readonly Announcement[]>([]);
  private announced = 0;
  private confirming = false;
  private question: AlertsQuestion | undefined;

  /** For a permanent `aria-live` region: toasts of SweetAlert2 come and go with theirs, and many are never read out. */
  readonly announcements = this.recent.asReadonly();

  announce(text: string): void {
    const announcement = { id: ++this.announced, text };
    this.recent.update((earlier) => [...earlier, announcement].slice(-KEPT_ANNOUNCEMENTS));
  }

  toast(text: string): void {
    this.announce(text);
    if (this.confirming || this.question?.open) return;
    void Swal.fire({
      titleText: text,
      toast: true,
      position: 'top-end',
      timer: TOAST_MILLISECONDS,
      showConfirmButton: false,
      willOpen: (popup) => {
        Swal.getTitle()?.replaceChildren(text);
        // For the eye only: the permanent region has said it already.
        popup.setAttribute('aria-hidden', 'true');
      },
    });
  }

  /** Whether the person said yes; closing it in any way is a no. The focus goes back to where it was. */
  async confirm(confirmation: Confirmation): Promise<boolean> {
    if (this.confirming || this.question?.open) return false;
    const before = document.activeElement;
    this.confirming = true;
    try {
      const answer = await Swal.fire(confirmationOptions(confirmation));
      // When another popup replaces it, only `isDismissed` is set.
      return !answer.isDismissed;
    } finally {
      this.confirming = false;
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    }
  }

  /** Blocks a part of the page with a question until it is answered well or closed by the caller. */
  ask(question: Question): AlertsQuestion {
    this.question?.close();
    this.question = new AlertsQuestion(question);
    return this.question;
  }
}

function confirmationOptions({ title, text, confirm, cancel }: Confirmation): SweetAlertOptions {
  return {
    titleText: title,
    text,
    showCancelButton: true,
    focusCancel: true,
    reverseButtons: true,
    heightAuto: false,
    // SweetAlert2 may remember an element of an earlier dialog, and scrolls the page.
    returnFocus: false,
    willOpen: () => {
      Swal.getTitle()?.replaceChildren(title);
      Swal.getHtmlContainer()?.replaceChildren(text);
      Swal.getConfirmButton()?.replaceChildren(confirm);
      Swal.getCancelButton()?.replaceChildren(cancel);
    },
  };
}
