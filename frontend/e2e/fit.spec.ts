import type { Locator } from '@playwright/test';
import { numbers } from './long-values.ts';
import { expect, test } from './lonja.ts';
import { expectToFit } from './page-width.ts';
import { journalOf } from './past.ts';
import type { Person } from './person.ts';

/** What is not whole: broken into two lines, or wider than what it stands in. */
const brokenIn = (cells: Locator) =>
  cells.evaluateAll((elements) =>
    elements
      .filter((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        return tops.size > 1 || element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => element.textContent),
  );

/** Nothing on the page scrolls sideways, and all its parts are there. */
async function expectAllToFit(person: Person): Promise<void> {
  const isPhone = await person.page.getByTestId('tab-messages').isVisible();
  await expect(person.products.first()).toBeVisible();
  await expectToFit(person.page);
  await person.page
    .getByRole('button', { name: /^Editar / })
    .first()
    .click();
  await expect(person.editor).toBeVisible();
  await expectToFit(person.page);
  await person.page.keyboard.press('Escape');
  if (isPhone) {
    await person.page.getByTestId('new-product').click();
    await expectToFit(person.page);
    await person.page.keyboard.press('Escape');
    await person.goesTo('account');
    await expectToFit(person.page);
    await person.goesTo('messages');
  } else await person.page.getByTestId('toggle-chat').click();
  await expect(person.composer).toBeVisible();
  await expectToFit(person.page);
}

test.use({ past: journalOf(numbers()) });

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('nothing is cut off or scrolls sideways', async ({ ana }) => expectAllToFit(ana));
});

test.describe('at 200 % of 1280 px', () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('nothing is cut off or scrolls sideways', async ({ ana }) => expectAllToFit(ana));
});

test('prices and stock of up to nine digits are whole, however wide the page is', async ({ ana }) => {
  for (const width of [905, 960, 1024, 1100, 1280, 1366, 1440, 1680, 1920, 2560]) {
    await ana.page.setViewportSize({ width, height: 800 });
    await expect(ana.products).toHaveCount(7);
    for (const cells of [ana.products.locator('.price'), ana.products.locator('.pieces')]) {
      await expect(cells).toHaveCount(7);
      await expect.poll(() => brokenIn(cells), { message: `${width} px` }).toEqual([]);
      for (const cell of [cells.first(), cells.nth(5)]) await expect(cell).toBeInViewport({ ratio: 1 });
    }
    // The title is what gives way, and some of it is left.
    const title = await ana.products.first().locator('.title').boundingBox();
    expect(title?.width, `${width} px`).toBeGreaterThan(64);
    await expectToFit(ana.page);
  }
});
