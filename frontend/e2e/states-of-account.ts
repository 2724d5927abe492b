import { expect } from '@playwright/test';
import { mailHouse, type House } from './houses.ts';
import { invitationLink } from './invitation-link.ts';
import type { Stage, State } from './stage.ts';

/** Who has proven to be somebody has an account; only wide and narrow, because between them it is the same dialog. */
const member = { house: mailHouse, layouts: ['wide', 'phone'] } as const;
const admin = { ...member, as: 'root' } as const;
const reader = { ...member, as: 'lee' } as const;

/** Opens a part of the account. */
async function opens({ ana }: Stage, part: 'Nombre y color' | 'Sesiones' | 'Miembros' | 'Registro') {
  await ana.isUpToDate();
  await ana.opensAccount();
  await ana.page.getByRole('button', { name: part, exact: true }).click();
  const dialog = ana.page.getByRole('dialog', { name: part });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Somebody of another company follows an invitation, and comes in with the code from the mail. */
async function guestComes({ ana, house }: Stage, mailed: (email: string) => Promise<string>): Promise<void> {
  const browser = ana.context.browser()!;
  const context = await browser.newContext({ locale: 'es-ES', serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(await invitationLink(browser, house));
  await page.getByLabel('Ingrese su email').fill('marta@proveedor.example');
  await page.getByRole('button', { name: 'Enviar código' }).click();
  await page.getByLabel('Código de 8 cifras').fill(await mailed('marta@proveedor.example'));
  await page.getByRole('button', { name: 'Ingresar' }).click();
  await expect(page.getByTestId('welcome')).toContainText('marta@proveedor.example');
  await context.close();
}

function mailboxOf(house: House) {
  if (!('mailbox' in house)) throw new Error('This house sends no mail.');
  return (house as Awaited<ReturnType<typeof mailHouse>>).mailbox;
}

/** One's own account, what admins see of others, and what is left to those who may not write or come in. */
export const ACCOUNT: readonly State[] = [
  {
    name: 'profile',
    ...member,
    show: async (stage) => {
      const profile = await opens(stage, 'Nombre y color');
      await profile.getByLabel('Nombre').fill('Ana María');
      await profile.getByRole('radio', { name: 'turquesa' }).check();
    },
  },
  {
    name: 'sessions',
    ...member,
    show: async (stage) => {
      const sessions = await opens(stage, 'Sesiones');
      await expect(sessions.getByTestId('session')).toHaveCount(2);
    },
  },
  {
    name: 'members',
    ...admin,
    show: async (stage) => {
      await stage.other();
      const members = await opens(stage, 'Miembros');
      await expect(members.getByTestId('member').first()).toBeVisible();
    },
  },
  {
    name: 'members-removed',
    ...admin,
    show: async (stage) => {
      const { ana } = stage;
      await stage.other();
      const members = await opens(stage, 'Miembros');
      await members.getByRole('button', { name: 'Quitar el acceso a beto@acme.com' }).click();
      await ana.confirmation.getByRole('button', { name: 'Quitar acceso' }).click();
      await expect(members.getByText('Sin acceso')).toBeVisible();
    },
  },
  {
    name: 'invitation-made',
    ...admin,
    show: async (stage) => {
      const members = await opens(stage, 'Miembros');
      await members.getByRole('textbox', { name: 'Email' }).fill('marta@proveedor.example');
      await members.getByRole('button', { name: 'Invitar' }).click();
      await expect(members.getByTestId('invitation-link')).toBeVisible();
      await members.getByTestId('invitation').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'invitation-accepted',
    ...admin,
    show: async (stage) => {
      await guestComes(stage, (email) => mailboxOf(stage.house).code(email));
      const members = await opens(stage, 'Miembros');
      await expect(members.getByTestId('member').filter({ hasText: 'marta@proveedor.example' })).toBeVisible();
    },
  },
  {
    name: 'audit',
    ...admin,
    show: async (stage) => {
      await guestComes(stage, (email) => mailboxOf(stage.house).code(email));
      const audit = await opens(stage, 'Registro');
      await expect(audit.getByTestId('audit-line').first()).toBeVisible();
    },
  },
  { name: 'reader', ...reader, show: ({ ana }) => ana.isUpToDate() },
  {
    name: 'reader-chat',
    ...reader,
    show: async (stage) => {
      await stage.chat();
      await expect(stage.ana.page.getByTestId('reads-only')).toBeVisible();
    },
  },
  { name: 'reader-panel', ...reader, show: ({ ana }) => ana.edits('Globo terráqueo') },
  {
    name: 'removed',
    ...member,
    show: async (stage) => {
      const { ana, house } = stage;
      await ana.isUpToDate();
      const context = await ana.context.browser()!.newContext({ locale: 'es-ES', serviceWorkers: 'block' });
      await house.signIn(context, 'root');
      const page = await context.newPage();
      await page.goto(house.server.url);
      await page.getByTestId('account').click();
      await page.getByRole('button', { name: 'Miembros', exact: true }).click();
      await page.getByRole('button', { name: `Quitar el acceso a ${ana.email}` }).click();
      await page.getByRole('button', { name: 'Quitar acceso', exact: true }).last().click();
      await expect(ana.page.getByTestId('session-ended')).toBeVisible();
      await context.close();
    },
  },
];
