import { expect } from '@playwright/test';
import { morning } from './morning.ts';
import { forgetful, full, newer, refusing, silent } from './lines.ts';
import { numbers } from './long-values.ts';
import type { Stage, State } from './stage.ts';

/** The number of the next record after the morning of the shop. */
const NEXT = morning(() => '').length + 1;

const upToDate = ({ ana }: Stage) => ana.isUpToDate();

/** Has also loaded what is shown later: without a network it could not. */
async function settled({ ana }: Stage): Promise<void> {
  await ana.isUpToDate();
  await expect(ana.page.getByTestId('language')).toBeAttached();
  await ana.page.waitForLoadState('networkidle');
}

/** What one sees of the page as a whole. */
export const WHOLE: readonly State[] = [
  { name: 'board', show: upToDate },
  { name: 'conversation', show: (stage) => stage.chat() },
  { name: 'account', show: ({ ana }) => ana.opensAccount() },
  { name: 'empty', past: [], show: upToDate },
  { name: 'long-values', past: numbers(), show: upToDate },
  { name: 'help', show: ({ ana }) => ana.page.keyboard.press('?'), layouts: ['wide', 'tablet'] },
  {
    name: 'identification',
    visiting: true,
    show: async (stage) => {
      await stage.chat();
      await stage.ana.identifies('nadie');
      await expect(stage.ana.identification.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'arrival',
    show: async (stage) => {
      // Not until the note about it is gone, which the picture is of; the stage may be over before that.
      void stage.other().catch(() => undefined);
      await expect(stage.ana.toast).toBeVisible();
    },
  },
];

/** What is not as it should be. */
export const TROUBLE: readonly State[] = [
  {
    name: 'loading',
    line: silent,
    show: async (stage) => {
      await stage.chat();
      await expect(stage.ana.page.getByTestId('skeleton').last()).toBeVisible();
    },
  },
  { name: 'loading-board', line: silent, layouts: ['phone', 'tablet'], show: ({ ana }) => skeleton(ana) },
  {
    name: 'offline',
    show: async (stage) => {
      await settled(stage);
      await stage.ana.losesTheNetwork();
      await stage.form();
      await stage.ana.types({ title: 'Compás', price: '12,50' });
      await stage.ana.field('Título').press('Enter');
      await expect(stage.ana.product('Compás')).toContainText('por crear');
      await stage.chat();
      await stage.ana.sends('Lo mando luego');
      await expect(stage.ana.centre).toContainText('esperando conexión');
      await stage.ana.page.getByTestId('waiting-list-button').click({ force: true });
    },
  },
  {
    name: 'refused',
    show: async (stage) => {
      await upToDate(stage);
      const beto = await stage.other();
      await stage.ana.losesTheNetwork();
      await stage.ana.typesStock('Tijeras', '-50');
      await stage.ana.givesReason();
      await beto.typesStock('Tijeras', '-49');
      await beto.givesReason();
      await expect(beto.product('Tijeras').locator('.pieces')).toHaveText('5');
      await stage.ana.getsTheNetworkBack();
      await expect(stage.ana.page.getByTestId('refused-command')).toBeVisible();
    },
  },
  {
    name: 'answer-lost',
    line: forgetful,
    show: async (stage) => {
      await upToDate(stage);
      await stage.ana.edits('Tijeras');
      await stage.ana.field('Precio', stage.ana.editor).fill('5,25');
      await stage.ana.losesTheNetwork();
      await stage.ana.saves();
      await expect(stage.ana.editor).toBeHidden();
      await stage.ana.getsTheNetworkBack();
      await expect(stage.ana.page.getByTestId('refused-command')).toContainText('la respuesta se perdió');
    },
  },
  {
    name: 'refused-message',
    line: refusing,
    show: async (stage) => {
      await stage.chat();
      await stage.ana.sends('Esto no se acepta');
      await expect(stage.ana.centre.getByRole('button', { name: 'Descartar' })).toBeVisible();
    },
  },
  {
    name: 'full',
    line: full,
    show: async (stage) => {
      await stage.chat();
      await stage.ana.sends('¿Cabe esto todavía?');
      await expect(stage.ana.page.getByTestId('storage-full')).toBeVisible();
    },
  },
  {
    name: 'session-ended',
    show: async ({ ana }) => {
      await ana.isUpToDate();
      const other = await ana.context.newPage();
      await other.goto(ana.page.url());
      await other.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
      await other.close();
      await expect(ana.page.getByTestId('session-ended')).toBeVisible();
    },
  },
  {
    name: 'new-version',
    line: newer(NEXT),
    show: async (stage) => {
      await upToDate(stage);
      await stage.chat();
      await stage.ana.sends('Hola');
      await expect(stage.ana.page.getByTestId('new-version')).toBeVisible();
    },
  },
];

async function skeleton(ana: Stage['ana']): Promise<void> {
  await expect(ana.page.getByTestId('skeleton').first()).toBeVisible();
}
