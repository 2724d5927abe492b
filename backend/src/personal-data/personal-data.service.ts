import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Config } from '../config.js';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { Journal } from '../journal/index.js';
import { Rates } from '../rates/rates.js';
import { memberExport } from './member-export.js';

/** Records that are read at once: others get their turn in between. */
const STEP_RECORDS = 500;

/** Who asks for the own data, and from where. */
export interface Asking {
  readonly email: string;
  readonly network?: string | undefined;
  readonly device?: string | undefined;
}

/** What a member may have of the own data: all of it. */
@Injectable()
export class PersonalDataService {
  /** Members whose data are on their way: it reads the whole journal, so one at a time for each. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly journal: Journal,
    private readonly rates: Rates,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  /** The text of the document, in pieces. Rejects with `RATE_LIMITED`. */
  async export(asking: Asking): Promise<AsyncIterable<string>> {
    const { email, network, device } = asking;
    await this.rates.take('export', { email, network });
    if (this.busy.has(email)) throw new Refusal('RATE_LIMITED', 'Your data are on their way already.');
    this.audit.note({ event: 'exported', by: email, network, device });
    return this.pieces(email);
  }

  private async *pieces(email: string): AsyncGenerator<string> {
    this.busy.add(email);
    try {
      const { id: journal, last: n } = this.journal;
      const source = { folder: this.config.DATA_DIR, journal, n, records: this.records(n) };
      for await (const line of memberExport(email, source, new Date().toISOString())) yield `${line}\n`;
    } finally {
      this.busy.delete(email);
    }
  }

  private async *records(last: number): AsyncGenerator<readonly JournalRecord[]> {
    for (let from = 1; from <= last; from += STEP_RECORDS) {
      yield await this.journal.read(from, Math.min(last, from + STEP_RECORDS - 1));
    }
  }
}
