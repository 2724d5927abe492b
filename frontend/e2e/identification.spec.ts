import { expect, test } from './lonja.ts';
import { Person } from './person.ts';
import { recordTexts, TOAST } from './recorded-texts.ts';

test('nothing but an answer gets past the dialog: no click beside it, no Escape, no Tab', async ({ carla }) => {
  const { page } = carla;
  await expect(page.getByRole('heading', { name: 'Identifícate' })).toBeVisible();
  const centre = (await carla.centre.boundingBox())!;
  for (const [x, y] of [
    [centre.x + 8, centre.y + centre.height / 2],
    [centre.x + centre.width / 2, centre.y + centre.height - 30],
  ] as const) {
    await page.mouse.click(x, y);
    await expect(carla.identification).toBeVisible();
    await expect(carla.composer).not.toBeFocused();
  }
  await carla.identification.getByLabel('Ingrese su email').press('Escape');
  await page.keyboard.press('Escape');
  await expect(carla.identification).toBeVisible();
  const reached = new Set<string | null>();
  for (let tab = 0; tab < 40; tab++) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(
        () => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.className ?? null,
      ),
    );
  }
  expect(reached).toContain('load-samples');
  expect(reached).not.toContain('message-input');
  expect(reached).not.toContain('message-send');
});

test('what is not an e-mail is refused in words, by the page and by the server', async ({ carla }) => {
  // Chromium says that a request was refused; the page does not.
  carla.console.expects(/^Failed to load resource: the server responded with a status of 400/);
  const error = 'Ingrese un email válido, como ana@acme.com';
  for (const typed of ['', 'carla', 'carla@acme', 'carla@acme..com']) {
    await carla.identifies(typed);
    await expect(carla.identification.getByRole('alert')).toHaveText(error);
    await expect(carla.blockedChat).toBeAttached();
    // So that the next error is the next one.
    await carla.identification.getByLabel('Ingrese su email').press('End');
    await carla.identification.getByLabel('Ingrese su email').pressSequentially('x');
    await expect(carla.identification.getByRole('alert')).toBeHidden();
  }
  await expect(carla.welcome).toBeHidden();
});

test('who identifies is welcomed, writes at once, and goes back to the identification by «Salir»', async ({
  carla,
}) => {
  await carla.identifies(' Carla@ACME.com ');
  await expect(carla.welcome).toHaveText('Bienvenido, carla@acme.com');
  expect(await carla.welcome.innerText()).toBe('Bienvenido, carla@acme.com');
  await expect(carla.identification).toBeHidden();
  await expect(carla.blockedChat).not.toBeAttached();
  await expect(carla.composer).toBeFocused();
  await carla.sends('Hola');
  await expect(carla.messages).toHaveText(/^carla@acme\.com \[.+\] : Hola$/);
  await carla.leaves();
  await expect(carla.identification).toBeVisible();
  await expect(carla.welcome).toBeHidden();
  await expect(carla.blockedChat).toBeAttached();
  await carla.reload();
  await expect(carla.identification).toBeVisible();
});

test('who is identified stays so after a reload and after a restart', async ({ ana, server }) => {
  await ana.reload();
  await expect(ana.welcome).toHaveText('Bienvenido, ana@acme.com');
  await server.restart();
  await expect(ana.status).toHaveText('Online');
  await ana.sends('Sigo aquí');
  await expect(ana.messages).toHaveText(/ana@acme\.com/);
  await expect(ana.identification).toBeHidden();
});

test('a toast notifies Beto, and not Ana, that Ana connects and leaves', async ({ beto, carla, browser, server }) => {
  const ana = await Person.visiting(browser, server, 'ana');
  const [toBeto, toAna] = [await recordTexts(beto, TOAST), await recordTexts(ana, TOAST)];
  await ana.identifies();
  await expect.poll(toBeto).toEqual(['ana@acme.com se conectó']);
  await expect(ana.welcome).toBeVisible();
  // Carla has a dialog open, which no toast may close; what it says is announced there.
  await expect(carla.announcements).toContainText('ana@acme.com se conectó');
  await expect(carla.identification).toBeVisible();
  await ana.leaves();
  await expect.poll(toBeto).toEqual(['ana@acme.com se conectó', 'ana@acme.com salió']);
  await carla.identification.getByLabel('Ingrese su email').fill('carla');
  await ana.identifies();
  await expect.poll(toBeto).toHaveLength(3);
  await expect(carla.identification.getByLabel('Ingrese su email')).toHaveValue('carla');
  // When Ana has heard of somebody else, she would have heard of herself.
  await carla.identifies();
  await expect.poll(toAna).toEqual(['carla@acme.com se conectó']);
  await expect(ana.announcements).not.toContainText('ana@acme.com');
  await ana.context.close();
  await expect(beto.announcements).toContainText('ana@acme.com salió');
  expect(ana.console.unexpected).toEqual([]);
});

test('a reload notifies nobody, and two tabs are one person', async ({ ana, beto, carla }) => {
  const toasts = await recordTexts(beto, TOAST);
  const tab = await ana.inAnotherTab();
  await expect(beto.page.getByTestId('presence')).toContainText('2 miembros · 1 visitante');
  // A reload on a slow machine takes longer than the server waits: there is always the other tab.
  await tab.reload();
  await ana.reload();
  await tab.page.close();
  await carla.identifies();
  await expect.poll(toasts).toEqual(['carla@acme.com se conectó']);
  await expect(beto.announcements).not.toContainText('ana@acme.com');
});
