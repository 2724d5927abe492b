import type { Person } from './person.ts';

export const TOAST = '.swal2-toast .swal2-title';
export const TYPING = 'app-typing-note';

/**
 * Notes from now on each text that such an element shows. Returns a function that gives them in their order: what goes away by
 * itself after some seconds could have gone before a busy machine looks.
 */
export async function shownIn(person: Person, selector: string): Promise<() => Promise<readonly string[]>> {
  const key = `data-shown-${selector.replaceAll(/\W+/g, '-')}`;
  const body = person.page.locator('body');
  await body.evaluate(
    (element, [sought, attribute]) => {
      const texts: string[] = [];
      const last = new WeakMap<Element, string>();
      const note = () => {
        for (const shown of element.querySelectorAll(sought)) {
          const text = shown.textContent.trim();
          if (text && last.get(shown) !== text) texts.push(text);
          last.set(shown, text);
        }
        element.setAttribute(attribute, JSON.stringify(texts));
      };
      note();
      new MutationObserver(note).observe(element, { childList: true, subtree: true, characterData: true });
    },
    [selector, key] as const,
  );
  return async () => JSON.parse((await body.getAttribute(key)) ?? '[]') as string[];
}
