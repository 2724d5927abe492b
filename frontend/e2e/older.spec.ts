import { expect, test } from './lonja.ts';
import { journalOf, pastMessage } from './past.ts';

const COUNT = 430;
const AT = Date.parse('2026-03-09T14:05:07.000Z');

test.use({
  past: journalOf(
    Array.from({ length: COUNT }, (_, index) =>
      pastMessage('carla@acme.com', new Date(AT + index * 1_000).toISOString(), `Mensaje ${index + 1}`),
    ),
  ),
});

test('somebody who turns the wheel up gets to the first message, and one button leads back', async ({ ana }) => {
  const log = ana.centre.getByRole('log');
  await expect(ana.messagesWith(`Mensaje ${COUNT}`)).toBeInViewport();
  await log.hover();
  // Further than there is: the upper edge is reached in one go, as by a flick.
  await expect(async () => {
    await ana.page.mouse.wheel(0, -100_000);
    await expect(ana.messagesWith('Mensaje 1')).toBeInViewport({ timeout: 100 });
  }).toPass();
  await expect(ana.messages).toHaveCount(COUNT);
  await ana.page.getByRole('button', { name: 'Mensajes nuevos' }).click();
  await expect(ana.messagesWith(`Mensaje ${COUNT}`)).toBeInViewport();
});

test('what is read at the beginning stays in sight when older ones come before it', async ({ ana }) => {
  const line = ana.messagesWith(await ana.texts.first().innerText());
  await expect(line).not.toBeInViewport();
  await ana.centre.getByRole('log').evaluate((list) => (list.scrollTop = 0));
  await expect(ana.texts.first()).not.toHaveText(await line.innerText());
  await expect(line).toBeInViewport();
});
