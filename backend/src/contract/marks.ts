/** How far somebody has read. */
export interface SetMark {
  /** The number of the newest message, or record, that was seen. */
  readonly n: number;
  /** Which mark: of the messages that were read, or of the visit, from which `catch-up` starts. Left out: messages. */
  readonly of?: MarkKind;
}

export type MarkKind = 'messages' | 'visit';

export interface Mark {
  /** Where the mark is now. */
  readonly n: number;
  /** As in `SetMark`. */
  readonly of?: MarkKind;
}
