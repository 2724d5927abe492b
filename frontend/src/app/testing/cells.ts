import type { Screen } from './page';

/** The table of products, as a keyboard has it. */
export class Cells {
  constructor(private readonly screen: Screen) {}

  /** @param id of the product; 0 for the head */
  at(id: number, column: string): HTMLElement | null {
    return this.screen.root.querySelector(`[data-row="${id}"] [data-column="${column}"]`);
  }

  /** What is typed into; null when nothing is. */
  get editor(): HTMLInputElement | null {
    return this.screen.root.querySelector('[data-testid="cell-editor"]');
  }

  /** A key on what has the focus. */
  async press(key: string, held: KeyboardEventInit = {}): Promise<void> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
    document.activeElement?.dispatchEvent(event);
    await this.screen.drawn();
  }

  /** In place of what is there; it is not accepted yet. */
  async type(id: number, column: string, text: string): Promise<void> {
    this.at(id, column)?.focus();
    await this.press('Enter');
    const { editor } = this;
    if (!editor) throw new Error(`Nothing can be typed into the ${column} of product ${id}`);
    editor.value = text;
    editor.dispatchEvent(new Event('input', { bubbles: true }));
    await this.screen.drawn();
  }
}
