import { expect, test } from './lonja.ts';
import type { Person } from './person.ts';

/** Puts something in the place of the browser's notifications that only notes them, and answers so when it is asked. */
async function notifications(person: Person, answer: 'granted' | 'denied'): Promise<() => Promise<readonly string[]>> {
  await person.page.evaluate((permission) => {
    class Noted extends EventTarget {
      static permission = 'default';
      static requestPermission = () => Promise.resolve((Noted.permission = permission));
      constructor(title: string, { body }: { body: string }) {
        super();
        const noted = JSON.parse(document.body.dataset['noted'] ?? '[]') as string[];
        document.body.dataset['noted'] = JSON.stringify([...noted, `${title}: ${body}`]);
      }
      close(): void {
        // Nothing is on the screen.
      }
    }
    Object.assign(window, { Notification: Noted });
  }, answer);
  return async () =>
    JSON.parse((await person.page.locator('body').getAttribute('data-noted')) ?? '[]') as readonly string[];
}

const ASK = 'Avisar en el escritorio si me mencionan';

async function asks(person: Person): Promise<void> {
  await person.centre.getByRole('button', { name: 'Avisos cuando lo mencionan' }).click();
  await person.page.getByRole('switch', { name: ASK }).click();
  await person.page.keyboard.press('Escape');
}

test('who asked for it is notified of a mention while looking away, and of nothing else', async ({ ana, beto }) => {
  const noted = await notifications(ana, 'granted');
  await ana.looksAway();
  await beto.sends('@ana antes de pedirlo');
  await expect(ana.messagesWith('@ana antes de pedirlo')).toBeVisible();
  await ana.looksBack();
  await asks(ana);
  await beto.sends('@ana lo está viendo');
  await expect(ana.messagesWith('@ana lo está viendo')).toBeVisible();
  await ana.looksAway();
  for (const text of ['sin nombre', '@ana ¿vienes?']) await beto.sends(text);
  await expect.poll(noted).toEqual(['beto@acme.com lo mencionó: @ana ¿vienes?']);
});

test('who asked for it and whose browser says no is told so', async ({ ana }) => {
  await notifications(ana, 'denied');
  await asks(ana);
  await expect(ana.announcements).toContainText('Este navegador no permite los avisos');
  await ana.centre.getByRole('button', { name: 'Avisos cuando lo mencionan' }).click();
  await expect(ana.page.getByRole('switch', { name: ASK })).toHaveAttribute('aria-checked', 'false');
});
