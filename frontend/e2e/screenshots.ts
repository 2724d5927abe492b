/**
 * Makes pictures of every screen and state of the built application into `.screenshots`, in each layout, light and dark,
 * Spanish and English, to be looked at; lets axe look at each, too; and makes the one of the README:
 *
 *     npm run screenshots [-- -g 'words of a name']
 */
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { STATES } from './all-states.ts';
import { morning } from './morning.ts';
import { servePictures } from './pictures.ts';
import { readmePicture } from './readme-picture.ts';
import { test } from './servers.ts';
import { LAYOUTS, Stage, type LayoutName } from './stage.ts';

const folder = join(import.meta.dirname, '../../.screenshots');
const layouts = Object.keys(LAYOUTS) as LayoutName[];

let pictures: Awaited<ReturnType<typeof servePictures>>;
test.beforeAll(async () => {
  pictures = await servePictures();
});
test.afterAll(() => pictures.server.close());

/** Without pointing at it: what is open stays open. */
async function press(control: Locator): Promise<void> {
  await control.evaluate((element) => {
    if (element instanceof HTMLElement) element.click();
  });
}

/** The account is loaded when the page is settled, which one that waits for its server never is, or when somebody wants it. */
async function switchTo(page: Page, language: string): Promise<void> {
  const radio = page.locator(`[data-testid="language"] [data-value="${language}"] input`);
  const [menu, skeletons] = [page.getByTestId('account'), page.locator('app-skeleton')];
  if ((await menu.count()) > 0) await menu.dispatchEvent('keydown');
  else if ((await skeletons.count()) > 0) return inItsTab(page, () => press(radio));
  await press(radio);
}

/** A phone that is not settled has the account only as long as it shows it. */
async function inItsTab(page: Page, act: () => Promise<void>): Promise<void> {
  const shown = await page.locator('nav [aria-current="page"]').getAttribute('data-testid');
  await press(page.getByTestId('tab-account'));
  await act();
  await press(page.getByTestId(shown ?? 'tab-products'));
}

/** What a style sheet shows only after a while, such as that a page still waits, is there. */
async function shown(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}

async function photograph(page: Page, name: string): Promise<void> {
  for (const language of ['es', 'en']) {
    await switchTo(page, language);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shown(page);
      await page.screenshot({ path: join(folder, `${name}-${language}-${colorScheme}.png`), caret: 'initial' });
    }
  }
}

for (const state of STATES) {
  for (const layout of state.layouts ?? layouts) {
    test(`${state.name} ${layout}`, async ({ browser }) => {
      const stage = await Stage.open(browser, state, { layout, past: morning(pictures.link) });
      await photograph(stage.ana.page, `${state.name}-${layout}`);
      // A menu or a note hangs on its button or its corner and belongs to no region of its own.
      await expectAccessible(stage.ana, ...(state.floats ? ['region'] : []));
      await stage.close();
    });
  }
}

test('readme', ({ browser }) => readmePicture(browser, pictures.link));
