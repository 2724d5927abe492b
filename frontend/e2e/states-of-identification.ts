import { expect } from '@playwright/test';
import { companyHouse, mailHouse } from './houses.ts';
import { invitationLink } from './invitation-link.ts';
import type { Stage, State } from './stage.ts';

/** Before one is in there is nothing but the question, which a tablet has as a wide page. */
const gate = { house: mailHouse, visiting: true, layouts: ['wide', 'phone'] } as const;
const company = { ...gate, house: companyHouse } as const;

const code = ({ ana }: Stage) => ana.identification.getByLabel('Código de 8 cifras');

async function asksForCode(stage: Stage): Promise<void> {
  await stage.ana.identification.getByLabel('Ingrese su email').fill(stage.ana.email);
  await stage.ana.identification.getByRole('button', { name: 'Enviar código' }).click();
  await expect(code(stage)).toBeVisible();
}

/** Types a code that is none until the page says so in these words. */
async function guesses(stage: Stage, answered: string): Promise<void> {
  const complaint = stage.ana.identification.getByRole('alert');
  await expect(async () => {
    await code(stage).fill('00000000');
    const response = stage.ana.page.waitForResponse('**/api/session');
    await code(stage).press('Enter');
    await response;
    await expect(complaint).toContainText(answered, { timeout: 1_000 });
  }).toPass();
}

/** How one shows who one is, where that is not believed. */
export const IDENTIFICATION: readonly State[] = [
  { name: 'code-email', ...gate, show: ({ ana }) => expect(ana.identification).toBeVisible() },
  { name: 'code-sent', ...gate, show: asksForCode },
  {
    name: 'code-wrong',
    ...gate,
    show: async (stage) => {
      await asksForCode(stage);
      await guesses(stage, 'Ese no es el código');
    },
  },
  {
    name: 'code-too-often',
    ...gate,
    show: async (stage) => {
      await asksForCode(stage);
      await guesses(stage, 'Demasiados intentos');
    },
  },
  {
    name: 'invitation-followed',
    ...gate,
    show: async ({ ana, house }) => {
      const link = await invitationLink(ana.context.browser(), house);
      await ana.page.goto('about:blank');
      await ana.page.goto(link);
      await expect(ana.identification).toContainText('Tiene una invitación');
    },
  },
  { name: 'company', ...company, show: ({ ana }) => expect(ana.identification).toBeVisible() },
  {
    name: 'company-refused',
    ...company,
    show: async ({ ana }) => {
      await ana.identification.getByRole('button', { name: 'Entrar con su empresa' }).click();
      await expect(ana.identification.getByRole('alert')).toContainText('pida una invitación');
    },
  },
];
