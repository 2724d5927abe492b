import type { Browser } from '@playwright/test';
import { Mailbox } from '../../backend/test/mailbox.ts';
import { expectAccessible } from './accessible.ts';
import { CLOSING } from './console.ts';
import { expect, test as base } from './lonja.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';

/** Everybody of acme.com may come in, by a code that comes by mail; root invites others. */
const test = base.extend<{ readonly mailbox: Mailbox }>({
  mailbox: async ({}, use) => {
    const mailbox = await Mailbox.open();
    await use(mailbox);
    await mailbox.close();
  },
  server: async ({ mailbox }, use) => {
    const environment = { AUTH: 'code', MEMBERS: '*@acme.com', ADMINS: 'root@acme.com', SMTP_URL: mailbox.url };
    const server = new Server('', undefined, environment);
    await server.start();
    await use(server);
    await server.dispose();
  },
});

const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;
const code = (person: Person) => person.identification.getByLabel('Código de 8 cifras');

async function asksForCode(person: Person, email = person.email): Promise<void> {
  await person.identification.getByLabel('Ingrese su email').fill(email);
  await person.identification.getByRole('button', { name: 'Enviar código' }).click();
  await expect(code(person)).toBeFocused();
}

/** A new browser, identified by a code. */
async function entered(browser: Browser, server: Server, mailbox: Mailbox, name: string): Promise<Person> {
  const person = await Person.visiting(browser, server, name);
  await asksForCode(person);
  await code(person).fill(await mailbox.code(person.email));
  await code(person).press('Enter');
  await expect(person.welcome).toHaveText(`Bienvenido, ${person.email}`);
  return person;
}

test('who identifies gets a code by mail, and is in with it; everything is gone again after «Salir»', async ({
  carla,
  mailbox,
}) => {
  await expect(carla.status).toHaveText('Online');
  await expect(carla.table).not.toBeAttached();
  await expect(carla.noProducts).not.toBeAttached();
  await expect(carla.composer).not.toBeAttached();
  await expectAccessible(carla);
  await asksForCode(carla);
  await expectAccessible(carla);
  await expect(code(carla)).toHaveAttribute('autocomplete', 'one-time-code');
  await carla.page.keyboard.press('Escape');
  await expect(carla.identification).toBeVisible();

  carla.console.expects(REFUSED);
  await code(carla).fill('00000000');
  await code(carla).press('Enter');
  await expect(carla.identification.getByRole('alert')).toHaveText('Ese no es el código');
  await code(carla).fill(` ${await mailbox.code(carla.email)}\n`);
  await code(carla).press('Enter');
  await expect(carla.welcome).toHaveText('Bienvenido, carla@acme.com');
  await carla.sends('Hola desde dentro');
  await carla.adds({ title: 'Camión', price: '10' });

  await carla.leaves();
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeVisible();
  await expect(carla.status).toHaveText('Online');
  const left = await carla.page.content();
  expect(left).not.toContain('Hola desde dentro');
  expect(left).not.toContain('Camión');
  await carla.reload();
  await expect(carla.identification).toBeVisible();
  expect(await carla.page.content()).not.toContain('Camión');
});

test('a session that ends elsewhere takes everything from the screen and from the browser', async ({
  browser,
  server,
  mailbox,
}) => {
  const ana = await entered(browser, server, mailbox, 'ana');
  await ana.sends('Secreto de la casa');
  await expect(ana.messages).toHaveCount(1);
  ana.console.expects(CLOSING);
  await ana.context.request.delete(new URL('api/sessions', server.url).href);
  await expect(ana.identification).toBeVisible();
  await expect(ana.status).toHaveText('Online');
  expect(await ana.page.content()).not.toContain('Secreto de la casa');
  await ana.page.reload();
  await expect(ana.identification).toBeVisible();
  await expect(ana.status).toHaveText('Online');
  expect(await ana.page.content()).not.toContain('Secreto de la casa');
  await ana.context.close();
  expect(ana.console.unexpected).toEqual([]);
});

test('the address is still there after a reload; another code can be asked for, and another address', async ({
  carla,
  mailbox,
}) => {
  await asksForCode(carla);
  await mailbox.code(carla.email);
  await carla.page.reload();
  await expect(carla.identification).toContainText('carla@acme.com');
  await carla.identification.getByRole('button', { name: 'Enviar otro código' }).click();
  await expect(carla.announcements).toContainText('Se envió otro código');
  const newest = await mailbox.code(carla.email, 2);
  await carla.identification.getByRole('button', { name: 'Cambiar de email' }).click();
  await expect(carla.identification.getByLabel('Ingrese su email')).toBeFocused();
  await asksForCode(carla, 'carlota@acme.com');
  carla.console.expects(REFUSED);
  await code(carla).fill(newest);
  await code(carla).press('Enter');
  await expect(carla.identification.getByRole('alert')).toHaveText('Ese no es el código');
});

test('who asks too often is told when to come back', async ({ carla }) => {
  carla.console.expects(REFUSED);
  await asksForCode(carla);
  const again = carla.identification.getByRole('button', { name: 'Enviar otro código' });
  for (let count = 0; count < 4; count++) {
    const answered = carla.page.waitForResponse('**/api/session/code');
    await again.click();
    await answered;
  }
  await again.click();
  await expect(carla.identification.getByRole('alert')).toHaveText(
    'Demasiados intentos. Vuelva a probar en 15 minutos.',
  );
});

test('an invitation lets somebody in who is not listed, once, and its token is not left in the address', async ({
  browser,
  server,
  mailbox,
}) => {
  const root = await entered(browser, server, mailbox, 'root');
  const made = await root.context.request.post(new URL('api/invitations', server.url).href, { data: {} });
  const { link } = (await made.json()) as { link: string };
  const guest = await Person.visiting(browser, server, 'guest');
  await guest.page.goto('about:blank');
  await guest.page.goto(link);
  await expect(guest.identification).toContainText('Tiene una invitación');
  expect(guest.page.url()).toBe(server.url);
  await asksForCode(guest, 'guest@other.example');
  await guest.page.reload();
  await code(guest).fill(await mailbox.code('guest@other.example'));
  await code(guest).press('Enter');
  await expect(guest.welcome).toHaveText('Bienvenido, guest@other.example');
  await guest.sends('Gracias');
  await expect(root.messages).toHaveText(/^guest@other\.example .+ : Gracias$/);
  for (const person of [root, guest]) {
    await person.context.close();
    expect(person.console.unexpected).toEqual([]);
  }
});
