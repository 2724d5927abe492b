import { expect } from '@playwright/test';
import { NOW } from './morning.ts';
import type { Stage, State } from './stage.ts';

/** ms. Longer than a look at something else. */
const LUNCH_MS = 3_600_000;

/** Beto works while Ana is at lunch; then she looks at her page again. */
async function comesBack(stage: Stage): Promise<void> {
  const { ana } = stage;
  const beto = await stage.other();
  await ana.looksAway();
  await beto.typesInto('Escuadra', 'price', '99,90');
  await beto.typesStock('Globo terráqueo', '-3');
  await beto.givesReason();
  await beto.adds({ title: 'Compás', price: '12,50' });
  await beto.removes('Tijeras');
  await beto.sends('@ana llama al colegio, por favor');
  await beto.sends('Salgo a comer');
  await beto.isUpToDate();
  await ana.page.clock.setSystemTime(Date.parse(NOW) + LUNCH_MS);
  await ana.looksBack();
  await expect(ana.page.getByTestId('since-visit')).toBeVisible();
}

async function catchesUp(stage: Stage): Promise<void> {
  await comesBack(stage);
  await stage.ana.page.getByTestId('since-visit').getByRole('button', { name: 'Ver' }).click();
  await stage.ana.page.getByRole('button', { name: 'Pasos de Globo terráqueo' }).click();
  await expect(stage.ana.page.getByTestId('steps')).toContainText('−3');
}

async function searches({ ana }: Stage, query: string): Promise<void> {
  await ana.page.getByTestId('search-all').click();
  await ana.page.getByTestId('search-input').fill(query);
}

/** What there is to see of the past. */
export const PAST: readonly State[] = [
  { name: 'since-visit', show: comesBack },
  { name: 'catch-up', show: catchesUp },
  {
    name: 'board-then',
    show: async (stage) => {
      await catchesUp(stage);
      await stage.ana.page.getByRole('button', { name: 'El tablero de entonces' }).click();
      await expect(stage.ana.page.getByTestId('board-then')).toContainText('ya no está');
    },
  },
  { name: 'search', show: ({ ana }) => ana.page.getByTestId('search-all').click() },
  {
    name: 'search-found',
    show: async (stage) => {
      await searches(stage, 'papel');
      await expect(stage.ana.page.getByTestId('hit').first()).toBeVisible();
    },
  },
  {
    name: 'search-completes',
    show: async (stage) => {
      await searches(stage, 'sobre:');
      await expect(stage.ana.page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'search-wrong',
    show: async (stage) => {
      await searches(stage, 'antes:ayer');
      await expect(stage.ana.page.locator('#search-problem')).toBeVisible();
    },
  },
];
