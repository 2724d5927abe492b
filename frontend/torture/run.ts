/**
 * `npm run torture [-- --seed n --minutes n --people n --against tutorial --image lonja --short]`: the real server and the page's own
 * feed and outbox in a storm, and whether acknowledged = stored = what every client shows. Ends with 1 when not. The
 * seed repeats the decisions; their effect depends on the timing of the machine, so it may take several runs to reproduce a
 * failure.
 *
 * With `--image` the server is a container of that image, which docker starts and kills: without the faults of clock and disk.
 *
 * `npm run torture -- --kills n`: instead of the storm, the backend's own test of a server that is killed under load, n times.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { halfOpen } from './half-open';
import { tortureOurs } from './ours';
import { print, report, type Score } from './scorecard';
import { tortureTutorial } from './tutorial';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    people: { type: 'string', default: '8' },
    against: { type: 'string', default: 'ours' },
    kills: { type: 'string' },
    image: { type: 'string' },
    short: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});

if (values.kills !== undefined) {
  const test = ['test', '--workspace', 'backend', '--', 'main-kills'];
  const options = { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, KILLS: values.kills } };
  process.exit(spawnSync('npm', test, { ...options, stdio: 'inherit' }).status ?? 1);
}

/** The short storm is part of every build, which must fail because of a change and not by chance. */
const SHORT_SEED = 7;
const seed = Number(values.seed ?? (values.short ? SHORT_SEED : Math.floor(Math.random() * 2 ** 31)));
const seconds = values.short ? 10 : Number(values.minutes) * 60;
const options = {
  seed,
  seconds,
  people: values.short ? 4 : Number(values.people),
  timed: !values.short,
  image: values.image,
};

async function ours(): Promise<Score[]> {
  const { scores, notes } = await tortureOurs(options);
  print(`Lonja, ${seconds} s, seed ${seed}`, scores);
  for (const note of notes) console.log(`    ${note}`);
  return scores;
}

/** Losses are expected: without any, the storm would prove nothing. */
async function tutorial(): Promise<Score[]> {
  const { found, notes } = await tortureTutorial({ ...options, seconds: Math.min(seconds, 20) });
  const losses = [{ what: 'losses found in the algorithm of the tutorial', figure: `${found}`, ok: found > 0 }];
  print(`The "exactly once" of the socket.io tutorial, same storm, seed ${seed}`, losses);
  for (const note of notes) console.log(`    ${note}`);
  return losses;
}

/** The half-open connection only waits, so it runs at the same time as the storm. */
async function halfOpenConnection(): Promise<Score[]> {
  const scores = await halfOpen(options.timed);
  print('A half-open connection', scores);
  return scores;
}

const runs: Promise<Score[]>[] = [];
if (values.against === 'ours') runs.push(ours(), halfOpenConnection());
if (values.against === 'tutorial' || values.short) runs.push(tutorial());
const scores = (await Promise.all(runs)).flat();
if (values.report) report(values.report, scores);
process.exit(scores.every(({ ok }) => ok) ? 0 : 1);
