import { freeze } from './background.ts';
import { expect, test } from './lonja.ts';
import { Person } from './person.ts';

/**
 * Chromium stops the timers and the network of a frozen tab, and leaves it its lock and what other tabs say to it. So such a
 * tab sends what others submit, but receives no answer, and after 32 commands it waits.
 */
const MORE_THAN_IT_SENDS = 34;

test('a tab that the browser has frozen, with the right to send, blocks no other', async ({ beto, server, tabbed }) => {
  const ana = await Person.at(tabbed.context, server, 'ana');
  await ana.sends('Desde la primera');
  await expect(beto.texts).toHaveText(['Desde la primera']);
  const other = await ana.inAnotherTab();
  const wakeUp = await freeze(ana.page);
  const texts = Array.from({ length: MORE_THAN_IT_SENDS }, (_, index) => `Desde la segunda: ${index}`);
  for (const text of texts) await other.sends(text);
  await expect(beto.texts).toHaveText(['Desde la primera', ...texts]);
  await expect(other.centre).not.toContainText('enviando…');
  await wakeUp();
  await ana.sends('Otra vez la primera');
  const all = ['Desde la primera', ...texts, 'Otra vez la primera'];
  for (const person of [ana, other, beto]) await expect(person.texts).toHaveText(all);
});
