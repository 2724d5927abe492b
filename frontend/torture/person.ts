import type { Reference } from 'backend/contract';
import { randomUUID } from 'node:crypto';
import { MemoryBoard } from '../src/app/realtime/board-storage';
import type { Command } from '../src/app/realtime/command';
import { MemoryStorage } from '../src/app/realtime/outbox-storage';
import { Page } from './page';
import type { Random } from './random';
import { TabLock } from '../src/app/testing/tab-lock';
import type { Actor } from './scenario';

/** A command that somebody submitted. */
export interface Submitted {
  readonly id: string;
  readonly by: string;
  readonly name: Command['name'];
}

/** The commands that were submitted, and the record number that the server acknowledged for each. */
export class Ledger {
  readonly submitted: Submitted[] = [];
  readonly acknowledged = new Map<string, number>();
  /** Commands that were acknowledged with two different numbers. */
  readonly conflicting: string[] = [];
  /** Connections that a page closed because no heartbeat came any more. */
  heartbeatTimeouts = 0;

  acknowledge(id: string, n: number): void {
    const before = this.acknowledged.get(id);
    if (before !== undefined && before !== n) this.conflicting.push(`${id} is ${before} and ${n}`);
    this.acknowledged.set(id, n);
  }
}

/** A user with one browser and one or two tabs, who writes messages and adds, changes, counts, removes and restores products. */
export class Person implements Actor {
  /** All pages; the open ones are the last. */
  readonly pages: Page[] = [];
  private readonly storage = new MemoryStorage();
  private readonly board = new MemoryBoard();
  private readonly lock = new TabLock();
  private online = true;

  constructor(
    private readonly options: {
      readonly url: string;
      readonly email: string;
      readonly cookie: string;
      readonly tabs: number;
      /** Whether the browser has locks. */
      readonly locks: boolean;
      readonly random: Random;
      readonly ledger: Ledger;
    },
  ) {
    for (let tab = 0; tab < options.tabs; tab++) this.open();
  }

  /** The open pages. */
  get tabs(): readonly Page[] {
    return this.pages.slice(-this.options.tabs);
  }

  act(): void {
    const { random, email, ledger } = this.options;
    const page = random.of(this.tabs);
    const command = page && this.command(page);
    if (!page || !command) return;
    const { name, payload } = command;
    ledger.submitted.push({ id: payload.id, by: email, name });
    void page.outbox.submit(name, payload, email);
  }

  reload(): void {
    const { random, tabs } = this.options;
    const which = this.pages.length - tabs + random.between(0, tabs - 1);
    const [page] = this.pages.splice(which, 1);
    page?.close();
    if (page) this.pages.unshift(page);
    this.open();
  }

  setOnline(online: boolean): void {
    this.online = online;
    for (const page of this.tabs) page.setOnline(online);
  }

  deliverReliably(): void {
    for (const page of this.tabs) page.deliverReliably();
  }

  close(): void {
    for (const page of this.tabs) page.close();
  }

  private open(): void {
    const { url, email, cookie, locks, ledger, random } = this.options;
    const acknowledged = (id: string, n: number): void => ledger.acknowledge(id, n);
    const heartbeatTimedOut = (): void => {
      ledger.heartbeatTimeouts++;
    };
    const browser = {
      email,
      cookie,
      storage: this.storage,
      board: this.board,
      acknowledged,
      heartbeatTimedOut,
      random: random.fork(),
    };
    const page = new Page(url, { ...browser, ...(locks && { tab: this.lock }) });
    if (!this.online) page.setOnline(false);
    this.pages.push(page);
  }

  /** A random command that the page would offer now. */
  private command(page: Page): Command | undefined {
    const { state } = page;
    const { random, email } = this.options;
    const id = randomUUID();
    const product = random.of([...state.products.values()]);
    const own = random.of(state.messages.filter(({ by, deletedAt }) => by === email && !deletedAt));
    const dice = random.between(1, 100);
    if (dice <= 55 || (!product && dice > 65)) return { name: 'chat:send', payload: { id, text: this.text(page, id) } };
    if (dice <= 65) {
      // Of so many codes some are taken already, and refused.
      const code = random.percent(70) ? `C${random.between(1, 200)}` : '';
      return { name: 'product:add', payload: { id, title: `P ${id}`, price: 1, code, stock: 20 } };
    }
    if (!product) return undefined;
    const ofProduct = { id, product: product.id, refers: referenceTo(product) };
    if (dice <= 82) {
      const delta = random.between(1, 9) * (random.percent(60) ? -1 : 1);
      return { name: 'stock:move', payload: { ...ofProduct, delta } };
    }
    if (dice <= 90) {
      const fields = random.percent(50) ? { price: random.between(1, 99) } : { title: `T ${id}` };
      return { name: 'product:change', payload: { ...ofProduct, base: product.n, fields } };
    }
    const [gone, removal] = random.of([...state.removals]) ?? [];
    if (dice <= 92 && gone && removal && random.percent(50)) {
      return { name: 'product:restore', payload: { id, product: gone, refers: removal } };
    }
    if (dice <= 92) return { name: 'product:remove', payload: { ...ofProduct, base: product.n } };
    const others = random.of(state.messages.filter(({ by, deletedAt }) => by !== email && !deletedAt));
    const message = dice <= 93 ? (others ?? own) : own;
    if (!message) return undefined;
    const ofMessage = { id, message: message.n, refers: referenceTo(message) };
    if (message === others) return { name: 'chat:agree', payload: ofMessage };
    if (dice <= 97) return { name: 'chat:edit', payload: { ...ofMessage, text: `edited ${this.text(page, id)}` } };
    return { name: 'chat:delete', payload: ofMessage };
  }

  /** A text that is nobody else's: some move stock with it, some are only about products. */
  private text({ state }: Page, id: string): string {
    const { random } = this.options;
    const text = `${id} ñ } 🐟`;
    const codes = [...state.products.values()].flatMap(({ code }) => (code ? [code] : []));
    const code = random.of(codes);
    if (code === undefined || random.percent(60)) return text;
    if (random.percent(40)) return `${text} y la #${code}, y #NADA`;
    const lines = Array.from({ length: random.between(1, 3) }, () => stockLine(random.of(codes) ?? code, random));
    return [...lines, text].join('\n');
  }
}

/** A line that moves pieces of a product with that code. */
function stockLine(code: string, random: Random): string {
  return `#${code} ${random.of(['-', '+', '=']) ?? '-'}${random.between(1, 9)} motivo`;
}

function referenceTo({ n, command }: Reference): Reference {
  return { n, command };
}
