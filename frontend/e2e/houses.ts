import type { BrowserContext } from '@playwright/test';
import { TestIdentityProvider } from '../../backend/test/identity-provider.ts';
import { Mailbox } from '../../backend/test/mailbox.ts';
import { ZONE } from './morning.ts';
import { ProvenServer } from './proven.ts';
import { Server } from './server.ts';

/** `User-Agent` of two browsers. */
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

/** A server, and how one identifies there. */
export interface House {
  readonly server: Server;
  /** Makes the browser that of a member. */
  readonly signIn: (context: BrowserContext, name: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** Where codes come by mail. */
export interface MailHouse extends House {
  readonly mailbox: Mailbox;
}

/** E-mails are believed. */
export async function openHouse(past: string): Promise<House> {
  const server = new Server(past, ZONE);
  await server.start();
  const signIn = (context: BrowserContext, name: string) =>
    context.request.post(new URL('api/session', server.url).href, { data: { email: `${name}@acme.com` } });
  return { server, signIn, close: () => server.dispose() };
}

/** E-mails are proven by a code. Root, Ana, Beto and Lee are signed in, Ana on two devices. */
export async function mailHouse(past: string): Promise<MailHouse> {
  const mailbox = await Mailbox.open();
  const ana = { name: 'ana', device: WINDOWS };
  const signIns = { root: { name: 'root' }, ana, beto: { name: 'beto' }, lee: { name: 'lee' } };
  const phone = { "ana's phone": { ...ana, device: IPHONE } };
  const proven = await ProvenServer.start({ ...signIns, ...phone }, past, ZONE, { SMTP_URL: mailbox.url });
  return {
    server: proven.server,
    mailbox,
    signIn: (context, name) => proven.signIn(context, name),
    close: async () => {
      await proven.server.dispose();
      await mailbox.close();
    },
  };
}

/** The company says who somebody is, and lets nobody of another one in. */
export async function companyHouse(past: string): Promise<House> {
  const provider = await TestIdentityProvider.open();
  provider.account = { email: 'eve@other.example', email_verified: true };
  const server = new Server(past, ZONE, { ...provider.settings, MEMBERS: '*@acme.com' });
  await server.start();
  provider.serve(server.url);
  return {
    server,
    signIn: () => Promise.reject(new Error('Nobody is signed in there.')),
    close: async () => {
      await server.dispose();
      await provider.close();
    },
  };
}
