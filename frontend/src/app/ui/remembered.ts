/**
 * A small choice that outlives the page. Storage may be forbidden, full or absent (private windows, embedded views): then
 * the choice simply lasts as long as the page.
 */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // See above: nothing is lost but the memory of it.
  }
}
