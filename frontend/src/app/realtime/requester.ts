import type { Ack, Data, JournalRecord, Payload, Refused, RequestName } from 'backend/contract';

/** What the feed and the outbox need of a connection: implemented by the page's socket, by a Node client and by a fake. */
export interface Requester {
  /**
   * Sends one request. Never rejects: where no answer comes, because the connection is cut or the server takes too long, it
   * resolves to `UNANSWERED`.
   */
  request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>>;
}

/** The answer where none came. Nobody knows whether the server did the work. */
export const UNANSWERED: { readonly ok: false; readonly error: Refused } = {
  ok: false,
  error: { code: 'INTERNAL', message: 'The server did not answer.', retry: true },
};

/** One batch as the server sends it: contiguous and in order. */
export interface FeedPacket {
  readonly records: readonly JournalRecord[];
}
