import type { Person } from './person.ts';

export const TOAST = '.swal2-toast .swal2-title';
export const TYPING = 'app-typing-note';

/**
 * Records from now on each text of the matching elements. Returns a function that returns them in order: an element that
 * disappears after some seconds could be gone before a busy machine checks it.
 */
export async function recordTexts(person: Person, selector: string): Promise<() => Promise<readonly string[]>> {
  const key = `data-shown-${selector.replaceAll(/\W+/g, '-')}`;
  const body = person.page.locator('body');
  await body.evaluate(
    (element, [sought, attribute]) => {
      const texts: string[] = [];
      const last = new WeakMap<Element, string>();
      const record = () => {
        for (const shown of element.querySelectorAll(sought)) {
          const text = shown.textContent.trim();
          if (text && last.get(shown) !== text) texts.push(text);
          last.set(shown, text);
        }
        element.setAttribute(attribute, JSON.stringify(texts));
      };
      record();
      new MutationObserver(record).observe(element, { childList: true, subtree: true, characterData: true });
    },
    [selector, key] as const,
  );
  return async () => JSON.parse((await body.getAttribute(key)) ?? '[]') as string[];
}
