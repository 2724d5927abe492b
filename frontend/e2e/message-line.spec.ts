import { expectColour } from './colour.ts';
import { expect, test } from './lonja.ts';
import { journalOf, pastMessage } from './past.ts';

// Day, month, hour, minute and second are all different, and each of them has one digit in some time zone.
const AT = '2026-03-09T14:05:07.000Z';

test.use({ past: journalOf([pastMessage('ana@acme.com', AT, '¿Queda papel?')]) });

test.describe('in Buenos Aires', () => {
  test.use({ timezoneId: 'America/Argentina/Buenos_Aires' });

  test('a message reads exactly as it must, with minutes as minutes', async ({ beto, server }) => {
    const line = 'ana@acme.com [09/03/2026 11:05:07] : ¿Queda papel?';
    await expect(beto.messages).toHaveText(line);
    expect(await beto.messages.innerText()).toBe(line);
    expect(server.lines('chat.txt')).toEqual([line]);
  });
});

test.describe('in Auckland', () => {
  test.use({ timezoneId: 'Pacific/Auckland' });

  test('the day and the hour are those of the reader, in 24 hours', async ({ ana }) => {
    await expect(ana.messages).toHaveText('ana@acme.com [10/03/2026 03:05:07] : ¿Queda papel?');
    await ana.sends('Sí');
    await expect(ana.messages).toHaveCount(2);
    expect(await ana.messages.last().innerText()).toMatch(
      /^ana@acme\.com \[(0[1-9]|[12]\d|3[01])\/(0[1-9]|1[0-2])\/\d{4} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d\] : Sí$/,
    );
  });
});

test('the e-mail is bold and blue, the time brown, the text italic and green, in light and in dark', async ({
  beto,
}) => {
  const [email, time] = [beto.page.getByTestId('message-email'), beto.page.getByTestId('message-time')];
  await expect(time).toHaveText(/^\[\d\d\/03\/2026 \d\d:05:07\]$/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await beto.page.emulateMedia({ colorScheme });
    await expect(email).toHaveCSS('font-weight', '700');
    await expectColour(email, 'blue');
    await expect(time).toHaveCSS('font-weight', '400');
    await expect(time).toHaveCSS('font-style', 'normal');
    await expectColour(time, 'brown');
    await expect(beto.texts).toHaveCSS('font-style', 'italic');
    await expect(beto.texts).toHaveCSS('font-weight', '400');
    await expectColour(beto.texts, 'green');
  }
});
