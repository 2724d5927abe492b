import type { Person } from './person.ts';

/**
 * Watches every change of the page from now on. Returns a function that returns the maximum number of times that the text was in
 * the conversation at any moment: also a message that is shown twice for a moment counts as two.
 */
export async function maxOccurrences(person: Person, text: string): Promise<() => Promise<number>> {
  const log = person.centre.getByRole('log');
  await log.evaluate((element, sought) => {
    const count = () => [...element.querySelectorAll('i')].filter((said) => said.textContent === sought).length;
    const record = () =>
      element.setAttribute('data-most', String(Math.max(count(), Number(element.dataset['most'] ?? 0))));
    record();
    new MutationObserver(record).observe(element, { childList: true, subtree: true, characterData: true });
  }, text);
  return async () => Number(await log.getAttribute('data-most'));
}
