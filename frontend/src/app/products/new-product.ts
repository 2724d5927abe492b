import {
  ApplicationRef,
  Component,
  Injector,
  afterNextRender,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
  ElementRef,
} from '@angular/core';
import { FormRoot, form } from '@angular/forms/signals';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { PageLayout } from '../ui/page-layout';
import type { FieldProblem } from '../ui/field-error';
import { RefusalNote, isTakenCode } from '../ui/refusal';
import { Drafts } from './drafts';
import { entrySchema } from './entry-schema';
import { MainFields } from './main-fields';
import { MoreFields } from './more-fields';
import { pictureOf } from './picture/form-picture';
import { PictureDrop } from './picture/picture-drop';
import { EMPTY_ENTRY, draftOf, type ProductEntry } from './product-entry';
import { ProductChanges } from './product-changes';
import { CODE_TAKEN, TakenCodes } from './taken-codes';

/** «Ingreso de productos» (B3). What was typed is only cleared when the server has stored it, or when it is queued to be sent. */
@Component({
  selector: 'app-new-product',
  imports: [FormRoot, Icon, MainFields, MatButtonModule, MoreFields, PictureDrop, RefusalNote, TranslocoDirective],
  templateUrl: './new-product.html',
  styleUrl: './new-product.scss',
})
export class NewProduct {
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);
  private readonly drafts = inject(Drafts);
  private readonly changes = inject(ProductChanges);
  private readonly codes = inject(TakenCodes);
  private readonly member = inject(Member).email;
  protected readonly layout = inject(PageLayout).kind;

  readonly identified = input.required<boolean>();
  readonly online = input(true);
  /** A visitor wanted to create something: the page asks who it is. */
  readonly identifyNeeded = output();
  /** The id of the product that the server has stored. */
  readonly created = output<number>();

  private readonly beginning = viewChild<string, ElementRef<HTMLElement>>('opener', { read: ElementRef });

  /** What was typed before a reload, by this member. */
  private readonly typed = linkedSignal<string | null, ProductEntry>({
    source: this.member,
    computation: (_member, before) => {
      // A visitor who identifies goes on with what was typed; whoever comes after a member does not see it.
      const typed = before?.source === null ? before.value : EMPTY_ENTRY;
      return typed === EMPTY_ENTRY ? (this.drafts.get('new')?.entry ?? EMPTY_ENTRY) : typed;
    },
  });
  /** On a phone it is opened by a button. */
  protected readonly unfolded = signal(false);
  protected readonly open = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  /** A code that the server refused, because another product has it. */
  private readonly refusedCode = signal<string | undefined>(undefined);
  protected readonly asked = signal(false);
  /** Whether what was created last waits for the server. */
  protected readonly queued = signal(false);
  protected readonly entry = form(
    this.typed,
    entrySchema(this.transloco.activeLang, (code) => this.codeProblem(code)),
    {
      submission: { action: () => this.create(), onInvalid: () => this.showFirstError() },
    },
  );

  protected readonly picture = pictureOf(
    () => 'new',
    (link) => this.entry.thumbnail().value.set(link),
  );

  constructor() {
    effect(() => {
      const entry = this.typed();
      if (entry === EMPTY_ENTRY || Object.values(entry).every((text) => text === '')) this.drafts.delete('new');
      else this.drafts.put('new', { entry });
      this.drafts.forgetVisitor();
    });
  }

  /** Begins a new product. */
  begin(): void {
    this.unfolded.set(true);
    // Drawn at once: what is typed next is the title.
    this.application.tick();
    this.entry.title().focusBoundControl();
  }

  /** Somebody has pasted, dropped or chosen a picture, or taken one. */
  protected takePicture(file: File): void {
    this.picture.upload().take(file);
    if (!this.identified()) this.identifyNeeded.emit();
  }

  protected fold(): void {
    this.unfolded.set(false);
    // What had the focus was in the form.
    afterNextRender(() => document.activeElement === document.body && this.beginning()?.nativeElement.focus(), {
      injector: this.injector,
    });
  }

  private async create(): Promise<void> {
    this.refused.set(null);
    this.queued.set(false);
    this.asked.set(!this.identified());
    if (this.asked()) this.identifyNeeded.emit();
    else if (await this.picture.settled()) await this.add();
  }

  private async add(): Promise<void> {
    const typed = this.typed();
    const answer = await this.changes.create(draftOf(typed, this.transloco.activeLang()));
    if (answer === QUEUED) this.done(typed, 'form.queued');
    else if (answer.ok) {
      const { product } = answer.data;
      this.done(typed, 'form.created');
      this.created.emit(product.id);
    } else if (isTakenCode(answer.error)) {
      this.refusedCode.set(typed.code);
      afterNextRender(() => this.showFirstError(), { injector: this.injector });
    } else {
      this.refused.set(answer.error);
      if (answer.error.code === 'UNIDENTIFIED') this.identifyNeeded.emit();
    }
  }

  /** While it is being sent, the product that has its code may be itself. */
  private codeProblem(code: string): FieldProblem | null {
    if (this.entry().submitting()) return null;
    return this.refusedCode() === code ? CODE_TAKEN : this.codes.problem(code);
  }

  private done(typed: ProductEntry, how: 'form.created' | 'form.queued'): void {
    this.queued.set(how === 'form.queued');
    this.alerts.announce(this.transloco.translate(how, { title: typed.title.trim() }));
    // Who went on typing while the server stored it is at the next product.
    if (this.typed() !== typed) return;
    this.entry().reset(EMPTY_ENTRY);
    this.picture.upload().clear();
    this.fold();
    if (this.layout() !== 'phone') this.entry.title().focusBoundControl({ preventScroll: true });
  }

  private showFirstError(): void {
    for (const name of Object.keys(EMPTY_ENTRY) as (keyof ProductEntry)[]) this.entry[name]().markAsDirty();
    const first = this.entry().errorSummary()[0]?.fieldTree;
    if (!first) return;
    const { code, category, stock, lowStock, description } = this.entry;
    const folded = [code, category, stock, lowStock, description];
    if (folded.some((field) => field === first)) this.open.set(true);
    // A field that is still folded away does not take the focus.
    afterNextRender(() => first().focusBoundControl(), { injector: this.injector });
  }
}
