import { expect, type Page } from '@playwright/test';

/** Expects no horizontal scrolling, and no control outside the width of the page. */
export async function expectToFit(page: Page): Promise<void> {
  const width = page.viewportSize()!.width;
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const controls = page.locator(':is(button, input, textarea, a):visible:not(.skip)');
  const outside = await controls.evaluateAll(
    (elements, limit) =>
      elements
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < 0 || right > limit;
        })
        .map((element) => element.outerHTML.slice(0, 200)),
    width,
  );
  expect(outside).toEqual([]);
}
