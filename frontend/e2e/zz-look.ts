import { chromium } from '@playwright/test';
import config from '../playwright.config.ts';
import { mkdirSync } from 'node:fs';
const url = process.argv[2]!;
const out = '/tmp/look';
mkdirSync(out, { recursive: true });
const browser = await chromium.launch((config as any).use?.launchOptions ?? {});
async function shot(
  name: string,
  viewport: { width: number; height: number },
  more: object,
  act?: (p: any) => Promise<void>,
) {
  const context = await browser.newContext({ viewport, locale: 'es', ...more });
  await context.request.post(url + '/api/session', { data: { email: 'ana.perez@acme.com' } });
  const page = await context.newPage();
  page.on('console', (m: any) => m.type() === 'error' && console.log(name, m.text()));
  page.on('pageerror', (e: any) => console.log(name, String(e)));
  await page.goto(url);
  await page.waitForTimeout(1200);
  await act?.(page);
  await page.screenshot({ path: `${out}/${name}.png` });
  await context.close();
}
const wide = { width: 1440, height: 900 },
  phone = { width: 360, height: 740 },
  tablet = { width: 820, height: 1100 };
await shot('samples', wide, {}, async (p) => {
  if (await p.getByTestId('load-samples').count()) {
    await p.screenshot({ path: out + '/empty.png' });
    await p.getByTestId('load-samples').click();
    await p.waitForTimeout(1500);
  }
});
await shot('wide', wide, {});
await shot('wide-dark', wide, { colorScheme: 'dark' });
await shot('panel', wide, {}, async (p) => {
  await p.locator('.name').filter({ visible: true }).nth(3).click();
  await p.waitForTimeout(500);
});
await shot('edit', wide, {}, async (p) => {
  await p.locator('[role=gridcell].price').nth(2).dblclick();
  await p.waitForTimeout(300);
  await p.keyboard.type('abc');
  await p.waitForTimeout(200);
});
await shot('stock', wide, {}, async (p) => {
  await p.locator('[role=gridcell].stock').nth(2).dblclick();
  await p.keyboard.type('-2');
  await p.keyboard.press('Enter');
  await p.waitForTimeout(300);
});
await shot('account', wide, {}, async (p) => {
  await p.getByTestId('account').click();
  await p.waitForTimeout(300);
});
await shot('phone', phone, { hasTouch: true, isMobile: true });
await shot('phone-new', phone, { hasTouch: true, isMobile: true }, async (p) => {
  await p.getByTestId('new-product').click();
  await p.waitForTimeout(300);
});
await shot('phone-chat', phone, { hasTouch: true, isMobile: true }, async (p) => {
  await p.getByTestId('tab-messages').click();
  await p.waitForTimeout(300);
});
await shot('phone-account', phone, { hasTouch: true, isMobile: true }, async (p) => {
  await p.getByTestId('tab-account').click();
  await p.waitForTimeout(300);
});
await shot('tablet', tablet, { hasTouch: true }, async (p) => {
  await p.getByTestId('toggle-chat').click();
  await p.waitForTimeout(300);
});
await browser.close();
