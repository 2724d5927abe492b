import { expect, test } from './lonja.ts';

test('the page speaks English and Spanish, and remembers which', async ({ ana }) => {
  const { page } = ana;
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'es');
  await ana.chooses('language', 'en');
  const english = async () => {
    await expect(html).toHaveAttribute('lang', 'en');
    for (const name of ['Add a product', 'Available products', 'Message centre']) {
      await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    }
    await expect(ana.welcome).toHaveText('Welcome, ana@acme.com');
    await expect(ana.noProducts).toHaveText('There are no products');
    await expect(page.getByRole('button', { name: 'Create product' })).toBeVisible();
    await expect(ana.composer).toHaveAttribute('placeholder', 'Enter a message');
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  };
  await english();
  await ana.reload();
  await english();
  await ana.chooses('language', 'es');
  await expect(html).toHaveAttribute('lang', 'es');
  for (const name of ['Ingreso de productos', 'Productos disponibles', 'Centro de mensajes']) {
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  }
});

test('numbers are written as the language does', async ({ ana }) => {
  await ana.adds({ title: 'Escuadra', price: '1.234,50', stock: '1500' });
  await expect(ana.product('Escuadra')).toContainText('1234,50');
  await ana.chooses('language', 'en');
  await expect(ana.product('Escuadra')).toContainText('1,234.50');
  await expect(ana.product('Escuadra')).toContainText('1,500');
});

test('the identification changes its language while it is open, and keeps what was typed', async ({ carla }) => {
  await carla.identification.getByLabel('Ingrese su email').fill('carla@acme.com');
  await carla.chooses('language', 'en');
  const dialog = carla.page.getByRole('dialog', { name: 'Identify yourself' });
  await expect(dialog.getByLabel('Enter your email')).toHaveValue('carla@acme.com');
  await dialog.getByRole('button', { name: 'Enter' }).click();
  await expect(carla.welcome).toHaveText('Welcome, carla@acme.com');
});

test('the theme follows the system until one is chosen, and that is remembered', async ({ ana }) => {
  const isLight = () =>
    expect.poll(() =>
      ana.page.evaluate(() => {
        const [red = 0, green = 0, blue = 0] = (
          /\d+, \d+, \d+/.exec(getComputedStyle(document.documentElement).backgroundColor)?.[0] ?? ''
        )
          .split(', ')
          .map(Number);
        return red + green + blue > 3 * 128;
      }),
    );
  await isLight().toBe(true);
  await ana.page.emulateMedia({ colorScheme: 'dark' });
  await isLight().toBe(false);
  await ana.chooses('theme', 'light');
  await isLight().toBe(true);
  await ana.page.emulateMedia({ colorScheme: 'light' });
  await ana.chooses('theme', 'dark');
  await isLight().toBe(false);
  await ana.reload();
  await isLight().toBe(false);
});

test('whoever wants no motion gets the colours of the other theme with the next frame, down to the innermost text', async ({
  ana,
}) => {
  await ana.adds({ title: 'Escuadra', price: '1' });
  await ana.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await ana.page.emulateMedia({ colorScheme: 'dark' });
  const transitions = await ana.page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    return document.getAnimations().filter((animation) => animation instanceof CSSTransition).length;
  });
  expect(transitions).toBe(0);
});
