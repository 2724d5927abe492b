/** Where the journal is unless the words say so, and where answers and complaints go. */
export interface Surroundings {
  readonly folder: string;
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
  /** ms; the machine's clock unless a test sets it. */
  readonly now?: () => number;
}

/** What the words say besides the command. */
export interface Options {
  readonly lines: number;
  readonly remove: boolean;
  /** The e-mail of a member, in lower case, NFC. */
  readonly member: string;
  /** The path of a file to write. */
  readonly to?: string | undefined;
  readonly yes: boolean;
}

/** Does what the owner asks for; returns the exit code. */
export type Command = (surroundings: Surroundings, options: Options) => Promise<number>;
