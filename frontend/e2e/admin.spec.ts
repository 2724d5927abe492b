import { expect } from '@playwright/test';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { Person } from './person.ts';
import { ProvenServer } from './proven.ts';
import { Server } from './server.ts';
import { test } from './servers.ts';

let backups: string;
test.beforeEach(() => {
  backups = mkdtempSync(join(tmpdir(), 'lonja-backups-'));
});
test.afterEach(() => rmSync(backups, { recursive: true }));

const begin = (settings: NodeJS.ProcessEnv = { BACKUP_DIR: backups }) =>
  ProvenServer.start({ root: { name: 'root' }, ana: { name: 'ana' } }, '', undefined, settings);

test('Root opens the page of admins from the account, sees that all is well, and makes a backup', async ({
  browser,
}) => {
  const proven = await begin();
  const root = await proven.person(browser, 'root');
  const { page } = root;
  await root.adds({ title: 'Taza', price: '5' });

  await root.opensAccount();
  await page.getByTestId('to-admin').click();

  await expect(page).toHaveURL(/\/admin$/);
  await expect(page.getByRole('heading', { name: 'Administración' })).toBeVisible();
  await expect(page.getByTestId('admin-health')).toHaveText('Todo bien: los cambios se guardan.');
  await expect(page.getByTestId('admin-sizes').getByRole('row', { name: 'Historial' })).toContainText('cambios: ');
  await expect(root.table).toBeHidden();
  await expect(page.getByTestId('no-backup')).toHaveText('Todavía no hay ninguna copia.');

  await page.getByRole('button', { name: 'Hacer copia ahora' }).click();

  await expect(page.getByTestId('last-backup')).toContainText(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \(ahora\)/);
  const [name = ''] = readdirSync(backups).filter((each) => each.startsWith('lonja-'));
  await expect(page.getByTestId('last-backup')).toContainText(name);
  await expect(page.getByTestId('audit-line').first()).toContainText('Hizo una copia de seguridad');
  await expectAccessible(root);

  await page.goBack();
  await expect(root.product('Taza')).toBeVisible();
  await expect(page.getByTestId('admin')).toHaveCount(0);
  await page.goForward();
  await expect(page.getByTestId('last-backup')).toContainText(name);
  await page.reload();
  await expect(page.getByTestId('last-backup')).toContainText(name);
  await page.getByTestId('to-board').click();
  await expect(root.product('Taza')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('administración');
  await page.getByRole('combobox').press('Enter');
  await expect(page.getByTestId('last-backup')).toContainText(name);
  // What is chosen from there leads back.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('taza');
  await page.getByRole('combobox').press('Enter');
  await expect(page.getByTestId('admin')).toHaveCount(0);
  await expect(page.getByTestId('product-panel')).toBeVisible();
  expect(root.console.unexpected).toEqual([]);
  await root.context.close();
  await proven.server.dispose();
});

test('Root reads that no backups are configured, and what to set, on a phone too', async ({ browser }) => {
  const proven = await begin({});
  const root = await proven.person(browser, 'root', { viewport: { width: 360, height: 740 }, hasTouch: true });
  const { page } = root;

  await page.getByTestId('tab-account').click();
  await page.getByTestId('to-admin').click();

  await expect(page.getByTestId('no-backup')).toContainText('BACKUP_DIR');
  const overflow = await page.getByTestId('admin').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(overflow).toBe(0);
  await expectAccessible(root);
  await page.getByTestId('tab-products').click();
  await expect(root.noProducts).toBeVisible();
  expect(root.console.unexpected).toEqual([]);
  await root.context.close();
  await proven.server.dispose();
});

test('Ana, who is no admin, reads why she sees nothing there, and goes to the board', async ({ browser }) => {
  const proven = await begin();
  const ana = await proven.person(browser, 'ana');
  await ana.opensAccount();
  await expect(ana.page.getByTestId('to-admin')).toHaveCount(0);

  await ana.page.goto(new URL('admin', proven.server.url).href);

  await expect(ana.page.getByTestId('admin-refused')).toContainText('Esta página es para los administradores');
  await expectAccessible(ana);
  await ana.page.getByTestId('to-board').click();
  await expect(ana.noProducts).toBeVisible();
  await expect(ana.page).toHaveURL(proven.server.url);
  expect(ana.console.unexpected).toEqual([]);
  await ana.context.close();
  await proven.server.dispose();
});

test('where e-mails are believed the page says that there are no admins, and what to set', async ({ browser }) => {
  const server = new Server();
  await server.start();
  const beto = await Person.visiting(browser, server, 'beto');

  await beto.page.goto(new URL('admin', server.url).href);

  await expect(beto.page.getByTestId('admin-refused')).toContainText('AUTH=code');
  await beto.page.getByTestId('to-board').click();
  await expect(beto.noProducts).toBeVisible();
  await beto.context.close();
  await server.dispose();
});
