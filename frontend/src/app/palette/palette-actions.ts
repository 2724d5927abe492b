import { Service, computed, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { WriteAccess } from '../members/write-access';
import { PageView } from '../page-view';
import { PastOpener } from '../past/past-opener';
import { BoardView } from '../products/board-view';
import { ShownExport } from '../products/csv/shown-export';
import { GridOptions } from '../products/grid-options';
import { HIDEABLE, type Column } from '../products/grid/columns';
import { StockTaps } from '../products/stock-taps';
import { UndoStack } from '../products/undo-stack';
import { Member } from '../realtime/member';
import { AccountOpener, type AccountPart } from '../session/account/account-opener';
import type { Shortcut } from '../shortcuts';
import { LANGUAGES, LANGUAGE_NAMES, Language } from '../ui/language';
import { SingleKeys } from '../ui/single-keys';
import { THEMES, Theme } from '../ui/theme';

/** Something that can be done from the palette, as the page says it. */
export interface PaletteAction {
  readonly text: string;
  /** The keys that do the same. */
  readonly keys?: string;
  /** What the page does itself, or how it is done. */
  readonly does: PageAction | (() => void);
}

/** What only the page can do. */
export type PageAction = Shortcut | 'enter' | 'leave';

const ACCOUNT: readonly AccountPart[] = ['profile', 'sessions', 'members', 'audit'];
const ADMINS_ONLY: readonly AccountPart[] = ['members', 'audit'];

/** Everything that the palette offers to do: a line each. */
@Service()
export class PaletteActions {
  private readonly access = inject(WriteAccess);
  private readonly board = inject(BoardView);
  private readonly language = inject(Language);
  private readonly export = inject(ShownExport);
  private readonly member = inject(Member).email;
  private readonly opener = inject(AccountOpener);
  private readonly options = inject(GridOptions);
  private readonly past = inject(PastOpener);
  private readonly singleKeys = inject(SingleKeys);
  private readonly taps = inject(StockTaps);
  private readonly theme = inject(Theme);
  private readonly transloco = inject(TranslocoService);
  private readonly undo = inject(UndoStack);
  private readonly view = inject(PageView);

  readonly all = computed<readonly PaletteAction[]>(() => {
    this.language.active();
    const writes = this.access.granted();
    const t = (key: string, values?: object) => this.transloco.translate(key, values);
    return [
      ...(writes
        ? [
            { text: t('palette.newProduct'), keys: 'n', does: 'new-product' as const },
            { text: t('palette.message'), keys: 'c', does: 'message' as const },
          ]
        : []),
      { text: t('palette.search'), keys: '/', does: 'search' },
      { text: t('past.search'), keys: 'f', does: 'search-all' },
      { text: t('past.open'), does: () => this.past.show('catch-up') },
      ...(writes ? [{ text: t('palette.undo'), keys: 'Ctrl Z', does: () => this.revert() }] : []),
      { text: t('csv.export'), does: () => void this.export.run() },
      { text: t('palette.widen'), does: () => this.board.widen() },
      { text: t('palette.conversation'), does: () => this.view.showChat(!this.view.chatShown()) },
      ...HIDEABLE.map((column) => ({
        text: t(this.options.hidden().has(column) ? 'palette.showColumn' : 'palette.hideColumn', {
          name: t(`product.${column}`),
        }),
        does: () => this.toggle(column),
      })),
      { text: t('palette.rows'), does: () => this.options.choose(!this.options.comfortable()) },
      ...THEMES.map((theme) => ({
        text: `${t('app.theme')}: ${t(`app.themes.${theme}`)}`,
        does: () => this.theme.choose(theme),
      })),
      ...LANGUAGES.map((code) => ({
        text: `${t('app.language')}: ${LANGUAGE_NAMES[code]}`,
        does: () => this.language.choose(code),
      })),
      { text: t('shortcuts.heading'), keys: '?', does: 'help' },
      {
        text: t(this.singleKeys.on() ? 'palette.keysOff' : 'palette.keysOn'),
        does: () => this.singleKeys.turn(!this.singleKeys.on()),
      },
      ...(this.member() === null ? [] : this.account()),
      this.member() === null ? { text: t('session.join'), does: 'enter' } : { text: t('session.leave'), does: 'leave' },
    ];
  });

  private account(): readonly PaletteAction[] {
    const parts = this.access.isAdmin() ? ACCOUNT : ACCOUNT.filter((part) => !ADMINS_ONLY.includes(part));
    const shown = parts.map((part) => ({
      text: this.transloco.translate(`account.${part}`),
      does: () => this.opener.show(part),
    }));
    if (!this.access.isAdmin()) return shown;
    return [...shown, { text: this.transloco.translate('account.admin'), does: () => this.view.showAdmin() }];
  }

  private revert(): void {
    this.taps.flush();
    this.undo.undo();
  }

  private toggle(column: Column): void {
    const hidden = new Set(this.options.hidden());
    if (!hidden.delete(column)) hidden.add(column);
    this.options.hide(hidden);
  }
}
