import { Subject } from 'rxjs';

/** What became of each mail with a code: the mail server has taken it, or not. For the metrics. */
export const mails = new Subject<'sent' | 'failed'>();
