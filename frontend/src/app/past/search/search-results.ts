import { computed, effect, inject, linkedSignal, signal, untracked, type Signal } from '@angular/core';
import { LIMITS, parseSearch, type Refused, type SearchHit, type SearchPage, type SearchQuery } from 'backend/contract';
import { Connection } from '../../realtime/connection';
import { Asked } from '../asked';

/** Hits in one page. */
const PAGE = 20;
/** How long somebody does not type before it is looked for, in ms. */
const PAUSE_MS = 150;
/** In which the days of `antes:` and `desde:` begin. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is found for what is being typed, page by page, newest first. Made where one injects. */
export class SearchResults {
  private readonly connection = inject(Connection);
  private readonly page = new Asked('search');
  private readonly older = linkedSignal<SearchPage | undefined, readonly SearchPage[]>({
    source: this.page.answer,
    computation: () => [],
  });
  private readonly isLoadingOlder = signal(false);
  private readonly olderRefused = linkedSignal<SearchPage | undefined, Refused | undefined>({
    source: this.page.answer,
    computation: () => undefined,
  });
  /** What was asked for last; empty for nothing. */
  private readonly asked = signal('');
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly parsed = computed<SearchQuery>(() => parseSearch(this.query(), ZONE));
  private readonly wanted = computed(() =>
    isSearchable(this.parsed()) ? this.query().trim().slice(0, LIMITS.query) : '',
  );
  private readonly pages = computed(() => [...[this.page.answer() ?? []].flat(), ...this.older()]);
  readonly hits = computed<readonly SearchHit[]>(() => this.pages().flatMap(({ hits }) => hits));
  readonly more = computed(() => this.pages().at(-1)?.more ?? false);
  readonly indexed = this.page.indexed;
  readonly refused = computed(() => this.page.refused() ?? this.olderRefused());
  readonly loadingOlder = this.isLoadingOlder.asReadonly();
  /** Whether what is shown is not yet what is typed. */
  readonly pending = computed(() => this.wanted() !== this.asked() || this.page.loading());
  /** Whether there is an answer to what is typed. */
  readonly answered = computed(() => this.wanted() !== '' && !this.pending() && this.page.answer() !== undefined);

  constructor(private readonly query: Signal<string>) {
    effect((onCleanup) => {
      const [wanted, online] = [this.wanted(), this.connection.online()];
      untracked(() => {
        if (wanted === '') this.clear();
        else if (online) this.timer = setTimeout(() => this.now(), PAUSE_MS);
      });
      onCleanup(() => clearTimeout(this.timer));
    });
  }

  /** Without waiting until nothing more is typed. */
  now(): void {
    clearTimeout(this.timer);
    const query = this.wanted();
    if (query === '' || !this.connection.online()) return;
    this.asked.set(query);
    void this.page.ask({ query, zone: ZONE, limit: PAGE });
  }

  async loadOlder(): Promise<void> {
    const [first, last, query] = [this.page.answer(), this.hits().at(-1), this.asked()];
    if (!last || this.isLoadingOlder()) return;
    this.isLoadingOlder.set(true);
    const answer = await this.connection.request('search', { query, zone: ZONE, before: last.n, limit: PAGE });
    this.isLoadingOlder.set(false);
    if (first !== this.page.answer()) return;
    this.olderRefused.set(answer.ok ? undefined : answer.error);
    if (answer.ok) this.older.update((pages) => [...pages, answer.data]);
  }

  private clear(): void {
    this.asked.set('');
    this.page.clear();
  }
}

function isSearchable({ words, phrases, by, about, kinds, since, before, problems }: SearchQuery): boolean {
  if (problems.length > 0) return false;
  return [words, phrases, by, about, kinds].some(({ length }) => length > 0) || !!since || !!before;
}
