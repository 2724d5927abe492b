import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { MemoryStorage } from '../realtime/outbox-storage';
import { provideLanguage } from '../ui/language';
import { fakeSocket, type FakeSocket } from './fake-socket';

/**
 * For the spec of a page or a component: its texts, and the fake socket of its stores.
 * @param storage what an earlier page of the same browser has stored
 */
export function fakePage(storage = new MemoryStorage()): FakeSocket {
  localStorage.clear();
  TestBed.configureTestingModule({ providers: [provideLanguage(), provideHttpClient(), provideHttpClientTesting()] });
  return fakeSocket(storage);
}

/** The visible text, with white space collapsed as browsers do. */
export function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** The page under test, as a person finds things on it. */
export class Screen {
  constructor(private readonly fixture: ComponentFixture<unknown>) {}

  get root(): HTMLElement {
    return this.fixture.nativeElement as HTMLElement;
  }

  get text(): string {
    return textOf(this.root);
  }

  settled(): Promise<void> {
    return this.fixture.whenStable();
  }

  byTestId(id: string): HTMLElement | null {
    return this.root.querySelector(`[data-testid="${id}"]`);
  }

  allByTestId(id: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
  }

  byRole(role: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[role="${role}"]`)];
  }

  /** The button of that name; throws when there is none. */
  button(name: string): HTMLButtonElement {
    const found = this.buttons().find((button) => (button.getAttribute('aria-label') ?? textOf(button)) === name);
    if (!found) throw new Error(`No button "${name}" among: ${this.buttons().map(textOf).join(', ')}`);
    return found;
  }

  buttons(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll('button')];
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settled();
  }

  /** The input or text area with that label; throws when there is none. */
  field(label: string): HTMLInputElement {
    const fields = [...this.root.querySelectorAll<HTMLInputElement>('input, textarea')];
    const found = fields.find((field) => nameOf(field) === label);
    if (!found) throw new Error(`No field "${label}" among: ${fields.map(nameOf).join(', ')}`);
    return found;
  }

  async type(label: string, text: string): Promise<void> {
    const field = this.field(label);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settled();
  }

  /** Enter inside a field, as a browser does it for a form. */
  async submit(label: string): Promise<void> {
    this.field(label).form?.requestSubmit();
    await this.settled();
  }
}

function nameOf(field: HTMLInputElement): string {
  // Material marks a required field with an asterisk in its label.
  const label = field.labels?.[0];
  return field.getAttribute('aria-label') ?? textOf(label).replace(/ ?\*$/, '');
}
