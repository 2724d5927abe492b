import type { Proxy } from './proxy';
import type { Random } from './random';
import type { ServerChild } from './server-child';

/** Somebody in front of a page: ours, or that of the tutorial. */
export interface Actor {
  /** Does something that changes things. */
  act(): void;
  /** Reloads the page: what is in its memory only is gone. */
  reload(): void;
  /** Pulls the plug of this machine, or puts it in again. */
  plug(online: boolean): void;
  close(): void;
}

/** A play to be disturbed. */
export interface Scene {
  readonly random: Random;
  readonly proxy: Proxy;
  readonly server: ServerChild;
  readonly actors: readonly Actor[];
  /** Whether the server program can be told to lie about clock and disk. */
  readonly mischievous: boolean;
  /** Whether a reload may be part of the play: the tutorial's page has nothing that could survive one. */
  readonly reloads: boolean;
  /** What happened, how often. */
  readonly happened: Map<string, number>;
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export function count(scene: Scene, what: string): void {
  scene.happened.set(what, (scene.happened.get(what) ?? 0) + 1);
}
