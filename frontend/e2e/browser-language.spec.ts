import { expect, test } from './lonja.ts';

for (const [locale, lang, heading] of [
  ['en-US', 'en', 'Message centre'],
  ['es-AR', 'es', 'Centro de mensajes'],
  ['de-DE', 'es', 'Centro de mensajes'],
] as const) {
  test.describe(`a browser in ${locale}`, () => {
    test.use({ locale });

    test(`gets the page in ${lang}, until another language is chosen`, async ({ ana }) => {
      await expect(ana.page.locator('html')).toHaveAttribute('lang', lang);
      await expect(ana.page.getByRole('heading', { name: heading })).toBeVisible();
      const other = lang === 'es' ? 'en' : 'es';
      await ana.chooses('language', other);
      await ana.reload();
      await expect(ana.page.locator('html')).toHaveAttribute('lang', other);
    });
  });
}
