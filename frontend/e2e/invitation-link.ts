import type { Browser } from '@playwright/test';
import type { House } from './houses.ts';

/** Root invites somebody: the link that lets them in. */
export async function invitationLink(browser: Browser | null, { server, signIn }: House): Promise<string> {
  const context = await browser!.newContext();
  await signIn(context, 'root');
  const made = await context.request.post(new URL('api/invitations', server.url).href, { data: {} });
  const { link } = (await made.json()) as { link: string };
  await context.close();
  return link;
}
