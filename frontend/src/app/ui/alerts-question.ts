import type { SweetAlertOptions } from 'sweetalert2';
import Swal from 'sweetalert2/dist/sweetalert2.js';

/** A way on that is no answer; text, never markup. */
export interface QuestionChoice {
  readonly text: string;
  readonly chosen: () => void;
}

/** What went wrong, in the language that the page has when it is called; text, never markup. */
export type Complaint = () => string;

/** The answer was good, and the same question goes on with what has been written into it since. */
export const NEXT_STEP = Symbol('next step');

/** What a question shows; text, never markup. */
export interface QuestionTexts {
  /** What is typed: an e-mail, or a one-time code; or nothing, where its button leads on. */
  readonly field?: 'email' | 'code' | 'none';
  readonly title: string;
  /** Why it is asked just now, when somebody wanted something that needs the answer. */
  readonly reason?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly confirm: string;
  /** What one should know besides. */
  readonly note?: string;
  readonly choices?: readonly QuestionChoice[];
}

export interface Question {
  /** The part of the page that it covers and blocks; it must be positioned. The rest stays usable. */
  readonly panel: HTMLElement;
  readonly texts: QuestionTexts;
  readonly maxLength: number;
  /** Whether it takes the focus when it opens (it never scrolls the page). */
  readonly focus: boolean;
  /** Takes what was typed; resolves with a complaint to be shown, or null when all is well and the question may close. */
  readonly answer: (typed: string) => Promise<Complaint | typeof NEXT_STEP | null>;
}

const OFF = { autocapitalize: 'off', spellcheck: 'false' };
const EMAIL_INPUT = { ...OFF, type: 'email', inputmode: 'email', autocomplete: 'email' };
const CODE_INPUT = { ...OFF, type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code' };
/** Characters: a code that is pasted may have blanks in and around it. */
const PASTED_CODE = 40;

/**
 * A question who somebody is, that cannot be dismissed, only answered. SweetAlert2 makes its dialogs modal for the whole page; what
 * makes them so is undone here, because this one covers its panel only.
 */
export class AlertsQuestion {
  private readonly question: Question;
  private popup: HTMLElement | null = null;
  private field: QuestionTexts['field'] = 'email';
  private complaint: Complaint | null = null;

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

  /** Shows it in another language, or its next step; of the same step, what was typed and what was wrong with it stay. */
  write(texts: QuestionTexts): void {
    if (!this.open) return;
    Swal.getTitle()?.replaceChildren(texts.title);
    // Where a dialog has its text, which describes it to screen readers too; empty, it does not show.
    Swal.getHtmlContainer()?.replaceChildren(texts.reason ?? '');
    Swal.getConfirmButton()?.replaceChildren(texts.confirm);
    this.popup?.querySelector('.swal2-input-label')?.replaceChildren(texts.label ?? '');
    const complaint = this.field === (texts.field ?? 'email') && this.complains() ? this.complaint : null;
    this.writeInput(texts);
    writeFooter(texts);
    this.complain(complaint);
  }

  /** Shows what is wrong; null takes that away. */
  complain(complaint: Complaint | null): void {
    if (!this.open) return;
    this.complaint = complaint;
    Swal.resetValidationMessage();
    if (complaint === null) return;
    Swal.showValidationMessage('');
    Swal.getValidationMessage()?.replaceChildren(complaint());
  }

  focus(): void {
    const target = this.field === 'none' ? Swal.getConfirmButton() : Swal.getInput();
    if (this.open) target?.focus({ preventScroll: true });
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
      inputAttributes: { ...EMAIL_INPUT, maxlength: String(maxLength) },
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
    if (complaint !== NEXT_STEP) this.complain(complaint);
    return false;
  }

  /** SweetAlert2 takes a complaint away when somebody types. */
  private complains(): boolean {
    return Swal.getInput()?.getAttribute('aria-invalid') === 'true';
  }

  private writeInput({ field = 'email', placeholder = '' }: QuestionTexts): void {
    const input = Swal.getInput();
    if (!(input instanceof HTMLInputElement)) return;
    input.setAttribute('placeholder', placeholder);
    // What stands above is read with the field: the focus may have come from another step.
    input.setAttribute('aria-describedby', 'swal2-html-container');
    if (field === this.field) return;
    this.field = field;
    input.value = '';
    if (field === 'none') {
      input.style.display = 'none';
      Swal.getConfirmButton()?.setAttribute('aria-describedby', 'swal2-html-container');
      return;
    }
    const kind = field === 'email' ? EMAIL_INPUT : CODE_INPUT;
    for (const [name, value] of Object.entries(kind)) input.setAttribute(name, value);
    input.setAttribute('maxlength', String(field === 'email' ? this.question.maxLength : PASTED_CODE));
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

/** Where SweetAlert2 has what stands below its buttons; empty, it does not show. */
function writeFooter({ note, choices = [] }: QuestionTexts): void {
  const footer = Swal.getFooter();
  if (!footer) return;
  const buttons = choices.map(({ text, chosen }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.replaceChildren(text);
    button.addEventListener('click', chosen);
    return button;
  });
  footer.replaceChildren(...(note === undefined ? [] : [note]), ...buttons);
  footer.style.display = footer.childNodes.length > 0 ? 'flex' : 'none';
}
