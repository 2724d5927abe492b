import { expect, type Browser } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { CLOSING } from './console.ts';
import type { Person } from './person.ts';
import { ProvenServer } from './proven.ts';
import { test } from './servers.ts';

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let proven: ProvenServer;
const present: Person[] = [];
test.beforeEach(async () => {
  proven = await ProvenServer.start({
    root: { name: 'root' },
    ana: { name: 'ana', device: WINDOWS },
    'ana on the phone': { name: 'ana', device: IPHONE },
    beto: { name: 'beto' },
    carla: { name: 'carla' },
    lee: { name: 'lee' },
  });
});
test.afterEach(async () => {
  for (const { context } of present) await context.close();
  const unexpected = present.splice(0).flatMap((person) => person.console.unexpected);
  await proven.server.dispose();
  expect(unexpected).toEqual([]);
});

async function arrives(browser: Browser, key: string): Promise<Person> {
  const person = await proven.person(browser, key);
  // Whose session ends is disconnected, and may not read.
  person.console.expects(CLOSING);
  present.push(person);
  return person;
}

/** Opens a part of the account. */
async function opens(person: Person, part: 'Nombre y color' | 'Sesiones' | 'Miembros') {
  await person.opensAccount();
  await person.page.getByRole('button', { name: part, exact: true }).click();
  const dialog = person.page.getByRole('dialog', { name: part });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('Root removes Beto, who is out at once: his board is gone, his unsent text is not', async ({ browser }) => {
  const [root, beto] = [await arrives(browser, 'root'), await arrives(browser, 'beto')];
  await root.sends('Solo para nosotros');
  await expect(beto.texts).toHaveText(['Solo para nosotros']);
  await beto.losesTheNetwork();
  await beto.sends('Lo digo luego');
  await expect(beto.centre).toContainText('Lo digo luego');
  await beto.getsTheNetworkBack();
  await expect(root.texts).toHaveText(['Solo para nosotros', 'Lo digo luego']);
  await beto.composer.fill('A medio escribir');

  const members = await opens(root, 'Miembros');
  await members.getByRole('button', { name: 'Quitar el acceso a beto@acme.com' }).click();
  await expect(root.confirmation).toContainText('Lo que ha escrito se queda');
  await root.confirmation.getByRole('button', { name: 'Quitar acceso' }).click();

  await expect(beto.page.getByTestId('session-ended')).toBeVisible();
  await expect(beto.page.getByTestId('gate')).toBeVisible();
  await expect(beto.page.getByText('Solo para nosotros')).toHaveCount(0);
  await expect(beto.page.getByText('Lo digo luego')).toHaveCount(0);
  expect(await beto.page.evaluate(() => JSON.stringify(localStorage))).toContain('A medio escribir');
  await expect(members.getByText('Sin acceso')).toBeVisible();
  await members.getByRole('button', { name: 'Dejar entrar de nuevo a beto@acme.com' }).click();
  await expect(members.getByText('Sin acceso')).toHaveCount(0);
});

test('what Carla may do changes while she looks at the page, in both directions', async ({ browser }) => {
  const [root, carla] = [await arrives(browser, 'root'), await arrives(browser, 'carla')];
  await root.adds({ title: 'Taza', price: '5', stock: '3' });
  await expect(carla.product('Taza')).toBeVisible();
  await carla.composer.fill('Empezado');

  const members = await opens(root, 'Miembros');
  await members.getByLabel('Acceso de carla@acme.com').selectOption('Solo lee');

  await expect(carla.page.getByTestId('reads-only')).toBeVisible();
  await expect(carla.composer).toHaveCount(0);
  await expect(carla.form).toHaveCount(0);
  await expect(carla.product('Taza').getByRole('button', { name: 'Sumar' })).toHaveCount(0);
  await carla.cell('Taza', 'price').dblclick();
  await expect(carla.toast).toHaveText('Usted puede leer aquí, pero no escribir');
  await expect(carla.page.getByTestId('cell-editor')).toHaveCount(0);
  await expectAccessible(carla);

  await members.getByLabel('Acceso de carla@acme.com').selectOption('Miembro');

  await expect(carla.composer).toHaveValue('Empezado');
  await carla.composer.press('Enter');
  await expect(root.texts).toHaveText(['Empezado']);
});

test('Ana gives herself a name, and everybody sees it; her e-mail stays in what she says', async ({ browser }) => {
  const [ana, beto] = [await arrives(browser, 'ana'), await arrives(browser, 'beto')];
  const profile = await opens(ana, 'Nombre y color');
  await profile.getByLabel('Nombre').fill('Ana María');
  await profile.getByRole('radio', { name: 'turquesa' }).check();
  await expectAccessible(ana);
  await profile.getByRole('button', { name: 'Guardar' }).click();
  await expect(profile).toBeHidden();

  await ana.sends('hola');
  await expect(beto.messages).toHaveText(/^ana@acme\.com \[\S+ \S+\] : hola$/);
  await expect(beto.messages.getByTestId('message-email')).toHaveAttribute('title', 'Ana María');
  await beto.page.getByTestId('presence').getByRole('button').click();
  await expect(beto.page.getByTestId('presence')).toContainText('Ana María ana@acme.com');
  await beto.page.keyboard.press('Escape');
  await beto.composer.pressSequentially('@mar');
  await expect(beto.page.getByTestId('completions')).toContainText('Ana María');
  await beto.composer.press('Enter');
  await expect(beto.composer).toHaveValue('@ana ');
});

test('Ana ends the session of her telephone from her desk', async ({ browser }) => {
  const [desk, phone] = [await arrives(browser, 'ana'), await arrives(browser, 'ana on the phone')];

  const sessions = await opens(desk, 'Sesiones');
  const [here, there] = [
    sessions.getByTestId('session').filter({ hasText: 'Chrome en Windows' }),
    sessions.getByTestId('session').filter({ hasText: 'Safari en iPhone' }),
  ];
  await expect(here).toContainText('Este dispositivo');
  await expectAccessible(desk);
  await there.getByRole('button', { name: 'Cerrar la sesión de Safari en iPhone' }).click();

  await expect(there).toHaveCount(0);
  await expect(phone.page.getByTestId('session-ended')).toBeVisible();
  await expect(phone.page.getByTestId('gate')).toBeVisible();
  await expect(here).toBeVisible();

  await sessions.getByTestId('leave-everywhere').click();
  await desk.confirmation.getByRole('button', { name: 'Salir en todos los dispositivos' }).click();
  await expect(desk.page.getByTestId('gate')).toBeVisible();
});

test('an admin deletes what somebody else said, and is asked about whose it is', async ({ browser }) => {
  const [root, beto] = [await arrives(browser, 'root'), await arrives(browser, 'beto')];
  await beto.sends('Esto no debía decirlo');
  await expect(root.texts).toHaveText(['Esto no debía decirlo']);

  await root.acts('Borrar el mensaje de beto@acme.com');
  await expect(root.confirmation).toContainText('¿Borrar el mensaje de beto@acme.com?');
  await root.confirmation.getByRole('button', { name: 'Eliminar' }).click();

  await expect(beto.texts).toHaveCount(0);
  await expect(beto.centre).toContainText('mensaje eliminado');
});
