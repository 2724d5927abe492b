import { expect, type BrowserContextOptions, type TestInfo } from '@playwright/test';
import { TabbedBrowser } from './background.ts';
import { violations } from './console.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';
import { test as base } from './servers.ts';

interface Options {
  /** The journal that the server finds when it starts, made by `journalOf`; empty for none. */
  readonly past: string;
}

interface Fixtures {
  readonly server: Server;
  /** Ana and Beto have identified on an earlier visit and are at the page, each in a browser of their own. */
  readonly ana: Person;
  readonly beto: Person;
  /** Carla is at the page and has not identified. */
  readonly carla: Person;
  /** Opens the page for somebody more, or at another device, identified on an earlier visit, in a browser of its own. */
  readonly comes: (name: string, options?: BrowserContextOptions) => Promise<Person>;
  /** A browser without pages, whose background tabs are hidden as in real use. */
  readonly tabbed: TabbedBrowser;
  /** After every test: nobody's page, whoever made it, has violated the content security policy. */
  readonly policy: undefined;
}

/** Every test has its own running server, with an empty data folder by default. */
export const test = base.extend<Fixtures & Options>({
  past: ['', { option: true }],
  policy: [
    async ({}, use) => {
      await use(undefined);
      expect(violations(), 'violations of the content security policy').toEqual([]);
    },
    { auto: true },
  ],
  server: async ({ past, timezoneId }, use) => {
    const server = new Server(past, timezoneId);
    await server.start();
    await use(server);
    await server.dispose();
  },
  baseURL: async ({ server }, use) => use(server.url),
  ana: async ({ browser, server }, use, info) => {
    const ana = await Person.returning(browser, server, 'ana');
    await use(ana);
    await closePerson(ana, info);
  },
  beto: async ({ browser, server }, use, info) => {
    const beto = await Person.returning(browser, server, 'beto');
    await use(beto);
    await closePerson(beto, info);
  },
  carla: async ({ browser, server }, use, info) => {
    const carla = await Person.visiting(browser, server, 'carla');
    await use(carla);
    await closePerson(carla, info);
  },
  comes: async ({ browser, server }, use, info) => {
    const people: Person[] = [];
    await use(async (name, options) => {
      const person = await Person.returning(browser, server, name, options);
      people.push(person);
      return person;
    });
    for (const person of people) await closePerson(person, info);
  },
  tabbed: async ({ launchOptions }, use) => {
    const tabbed = await TabbedBrowser.start(launchOptions);
    await use(tabbed);
    await tabbed.stop();
  },
});

/** After every test: no unexpected errors on the console, and no script that is not part of the page. */
async function closePerson(person: Person, info: TestInfo): Promise<void> {
  if (info.status !== info.expectedStatus) {
    await info.attach(person.name, { body: await person.page.screenshot(), contentType: 'image/png' });
  }
  await person.context.close();
  expect(person.console.unexpected, `${person.name}'s console`).toEqual([]);
}

export { expect };
