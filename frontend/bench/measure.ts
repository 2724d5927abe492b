import { expect, type Browser } from '@playwright/test';
import { kept } from '../e2e/kept-board.ts';
import { Line, SLOW } from '../e2e/line.ts';
import { Person } from '../e2e/person.ts';
import { Server } from '../e2e/server.ts';
import { percentile } from '../../backend/bench/table.ts';
import { journalWith, type Board } from './boards.ts';
import { keys, longTasks, opened, scroll, watchOpening } from './in-page.ts';
import { sendMessages } from './sender.ts';

/** Figures of one board: ms, unless the name says bytes. */
export type Figures = Readonly<Record<string, number>>;

const WIDE = { viewport: { width: 1440, height: 900 } };

/** Opens the page in a browser that has kept nothing, over that line. */
async function firstOpening(browser: Browser, line: Line, board: Board): Promise<Figures> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await watchOpening(page, board.products);
  await page.goto(line.url, { waitUntil: 'commit' });
  const { readable, whole } = await opened(page);
  await context.close();
  return { readable, whole };
}

/** Opens the page again with what the browser has kept. */
async function openingAgain(browser: Browser, server: Server, board: Board): Promise<Figures> {
  const line = await Line.to(server.url);
  const ana = await Person.returning(browser, server, 'ana', WIDE);
  await watchOpening(ana.page, board.products);
  await ana.page.goto(line.url);
  await opened(ana.page);
  await expect.poll(() => kept(ana.page)).toBe(board.products + board.messages);
  line.socketBytes = 0;
  await ana.page.reload();
  const { readable } = await opened(ana.page);
  await ana.isUpToDate();
  const { socketBytes } = line;
  await ana.context.close();
  line.close();
  return { 'kept: readable': readable, 'kept: bytes over the socket': socketBytes };
}

async function reading(browser: Browser, server: Server): Promise<Figures> {
  const ana = await Person.returning(browser, server, 'ana', WIDE);
  const { page } = ana;
  const grid = percentile(await scroll(page.locator('app-product-grid cdk-virtual-scroll-viewport'), 120), 0.95);
  const chat = percentile(await scroll(ana.centre.getByRole('log'), -120), 0.95);
  const typed = await keys(page.getByRole('searchbox'), 'escuadra 99');
  await ana.context.close();
  return {
    'scrolling the table, p95 of a frame': grid,
    'scrolling the conversation, p95 of a frame': chat,
    'a key in the search, median to paint': percentile(typed, 0.5),
    'a key in the search, slowest': Math.max(...typed),
  };
}

async function listening(browser: Browser, server: Server): Promise<Figures> {
  const ana = await Person.returning(browser, server, 'ana', WIDE);
  const tasks = await longTasks(ana.page);
  const last = await sendMessages(server, 200, 10);
  await ana.messagesWith(last).waitFor({ timeout: 60_000 });
  const longest = Math.max(0, ...(await tasks()));
  await ana.context.close();
  return { '200 messages a second for 10 s, longest task (0: none over 50)': longest };
}

/** Everything that is measured of one board, on a server of its own. */
export async function measure(browser: Browser, board: Board): Promise<Figures> {
  const server = new Server(journalWith(board));
  await server.start();
  const [local, slow] = [await Line.to(server.url), await Line.to(server.url, SLOW)];
  try {
    const near = await firstOpening(browser, local, board);
    const far = await firstOpening(browser, slow, board);
    return {
      'first opening: readable': near['readable'] ?? NaN,
      'first opening: all products': near['whole'] ?? NaN,
      'over 1.6 Mbit/s and 150 ms: readable': far['readable'] ?? NaN,
      'over 1.6 Mbit/s and 150 ms: all products': far['whole'] ?? NaN,
      ...(await openingAgain(browser, server, board)),
      ...(await reading(browser, server)),
      ...(await listening(browser, server)),
    };
  } finally {
    local.close();
    slow.close();
    await server.dispose();
  }
}
