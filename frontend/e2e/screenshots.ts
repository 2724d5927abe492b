/**
 * Makes pictures of every screen and state of the built application into `.screenshots`, in each layout, light and dark,
 * Spanish and English, to be looked at:
 *
 *     npm run screenshots [-- part-of-a-name …]
 *
 * With `--readme` it makes the pictures of the README instead.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import config from '../playwright.config.ts';
import { STATES } from './all-states.ts';
import { morning } from './morning.ts';
import type { PastRecord } from './past.ts';
import { servePictures } from './pictures.ts';
import { readmePictures } from './readme-pictures.ts';
import { LAYOUTS, Stage, type LayoutName, type State } from './stage.ts';

const folder = join(import.meta.dirname, '../../.screenshots');
/** Pages that are made at the same time. */
const AT_ONCE = 3;

const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith('--'));

/** Without pointing at anything: what is open stays open. */
async function switchTo(page: Page, language: string): Promise<void> {
  await page.locator(`[data-testid="language"] [data-value="${language}"] input`).evaluate((radio) => {
    if (radio instanceof HTMLElement) radio.click();
  });
}

async function photograph(page: Page, name: string): Promise<void> {
  for (const language of ['es', 'en']) {
    await switchTo(page, language);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(folder, `${name}-${language}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'initial' });
    }
  }
}

const browser = await chromium.launch(config.use?.launchOptions);
const { server: pictures, link } = await servePictures();
const past: readonly PastRecord[] = morning(link);

async function make([state, layout]: readonly [State, LayoutName]): Promise<void> {
  const stage = await Stage.open(browser, state, { layout, past });
  await photograph(stage.ana.page, `${state.name}-${layout}`);
  await stage.close();
}

const scenes = STATES.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word))).flatMap(
  (state) => (state.layouts ?? (Object.keys(LAYOUTS) as LayoutName[])).map((layout) => [state, layout] as const),
);
const failures: string[] = [];

/** Takes scene after scene. */
async function work(): Promise<void> {
  for (let scene = scenes.shift(); scene; scene = scenes.shift()) {
    const [{ name }, layout] = scene;
    await make(scene).catch((error: unknown) => failures.push(`${name}-${layout}: ${String(error)}`));
  }
}

if (args.includes('--readme')) await readmePictures(browser, link);
else {
  if (words.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
await browser.close();
pictures.close();
if (failures.length > 0) throw new Error(`Not made:\n${failures.join('\n')}`);
