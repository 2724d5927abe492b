import { TestIdentityProvider } from '../../backend/test/identity-provider.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test as base } from './lonja.ts';
import { Server } from './server.ts';

/** Everybody of acme.com may come in, whose company says so. */
const test = base.extend<{ readonly provider: TestIdentityProvider }>({
  provider: async ({}, use) => {
    const provider = await TestIdentityProvider.open();
    await use(provider);
    await provider.close();
  },
  server: async ({ provider }, use) => {
    const server = new Server('', undefined, { ...provider.settings, MEMBERS: '*@acme.com' });
    await server.start();
    provider.serve(server.url);
    await use(server);
    await server.dispose();
  },
});

test('who signs in at the company is in, and out again with «Salir»', async ({ carla, provider }) => {
  provider.account = { email: carla.email, email_verified: true };
  const enter = carla.identification.getByRole('button', { name: 'Entrar con su empresa' });
  await expect(carla.identification.getByRole('textbox')).toHaveCount(0);
  await expect(enter).toBeFocused();
  await expectAccessible(carla);
  await enter.click();
  await expect(carla.welcome).toHaveText('Bienvenido, carla@acme.com');
  await carla.sends('Hola desde la empresa');
  await expect(carla.messages).toHaveCount(1);
  await carla.leaves();
  await expect(enter).toBeVisible();
});

test('who may not come in reads why, and the address does not keep it', async ({ carla, provider, server }) => {
  provider.account = { email: 'eve@other.example', email_verified: true };
  await carla.identification.getByRole('button', { name: 'Entrar con su empresa' }).click();
  await expect(carla.identification.getByRole('alert')).toContainText('pida una invitación');
  expect(carla.page.url()).toBe(server.url);
  await expectAccessible(carla);
});
