import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, stamp } from './fingerprint.ts';
import { run } from './program.ts';

/** One side of the application: what it is built from, how, and into which folder. Paths are below `root`. */
export interface Side {
  readonly name: string;
  readonly root: string;
  /** Files and folders that decide what the result is. */
  readonly sources: readonly string[];
  /** A JavaScript program, its arguments, and where it runs. */
  readonly program: readonly string[];
  readonly folder: string;
  /** Emptied before a build, with the stamp: a build that fails leaves none. */
  readonly output: string;
}

export class BuildFailed extends Error {}

/**
 * Builds the sides that are missing or whose sources have changed; all at once, because on two cores that takes as long
 * as the longer one. Says so in one line, which grows; says nothing when there is nothing to do.
 * @throws BuildFailed with everything that the compilers of the failed sides printed
 */
export async function bringUpToDate(sides: readonly Side[], say: (text: string) => void): Promise<void> {
  const stale = sides.filter((side) => !isUpToDate(side));
  if (stale.length === 0) return;
  say(`Building ${stale.map(({ name }) => name).join(' and ')} …`);
  const complaints = await Promise.all(stale.map((side) => build(side, say)));
  say('\n');
  const failed = complaints.filter((complaint) => complaint !== undefined);
  if (failed.length > 0) throw new BuildFailed(failed.join('\n'));
}

/**
 * Both ends of a build: what it was made from and how, and what came out of it. With the latter, whatever else writes into
 * the output (a compiler that watches, a build by hand that stopped half-way) is noticed too.
 */
const fingerprintOf = (side: Side, sources = fingerprint(side.root, side.sources)) =>
  [JSON.stringify(side.program), sources, fingerprint(side.root, [side.output])].join('\n');

const stampOf = (side: Side) => join(side.root, side.output, stamp);

function isUpToDate(side: Side): boolean {
  return existsSync(stampOf(side)) && readFileSync(stampOf(side), 'utf8') === fingerprintOf(side);
}

/** The complaint of a build that failed. */
async function build(side: Side, say: (text: string) => void): Promise<string | undefined> {
  // Before the build, so that what is saved meanwhile is built next time.
  const sources = fingerprint(side.root, side.sources);
  rmSync(join(side.root, side.output), { recursive: true, force: true });
  const begin = performance.now();
  const { code, output } = await run(process.execPath, side.program, join(side.root, side.folder));
  if (code !== 0) {
    say(` ${side.name} failed.`);
    return `${side.name}: ${side.program.join(' ')} ended with ${code}\n${output}`;
  }
  writeFileSync(stampOf(side), fingerprintOf(side, sources));
  say(` ${side.name} ${((performance.now() - begin) / 1_000).toFixed(1)} s.`);
  return undefined;
}
