import { PHONE } from './devices.ts';
import { expect, test } from './lonja.ts';

test('what is begun outlives a reload, and is gone when it is sent', async ({ ana, beto }) => {
  await ana.composer.fill('A medias\ny más');
  await ana.reload();
  await expect(ana.composer).toHaveValue('A medias\ny más');
  await ana.composer.press('Enter');
  await expect(beto.texts).toHaveText('A medias\ny más');
  await ana.reload();
  await expect(ana.composer).toHaveValue('');
});

test('what somebody began is not there for who identifies next at the same browser', async ({ ana }) => {
  await ana.composer.fill('Solo mío');
  await ana.leaves();
  await expect(ana.identification).toBeVisible();
  await expect(ana.composer).toHaveValue('');
  await ana.identifies('otra@acme.com');
  await expect(ana.welcome).toContainText('otra@acme.com');
  await expect(ana.composer).toHaveValue('');
  await ana.leaves();
  await ana.identifies();
  await expect(ana.composer).toHaveValue('Solo mío');
});

test('addresses can be followed safely, and nothing else that looks like one', async ({ ana, beto }) => {
  const text = 'Mira https://acme.com/a?b=c, www.acme.com, pedidos@acme.com y javascript:alert(1)';
  await ana.sends(text);
  await expect(beto.texts).toHaveText(text);
  const links = beto.texts.getByRole('link');
  await expect(links).toHaveText(['https://acme.com/a?b=c', 'www.acme.com', 'pedidos@acme.com']);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    await expect(link).toHaveAttribute('target', '_blank');
  }
  await expect(links.nth(1)).toHaveAttribute('href', 'https://www.acme.com');
  await expect(links.nth(2)).toHaveAttribute('href', 'mailto:pedidos@acme.com');
});

test('people are offered after an @ and named by keyboard, and who is named is told so', async ({ ana, beto }) => {
  await beto.looksAway();
  await ana.composer.pressSequentially('Hola @be');
  const people = ana.centre.getByRole('listbox', { name: 'Personas' });
  await expect(people.getByRole('option')).toHaveText(['beto@acme.com']);
  await ana.composer.press('Escape');
  await expect(people).toHaveCount(0);
  await ana.composer.pressSequentially(' @be');
  await ana.composer.press('Tab');
  await expect(ana.composer).toHaveValue('Hola @be @beto ');
  await expect(ana.composer).toBeFocused();
  await ana.composer.press('Enter');
  await expect(beto.texts).toHaveText('Hola @be @beto');
  await expect(beto.texts.locator('.me')).toHaveText('@beto');
  await expect(ana.texts.locator('.me')).toHaveCount(0);
});

test('a message is quoted with who said it, and the quote is set apart from the answer', async ({ ana, beto }) => {
  await ana.sends('Uno\ndos');
  await expect(beto.messages).toHaveCount(1);
  await beto.acts('Citar el mensaje de ana@acme.com');
  await expect(beto.composer).toBeFocused();
  await expect(beto.composer).toHaveValue('> ana@acme.com: Uno\n> dos\n');
  await beto.page.keyboard.type('Sí');
  await beto.page.keyboard.press('Enter');
  await expect(ana.texts.last().locator('.quote')).toHaveText('> ana@acme.com: Uno\n> dos\n');
  expect(await ana.messages.last().textContent()).toMatch(
    /^beto@acme\.com \[.{19}\] : > ana@acme\.com: Uno\n> dos\nSí$/,
  );
});

test('messages are walked through by keyboard, with one stop of Tab for all of them', async ({ ana, beto }) => {
  for (const text of ['Uno', 'Dos', 'Tres']) await beto.sends(text);
  await expect(ana.messages).toHaveCount(3);
  await expect(ana.rows.and(ana.page.locator('[tabindex="0"]'))).toHaveCount(1);
  const { keyboard } = ana.page;
  await ana.composer.press('ArrowUp');
  await expect(ana.row('Tres')).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(ana.row('Dos')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(ana.row('Dos').getByRole('button', { name: 'Enterado' })).toBeFocused();
  await expect(ana.row('Dos').getByRole('button', { name: 'Enterado' })).toHaveAttribute('title', /\(A\)$/);
  await keyboard.press('Escape');
  await expect(ana.row('Dos')).toBeFocused();
  await keyboard.press('q');
  await expect(ana.composer).toHaveValue('> beto@acme.com: Dos\n');
  await expect(ana.composer).toBeFocused();
});

test('whoever clicks on a message and types then does nothing to it', async ({ ana, beto }) => {
  await beto.sends('Hola');
  await ana.messagesWith('Hola').click();
  await ana.page.keyboard.type('ap');
  await ana.composer.focus();
  await ana.sends('Listo');
  await expect(beto.texts).toHaveText(['Hola', 'Listo']);
  await expect(beto.centre.getByRole('img', { name: 'Enterados' })).toHaveCount(0);
  await expect(beto.page.getByTestId('pinned')).toHaveCount(0);
});

test('consecutive lines of one author are quieter, and read as every other', async ({ ana, beto }) => {
  for (const text of ['Uno', 'Dos']) await ana.sends(text);
  await expect(beto.messages).toHaveCount(2);
  const sizes = await beto.page
    .getByTestId('message-email')
    .evaluateAll((emails) => emails.map((email) => parseFloat(getComputedStyle(email).fontSize)));
  expect(sizes[1]).toBeLessThan(sizes[0]!);
  for (const line of await beto.messages.allInnerTexts()) {
    expect(line).toMatch(/^ana@acme\.com \[\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\] : (?:Uno|Dos)$/);
  }
  await expect(beto.page.getByTestId('message-email').last()).toHaveCSS('font-weight', '700');
});

test.describe('by thumb', () => {
  test.use(PHONE);

  test('a tap on a message offers what can be done with it, large enough, and on no other', async ({ ana, beto }) => {
    for (const person of [ana, beto]) await person.goesTo('messages');
    for (const text of ['Uno', 'Dos']) await beto.sends(text);
    await expect(ana.messages).toHaveCount(2);
    await expect(ana.rows.getByRole('button')).toHaveCount(0);
    await ana.row('Uno').tap();
    const buttons = ana.row('Uno').getByRole('button');
    await expect(buttons).toHaveCount(3);
    for (const button of await buttons.all()) {
      const { width, height } = (await button.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
    await expect(ana.row('Dos').getByRole('button')).toHaveCount(0);
    await buttons.first().tap();
    await expect(beto.centre.getByRole('img', { name: 'Enterados: ana@acme.com' })).toBeVisible();
  });
});
