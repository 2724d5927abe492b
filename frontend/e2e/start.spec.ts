import { expect, test } from './lonja.ts';

test('the server serves the page', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/Lonja/);
});
