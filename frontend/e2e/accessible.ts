import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Person } from './person.ts';

/**
 * axe finds nothing, in light and in dark; in dark only the colours are other ones.
 * @param except rules that do not hold here
 */
export async function expectAccessible({ page }: Person, ...except: readonly string[]): Promise<void> {
  await inColours(page, 'light');
  await expectNoViolations(new AxeBuilder({ page }).disableRules([...except]));
  await inColours(page, 'dark');
  await expectNoViolations(new AxeBuilder({ page }).withRules('color-contrast'));
}

/** Some colours only get there by a transition, however short. */
async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    // A transition begins with the frame after the one that has the new colours.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(found).toEqual([]);
}
