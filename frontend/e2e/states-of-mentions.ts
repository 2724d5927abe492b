import { expect } from '@playwright/test';
import type { Stage, State } from './stage.ts';

async function writes(stage: Stage, text: string): Promise<void> {
  await stage.ana.isUpToDate();
  await stage.chat();
  await stage.ana.composer.fill(text);
}

/** Products in the conversation. */
export const MENTIONS: readonly State[] = [
  {
    name: 'cards',
    show: async (stage) => {
      const beto = await stage.other();
      await beto.sends('#CAL -3 rotura\n#LAP-12 +24 llegó el pedido');
      await beto.sends('¿Alguien vio la #TIJ? La #GLO sigue en el escaparate, junto a la #MOC y el #PAP-80.');
      await beto.typesInto('Globo terráqueo', 'price', '299,90');
      await beto.typesInto('Calculadora', 'price', '329,90');
      await beto.removes('Tijeras');
      await stage.chat();
      await expect(stage.ana.rows.last()).toContainText('Retirado');
      await expect(stage.ana.rows.last()).toContainText('299,90');
    },
  },
  {
    name: 'stock-preview',
    show: async (stage) => {
      await writes(stage, '#CAL -3 rotura\n#LAP-12 +24 llegó el pedido');
      await expect(stage.ana.centre.getByTestId('stock-preview')).toContainText('15 → 12');
    },
  },
  {
    name: 'stock-short',
    show: async (stage) => {
      await writes(stage, '#CAL -18 venta');
      await expect(stage.ana.centre.getByTestId('stock-preview')).toHaveText('Calculadora: quedan 15');
    },
  },
  {
    name: 'product-completion',
    show: async (stage) => {
      await writes(stage, '');
      await stage.ana.composer.pressSequentially('Quedan pocas #');
      await expect(stage.ana.centre.getByTestId('completions').getByRole('option').first()).toBeVisible();
    },
  },
];
