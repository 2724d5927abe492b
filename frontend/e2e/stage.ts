import { expect, type Browser, type BrowserContext, type BrowserContextOptions } from '@playwright/test';
import { PHONE } from './devices.ts';
import { openHouse, type House } from './houses.ts';
import { NOW, ZONE } from './morning.ts';
import { journalOf, type PastRecord } from './past.ts';
import { Person } from './person.ts';
import type { Server } from './server.ts';

/** px; the three layouts of the page, each where it is usual. */
export const LAYOUTS = {
  wide: { viewport: { width: 1_440, height: 900 } },
  tablet: { viewport: { width: 900, height: 1_200 } },
  phone: PHONE,
} as const satisfies Record<string, BrowserContextOptions>;
export type LayoutName = keyof typeof LAYOUTS;

/** A state of the page, and how it comes about. */
export interface State {
  readonly name: string;
  /** What the server has when it starts; otherwise the morning of a shop. */
  readonly past?: readonly PastRecord[];
  /** Where the page comes from; otherwise a server that believes e-mails. */
  readonly house?: (past: string) => Promise<House>;
  /** Who looks at it; otherwise Ana, whatever the field of the stage is called. */
  readonly as?: string;
  /** Whether nobody has identified. */
  readonly visiting?: boolean;
  /** Whether it has a menu, which belongs to no region of the page. */
  readonly floats?: boolean;
  /** Where there is such a state; otherwise everywhere. */
  readonly layouts?: readonly LayoutName[];
  /** Stands between the page and its server. */
  readonly line?: (context: BrowserContext) => Promise<unknown>;
  readonly show?: (stage: Stage) => Promise<unknown>;
}

interface Scene {
  readonly layout: LayoutName;
  /** What the server has where the state does not say it. */
  readonly past: readonly PastRecord[];
}

/** Ana at her page in one layout, with a server of her own, and whoever else a state needs. */
export class Stage {
  readonly layout: LayoutName;
  readonly ana: Person;
  readonly house: House;
  private readonly browser: Browser;
  private beto: Person | undefined;

  private constructor(browser: Browser, house: House, ana: Person, layout: LayoutName) {
    this.browser = browser;
    this.house = house;
    this.ana = ana;
    this.layout = layout;
  }

  static async open(browser: Browser, state: State, { layout, past }: Scene): Promise<Stage> {
    const house = await (state.house ?? openHouse)(journalOf(state.past ?? past));
    const shared: BrowserContextOptions = { locale: 'es-ES', timezoneId: ZONE, reducedMotion: 'reduce' };
    const context = await browser.newContext({ ...shared, ...LAYOUTS[layout], serviceWorkers: 'block' });
    // Not fixed: what waits for some ms to pass by the clock would wait for ever.
    await context.clock.setSystemTime(NOW);
    await state.line?.(context);
    const { as = 'ana', visiting = false } = state;
    if (!visiting) await house.signIn(context, as);
    const ana = await Person.in(context, house.server, null, as);
    const stage = new Stage(browser, house, ana, layout);
    await state.show?.(stage);
    return stage;
  }

  async close(): Promise<void> {
    await this.ana.context.close();
    await this.beto?.context.close();
    await this.house.close();
  }

  get server(): Server {
    return this.house.server;
  }

  /** Beto comes; the note about that is gone when this resolves. */
  async other(): Promise<Person> {
    this.beto ??= await this.arrives('beto');
    await expect(this.ana.toast).toHaveCount(0);
    return this.beto;
  }

  /** Somebody in a browser of their own, signed in. */
  private async arrives(name: string): Promise<Person> {
    const context = await this.browser.newContext({ locale: 'es-ES', serviceWorkers: 'block' });
    await this.house.signIn(context, name);
    const person = await Person.in(context, this.server, null, name);
    await person.isUpToDate();
    return person;
  }

  /** Shows the conversation, which only a wide page always does. */
  async chat(): Promise<void> {
    if (this.layout === 'phone') await this.ana.goesTo('messages');
    else if (this.layout === 'tablet') await this.ana.page.getByTestId('toggle-chat').click();
    await expect(this.ana.centre).toBeVisible();
  }

  /** Shows the form of a new product, which a phone has behind a button. */
  async form(): Promise<void> {
    if (this.layout === 'phone') await this.ana.page.getByTestId('new-product').click();
  }
}
