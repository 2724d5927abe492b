import type { IndexKeeper } from './index-keeper.js';

/** What the server calls in the thread of the index. */
export type Method = {
  [Name in keyof IndexKeeper]: IndexKeeper[Name] extends (...all: never[]) => unknown ? Name : never;
}[keyof IndexKeeper];

/** To the thread. */
export interface Call {
  readonly id: number;
  readonly method: Method;
  readonly parameters: unknown[];
}

/** Why a call failed, as an error cannot say it across threads. */
export interface Failure {
  /** For the log: the system's code, or SQLite's words. */
  readonly code: string;
  readonly message: string;
  /** Whether the file is no whole database. */
  readonly damage: boolean;
}

/** From the thread: one for each call, in the same order. */
export type Reply =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: Failure };
