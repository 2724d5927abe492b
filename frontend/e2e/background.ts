import { chromium, type Browser, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A Chromium with real tabs: a background tab is hidden, and can be frozen. In a browser that Playwright starts itself, every
 * tab counts as visible, and none can be frozen.
 */
export class TabbedBrowser {
  /** Its only window. */
  readonly context: BrowserContext;
  private readonly browser: Browser;
  private readonly process: ChildProcess;
  private readonly profile: string;

  private constructor(browser: Browser, process: ChildProcess, profile: string) {
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no window.');
    this.context = context;
    this.browser = browser;
    this.process = process;
    this.profile = profile;
  }

  static async start({ executablePath, args = [] }: LaunchOptions): Promise<TabbedBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'lonja-profile-'));
    const own = [
      '--headless',
      '--window-size=1280,800',
      '--lang=es-ES',
      '--accept-lang=es-ES,es',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ];
    const process = spawn(executablePath ?? chromium.executablePath(), [...args, ...own], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const browser = await chromium.connectOverCDP(await address(process), { noDefaults: true });
    return new TabbedBrowser(browser, process, profile);
  }

  /** Over its own protocol: what was started may be a script around it, and closing a connection leaves it running. */
  async stop(): Promise<void> {
    const ended = once(this.process, 'close');
    const session = await this.browser.newBrowserCDPSession();
    await session.send('Browser.close');
    await ended;
    rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Freezes a background tab, with its timers and locks, until the returned function is called. */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => {
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await page.bringToFront();
  };
}

function address(browser: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    browser.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const found = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (found) resolve(found);
    });
    browser.once('error', reject);
    browser.once('exit', () => reject(new Error(`Chromium ended.\n${printed}`)));
  });
}
