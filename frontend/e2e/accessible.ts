import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/**
 * axe finds nothing, in light and in dark; in dark only the colours are other ones.
 * @param except rules that do not hold here
 */
export async function expectAccessible({ page }: Person, ...except: readonly string[]): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoViolations(new AxeBuilder({ page }).disableRules([...except]));
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(new AxeBuilder({ page }).withRules('color-contrast'));
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  expect(found).toEqual([]);
}
