import type { Proxy } from './proxy';
import type { Random } from './random';
import type { ServerChild } from './server-child';

/** A simulated user of a page: ours, or that of the tutorial. */
export interface Actor {
  /** Submits a random command. */
  act(): void;
  /** Reloads the page: what is only in its memory is lost. */
  reload(): void;
  /** Disconnects this machine from the network, or connects it again. */
  setOnline(online: boolean): void;
  close(): void;
}

/** The parts of a run in which faults are injected. */
export interface Scenario {
  readonly random: Random;
  readonly proxy: Proxy;
  readonly server: ServerChild;
  readonly actors: readonly Actor[];
  /** Whether the server process can simulate a wrong clock and a full disk. */
  readonly canInjectFaults: boolean;
  /** Whether pages are reloaded: the tutorial's page stores nothing that survives a reload. */
  readonly reloads: boolean;
  /** How often each fault was injected, by its name. */
  readonly counts: Map<string, number>;
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export function count(scenario: Scenario, what: string): void {
  scenario.counts.set(what, (scenario.counts.get(what) ?? 0) + 1);
}
