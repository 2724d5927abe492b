import type { SweetAlertOptions } from 'sweetalert2';
import Swal from 'sweetalert2/dist/sweetalert2.js';

/** What a question shows; text, never markup. */
export interface QuestionTexts {
  readonly title: string;
  /** Why it is asked just now, when somebody wanted something that needs the answer. */
  readonly reason?: string;
  readonly label: string;
  readonly placeholder: string;
  readonly confirm: string;
}

export interface Question {
  /** The part of the page that it covers and blocks; it must be positioned. The rest stays usable. */
  readonly panel: HTMLElement;
  readonly texts: QuestionTexts;
  readonly maxLength: number;
  /** Whether it takes the focus when it opens (it never scrolls the page). */
  readonly focus: boolean;
  /** Takes what was typed; resolves with a complaint to be shown, or null when all is well and the question may close. */
  readonly answer: (typed: string) => Promise<string | null>;
}

/**
 * An e-mail question that cannot be dismissed, only answered. SweetAlert2 makes its dialogs modal for the whole page; what
 * makes them so is undone here, because this one covers its panel only.
 */
export class AlertsQuestion {
  private readonly question: Question;
  private popup: HTMLElement | null = null;

  constructor(question: Question) {
    this.question = question;
    void Swal.fire(this.options());
    this.popup = Swal.getPopup();
    this.unmodal();
    this.write(question.texts);
    if (question.focus) this.focus();
  }

  get open(): boolean {
    return this.popup?.isConnected ?? false;
  }

  /** Shows it in another language; what was typed stays. */
  write(texts: QuestionTexts): void {
    if (!this.open) return;
    Swal.getTitle()?.replaceChildren(texts.title);
    // Where a dialog has its text, which describes it to screen readers too; empty, it does not show.
    Swal.getHtmlContainer()?.replaceChildren(texts.reason ?? '');
    Swal.getConfirmButton()?.replaceChildren(texts.confirm);
    this.popup?.querySelector('.swal2-input-label')?.replaceChildren(texts.label);
    Swal.getInput()?.setAttribute('placeholder', texts.placeholder);
    Swal.resetValidationMessage();
  }

  focus(): void {
    if (this.open) Swal.getInput()?.focus({ preventScroll: true });
  }

  close(): void {
    if (this.open) Swal.close();
  }

  private options(): SweetAlertOptions {
    const { panel, texts, maxLength } = this.question;
    return {
      target: panel,
      titleText: texts.title,
      input: 'email',
      inputLabel: texts.label,
      inputAttributes: {
        maxlength: String(maxLength),
        autocomplete: 'email',
        autocapitalize: 'off',
        spellcheck: 'false',
      },
      inputAutoFocus: false,
      inputValidator: () => null,
      allowOutsideClick: false,
      allowEscapeKey: false,
      showCloseButton: false,
      showLoaderOnConfirm: true,
      animation: false,
      heightAuto: false,
      returnFocus: false,
      customClass: { container: 'alerts-panel' },
      // SweetAlert2 always moves the focus into a dialog that opens; what is inert does not take it.
      willOpen: (popup) => void (popup.inert = true),
      preConfirm: (typed: string) => this.check(typed),
    };
  }

  private async check(typed: string): Promise<boolean> {
    const complaint = await this.question.answer(typed);
    if (complaint === null) return true;
    if (!this.open) return false;
    Swal.showValidationMessage('');
    Swal.getValidationMessage()?.replaceChildren(complaint);
    return false;
  }

  private unmodal(): void {
    const popup = this.popup;
    if (!popup) return;
    popup.inert = false;
    popup.removeAttribute('aria-modal');
    popup.removeAttribute('aria-live');
    Swal.getValidationMessage()?.setAttribute('role', 'alert');
    // The dialog keeps Tab to itself, from a listener on the popup: here it must lead out.
    popup.parentElement?.addEventListener('keydown', (event) => event.key === 'Tab' && event.stopPropagation(), true);
    for (const hidden of document.querySelectorAll('body > [aria-hidden]:not([data-previous-aria-hidden])'))
      hidden.removeAttribute('aria-hidden');
  }
}
