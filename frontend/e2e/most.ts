import type { Person } from './person.ts';

/**
 * Watches every change of the page from now on. Returns a function that tells how often that text was in the conversation at
 * most at any one moment: a message that is shown twice for a blink is shown twice.
 */
export async function mostOf(person: Person, text: string): Promise<() => Promise<number>> {
  const log = person.centre.getByRole('log');
  await log.evaluate((element, sought) => {
    const count = () => [...element.querySelectorAll('i')].filter((said) => said.textContent === sought).length;
    const note = () =>
      element.setAttribute('data-most', String(Math.max(count(), Number(element.dataset['most'] ?? 0))));
    note();
    new MutationObserver(note).observe(element, { childList: true, subtree: true, characterData: true });
  }, text);
  return async () => Number(await log.getAttribute('data-most'));
}
