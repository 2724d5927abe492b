import { Service, inject } from '@angular/core';
import { Subject } from 'rxjs';
import type { JournalRecord } from 'backend/contract';
import { Connection } from '../realtime/connection';

/** What comes live, for those who begin to look while the page is in use. Made before the connection starts. */
@Service()
export class LiveRecords {
  private readonly subject = new Subject<readonly JournalRecord[]>();
  /** Each batch of the feed. A snapshot is none: whoever asked the server asks again when the connection is back. */
  readonly batches = this.subject.asObservable();

  constructor() {
    inject(Connection).listen((change) => {
      if (change.kind === 'records') this.subject.next(change.records);
    });
  }
}
