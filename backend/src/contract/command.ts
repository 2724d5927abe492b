/** A record that a command is about, named so that no other history's record of the same number is meant. */
export interface Reference {
  readonly n: number;
  /** The id of the command that made record `n`: `Message.command`, `Product.command`. */
  readonly command: string;
}

/** What every command carries. */
export interface CommandHead {
  /** A UUID made when the person acts. The same id, sent again, gets the same answer and makes no second record. */
  readonly id: string;
  /**
   * Keeps the order among commands that are in flight together. It names (by its id) the command that the same member sent
   * right before this one, over the same connection, and that is not answered yet. If that one is refused with
   * `STORAGE_FULL` or `RATE_LIMITED`, this one is too, with the same code, also when it could be stored, until the one
   * before has come again: so send what was refused again in its order. Nothing is held back by a command that was stored
   * or refused for good, and nothing without `after`. It is no part of what the command says, and may differ or be left
   * out when the command is sent again.
   */
  readonly after?: string;
  /**
   * Keeps the order when an answer was lost: the ids (32 at most) of commands that the same member submitted after this one. They are
   * those that are not answered either, and one that is known to be stored, if there is one. If any of them is stored, this one was
   * refused before, or never arrived; it would be stored after what was submitted after it, and is refused (`CONFLICT`, field
   * `precedes`, rule `notStored`), though it could be stored by now. Like `after` no part of what the command says; left out, it is
   * judged anew.
   */
  readonly precedes?: readonly string[];
  /**
   * The newest record that the sender had of the message or the product that this is about. When the server's history has
   * another record of that number, because it was restored from an older copy and went on, the command is refused with
   * `CONFLICT` and the field `refers`, rule `sameRecord`. Like `after` no part of what the command says.
   */
  readonly refers?: Reference;
}

/** A record's number and instant: the command is on the disk. */
export interface Stored {
  readonly n: number;
  /** ISO instant. */
  readonly at: string;
}
