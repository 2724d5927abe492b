/**
 * `npm run bench -- page`: what the page does with a large board, against one with a single product and a single message, in
 * a real browser. Medians of three runs; nothing here passes or fails.
 */
import { chromium } from '@playwright/test';
import { percentile, print, ratio } from '../../backend/bench/table.ts';
import config from '../playwright.config.ts';
import { LARGE, NEARLY_EMPTY, type Board } from './boards.ts';
import { measure, type Figures } from './measure.ts';

const RUNS = 3;

async function medians(board: Board): Promise<Figures> {
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run++) {
    const browser = await chromium.launch(config.use?.launchOptions);
    runs.push(await measure(browser, board));
    await browser.close();
  }
  const median = (name: string) =>
    percentile(
      runs.map((figures) => figures[name] ?? NaN),
      0.5,
    );
  return Object.fromEntries(Object.keys(runs[0] ?? {}).map((name) => [name, median(name)]));
}

const [empty, large] = [await medians(NEARLY_EMPTY), await medians(LARGE)];
print({
  title: `The page: ms, medians of ${RUNS} runs`,
  columns: ['', '1 product, 1 message', '10,000 products, 50,000 messages', 'ratio'],
  rows: Object.entries(large).map(([name, value]) => {
    const baseline = empty[name] ?? NaN;
    return [name, baseline.toFixed(0), value.toFixed(0), ratio(value, baseline)];
  }),
});
