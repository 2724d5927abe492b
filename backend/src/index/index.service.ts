import { Injectable } from '@nestjs/common';
import {
  type Data,
  parseSearch,
  type Payload,
  type ProductTimelinePage,
  type ProductTimelineRequest,
  type SearchPage,
  type SearchRequest,
} from '../contract/index.js';
import { isOutOfSpace } from '../errors/exit-codes.js';
import { Refusal } from '../errors/refusal.js';
import { Journal } from '../journal/index.js';
import { invalid } from '../validation/payload.pipe.js';
import { IndexFollower } from './index-follower.js';
import { IndexFailure } from './index-thread.js';
import type { Answered } from './sqlite/index-keeper.js';
import type { QueryName } from './sqlite/queries.js';

/** Answers from the index what the journal alone could answer only by reading all of it. */
@Injectable()
export class IndexService {
  constructor(
    private readonly journal: Journal,
    private readonly index: IndexFollower,
  ) {}

  /** @param member whose question it is; undefined for a visitor */
  async ask<Name extends QueryName>(name: Name, payload: Payload<Name>, member?: string): Promise<Data<Name>> {
    const { n, data } = await this.answered(name, payload, member);
    return { n, ...data } as Data<Name>;
  }

  async timeline(request: ProductTimelineRequest): Promise<ProductTimelinePage> {
    const { last } = this.journal;
    const { n, data } = await this.answered('product:timeline', request);
    if (data) return { n, ...data };
    // An index that is being built does not know yet.
    if (n < last && n < request.product && request.product <= last) return { n, entries: [], more: false };
    throw new Refusal('NOT_FOUND', 'There is no such product.');
  }

  /** Dates are meant in the time zone of the server where the request names none. */
  search(request: SearchRequest): Promise<SearchPage> {
    const { query, zone = Intl.DateTimeFormat().resolvedOptions().timeZone } = request;
    const { problems } = parseSearch(query, zone);
    if (problems.length > 0) throw invalid(problems.map(({ rule }) => ({ field: 'query', rule })));
    return this.ask('search', { ...request, zone });
  }

  private answered<Name extends QueryName>(
    name: Name,
    payload: Payload<Name>,
    member?: string,
  ): Promise<Answered<Name>> {
    return this.index.ask(this.journal.last, name, payload, member).catch((error: unknown) => refuse(error));
  }
}

/** Nothing else depends on the index: whoever asks it may try again, and everybody goes on working. */
function refuse(error: unknown): never {
  if (!(error instanceof IndexFailure)) throw error;
  if (isOutOfSpace(error)) throw new Refusal('STORAGE_FULL', 'The server has no space for its index.');
  throw new Refusal('SHUTTING_DOWN', 'The index of the server is not available. Try again in a moment.');
}
