import type { Locator, Page } from '@playwright/test';

/** ms since the navigation began. */
export interface Opening {
  /** A product and a message can be read. */
  readonly readable: number;
  /** All products are there. */
  readonly whole: number;
}

declare global {
  /** What is noted in the page. */
  interface Window {
    opening: { readable?: number; whole?: number };
    painted: number[];
    longTasks: number[];
  }
}

/** Notes in every page that is opened when it can be read, and when its table has that many products. */
export async function watchOpening(page: Page, products: number): Promise<void> {
  await page.addInitScript((count) => {
    const opening: Window['opening'] = {};
    window.opening = opening;
    const look = (): void => {
      const has = (selector: string) => document.querySelector(selector) !== null;
      if (has('[data-testid="product-row"]') && has('[data-testid="message-text"]'))
        opening.readable ??= performance.now();
      if (opening.readable && has(`[role="grid"][aria-rowcount="${count + 1}"]`)) opening.whole ??= performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  }, products);
}

/** Waits until the page is whole. */
export async function opened(page: Page): Promise<Opening> {
  await page.waitForFunction(() => window.opening.whole !== undefined, undefined, { timeout: 120_000 });
  const { readable = NaN, whole = NaN } = await page.evaluate(() => window.opening);
  return { readable, whole };
}

/** ms between the frames of a list that is scrolled as a wheel does it. */
export function scroll(list: Locator, pixels: number): Promise<readonly number[]> {
  return list.evaluate(async (element, step) => {
    const frame = () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(resolve);
      });
    const times: number[] = [];
    let before = await frame();
    for (let steps = 0; steps < 200; steps++) {
      element.scrollTop += step;
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    return times;
  }, pixels);
}

/** ms from each key to the end of the frame that shows what it did. */
export async function keys(box: Locator, text: string): Promise<readonly number[]> {
  await box.focus();
  await box.evaluate((element) => {
    window.painted = [];
    element.addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - timeStamp))),
      { capture: true },
    );
  });
  let count = 0;
  for (const key of text) {
    await box.page().keyboard.press(key);
    await box.page().waitForFunction((count) => window.painted.length === count, ++count);
  }
  return box.evaluate(() => window.painted);
}

/** Begins to note the tasks of the page that take more than 50 ms; their lengths in ms when it is called. */
export async function longTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) =>
      window.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
  });
  return () => page.evaluate(() => window.longTasks);
}
