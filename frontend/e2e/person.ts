import {
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test';
import { CLOSING, Console } from './console.ts';
import type { Server } from './server.ts';

/** A product as somebody types it. */
export interface Typed {
  readonly title: string;
  readonly price: string;
  readonly picture?: string;
  readonly category?: string;
  readonly stock?: string;
}

/** A person with their own browser, in Spanish: what they see, and what they do. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly console: Console;
  private readonly server: Server;

  private constructor(name: string, page: Page, console: Console, server: Server) {
    this.name = name;
    this.page = page;
    this.context = page.context();
    this.console = console;
    this.server = server;
    // The browser reports choosers of files from a moment after somebody listens: nobody's first press must be faster.
    page.on('filechooser', () => undefined);
  }

  /** Opens the page, not identified. */
  static async visiting(browser: Browser, server: Server, name: string): Promise<Person> {
    const context = await browser.newContext();
    return Person.opening(name, await context.newPage(), new Console(context, server), server);
  }

  /** Opens the page, identified on an earlier visit. */
  static async returning(
    browser: Browser,
    server: Server,
    name: string,
    options?: BrowserContextOptions,
  ): Promise<Person> {
    return Person.at(await browser.newContext(options), server, name);
  }

  /** The same in that browser context. */
  static async at(context: BrowserContext, server: Server, name: string): Promise<Person> {
    const console = new Console(context, server);
    await context.request.post(new URL('api/session', server.url).href, { data: { email: `${name}@acme.com` } });
    const person = await Person.opening(name, await context.newPage(), console, server);
    // A phone has it in the tab of the account.
    await expect(person.welcome).toHaveText(/./);
    return person;
  }

  /** Opens the page in that browser context, without waiting for what is on it: identified, or with what its cookie says. */
  static async in(
    context: BrowserContext,
    server: Server,
    name: string | null,
    called = name ?? 'carla',
  ): Promise<Person> {
    const console = new Console(context, server);
    if (name !== null)
      await context.request.post(new URL('api/session', server.url).href, { data: { email: `${name}@acme.com` } });
    const person = new Person(called, await context.newPage(), console, server);
    await person.page.goto(server.url);
    await expect(person.status).toHaveText('Online');
    return person;
  }

  private static async opening(name: string, page: Page, console: Console, server: Server): Promise<Person> {
    const person = new Person(name, page, console, server);
    await page.goto(server.url);
    await person.isUpToDate();
    return person;
  }

  get email(): string {
    return `${this.name}@acme.com`;
  }

  /** Opens the page in another tab of the same browser. */
  async inAnotherTab(): Promise<Person> {
    return Person.opening(this.name, await this.context.newPage(), this.console, this.server);
  }

  // What there is to see.

  get status(): Locator {
    return this.page.getByTestId('server-status');
  }
  get welcome(): Locator {
    return this.page.getByTestId('welcome');
  }
  get identification(): Locator {
    return this.page.getByRole('dialog', { name: 'Identifícate' });
  }
  get form(): Locator {
    return this.page.getByTestId('product-form');
  }
  get table(): Locator {
    return this.page.getByTestId('product-table');
  }
  get products(): Locator {
    return this.page.getByTestId('product-row');
  }
  get noProducts(): Locator {
    return this.page.getByTestId('empty-products');
  }
  get centre(): Locator {
    return this.page.getByTestId('message-centre');
  }
  /** The lines of the conversation. */
  get messages(): Locator {
    return this.centre.getByTestId('message');
  }
  /** What can be pointed at, or walked to by keyboard: a message with what is about it. */
  get rows(): Locator {
    return this.centre.getByRole('article');
  }
  /** Only the texts of the messages. */
  get texts(): Locator {
    return this.centre.getByTestId('message-text');
  }
  get composer(): Locator {
    return this.page.getByTestId('message-input');
  }
  get sendButton(): Locator {
    return this.page.getByTestId('message-send');
  }
  /** The conversation and its input while they are inert: for mouse, keyboard and screen readers. */
  get blockedChat(): Locator {
    return this.page.locator('[inert]').filter({ has: this.composer });
  }
  /** The line «new», above what this person has not read. */
  get newLine(): Locator {
    return this.page.getByTestId('new-line');
  }
  get toast(): Locator {
    return this.page.locator('.swal2-toast .swal2-title');
  }
  /** The texts of all toasts, also of those that were not shown. */
  get announcements(): Locator {
    return this.page.getByTestId('announcements');
  }
  get editor(): Locator {
    return this.page.getByRole('dialog', { name: 'Editar producto' });
  }
  /** Asks for the reason of a move that was typed. */
  get stockQuestion(): Locator {
    return this.page.getByTestId('stock-question');
  }
  /** Asks whether something is really meant. */
  get confirmation(): Locator {
    return this.page.locator('.swal2-popup.swal2-modal');
  }
  /** Both values of a field that two people changed. */
  get conflict(): Locator {
    return this.page.getByTestId('conflict');
  }
  get undoOffer(): Locator {
    return this.page.getByTestId('undo');
  }

  cell(title: string, column: string): Locator {
    return this.product(title).locator(`[data-column="${column}"]`);
  }

  product(title: string): Locator {
    return this.products.filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** The messages with that text, pending or stored. */
  messagesWith(text: string): Locator {
    return this.centre.getByRole('log').locator('i').getByText(text, { exact: true });
  }

  row(text: string): Locator {
    return this.rows.filter({ has: this.page.getByTestId('message-text').getByText(text, { exact: true }) });
  }

  // Actions.

  /** Waits until the page has got everything that the server had. */
  async isUpToDate(): Promise<void> {
    await expect(this.status).toHaveText('Online');
    await expect(this.page.locator('mat-progress-bar, app-skeleton')).toHaveCount(0);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isUpToDate();
  }

  async identifies(email = this.email): Promise<void> {
    await this.identification.getByLabel('Ingrese su email').fill(email);
    await this.identification.getByRole('button', { name: 'Ingresar' }).click();
  }

  async leaves(): Promise<void> {
    this.console.expects(CLOSING);
    await this.opensAccount();
    await this.page.getByTestId('leave').click();
  }

  async sends(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Points at a message, and chooses from the bar that comes. */
  async acts(name: string, row = this.rows.last()): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name }).click();
  }

  /** Looks at another window, without touching this page. */
  async looksAway(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event('blur')));
  }

  async looksBack(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event('focus')));
  }

  async types(product: Typed): Promise<void> {
    await this.field('Título').fill(product.title);
    await this.field('Precio').fill(product.price);
    await this.field('Link de la imagen').fill(product.picture ?? '');
    if (product.category === undefined && product.stock === undefined) return;
    await this.form.getByRole('button', { name: 'Más datos' }).click();
    await this.field('Categoría').fill(product.category ?? '');
    await this.field('Stock').fill(product.stock ?? '');
  }

  /** Creates a product, and waits until the server has it. */
  async adds(product: Typed): Promise<void> {
    await this.types(product);
    await this.field('Título').press('Enter');
    // A phone folds the form away.
    await expect(this.form.getByLabel('Título')).toHaveValue('');
  }

  /** Opens the dialog with a product. */
  async edits(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Editar ${title}` }).click();
    await expect(this.editor).toBeVisible();
  }

  async saves(name: 'Guardar' | 'Guardar lo que está escrito' = 'Guardar'): Promise<void> {
    await this.editor.getByRole('button', { name, exact: true }).click();
  }

  async removes(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Eliminar ${title}` }).click();
    await this.confirmation.getByRole('button', { name: 'Eliminar' }).click();
  }

  /** Types into the stock of a product, and is asked for the reason. */
  async typesStock(title: string, typed: string): Promise<void> {
    await this.cell(title, 'stock').locator('.pieces').dblclick();
    await this.page.getByTestId('cell-editor').fill(typed);
    await this.page.getByTestId('cell-editor').press('Enter');
    await expect(this.stockQuestion).toBeVisible();
  }

  /** Answers why: the move is sent. */
  async givesReason(reason = 'venta'): Promise<void> {
    await this.stockQuestion.getByRole('button', { name: reason }).click();
    await expect(this.stockQuestion).toBeHidden();
  }

  /** Types into a cell of the table. */
  async typesInto(title: string, column: 'title' | 'price' | 'code' | 'category', text: string): Promise<void> {
    await this.cell(title, column).dblclick();
    await this.page.getByTestId('cell-editor').fill(text);
    await this.page.getByTestId('cell-editor').press('Enter');
  }

  /** Opens language, theme and the way out, which a phone has in a tab. */
  async opensAccount(): Promise<void> {
    const leads = this.page.getByTestId('account').or(this.page.getByTestId('tab-account'));
    if (!(await this.page.getByTestId('theme').isVisible())) await leads.click();
    await expect(this.page.getByTestId('theme')).toBeVisible();
  }

  /** Goes to a part of the page; only a phone shows one at a time. */
  async goesTo(part: 'products' | 'messages' | 'account'): Promise<void> {
    await this.page.getByTestId(`tab-${part}`).click();
  }

  async chooses(menu: 'language' | 'theme', value: string): Promise<void> {
    await this.opensAccount();
    await this.page.getByTestId(menu).locator(`[data-value="${value}"]`).click();
    await this.page.keyboard.press('Escape');
  }

  async losesTheNetwork(): Promise<void> {
    this.console.cutOff = true;
    await this.context.setOffline(true);
    await expect(this.status).toHaveText('Offline');
  }

  async getsTheNetworkBack(): Promise<void> {
    await this.context.setOffline(false);
    await expect(this.status).toHaveText('Online');
  }

  field(label: string, within = this.form): Locator {
    return within.getByRole('textbox', { name: label, exact: true });
  }
}
