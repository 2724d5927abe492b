import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUpToDate } from './build.ts';
import { provideChromium } from './browser.ts';
import { run } from './program.ts';
import { backend, frontend, root } from './sides.ts';
import { closingLine, judged, readTally, total, type Tally } from './tally.ts';

/**
 * `test.ts [runner …]`: runs every runner, or those named, one after the other, and closes with the sum of what they
 * counted themselves. Exits non-zero when anything failed, or when a runner ran nothing.
 */
const say = (text: string) => process.stdout.write(text);
const packages = join(root, 'node_modules');
const reports = mkdtempSync(join(tmpdir(), 'lonja-tests-'));

// Jest runs ES modules by a part of Node that is still marked as experimental, and says so once for each worker.
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(packages, 'jest/bin/jest.js')];

/** Each takes the file to report to, and ends with its exit code. */
const runners: Record<string, (report: string) => Promise<number>> = {
  backend: (report) => program([...jest, '--ci', '--json', `--outputFile=${report}`], 'backend'),
  frontend: (report) => program([...jest, '--ci', '--json', `--outputFile=${report}`], 'frontend'),
  tools: (report) => program([...jest, '--ci', '--json', `--outputFile=${report}`], '.tools'),
  // A short storm. `npm run torture` has the long ones.
  torture: async (report) => {
    await bringUpToDate([backend], say);
    return program(['--import', 'tsx', 'torture/run.ts', '--short', `--report=${report}`], 'frontend');
  },
  e2e: async (report) => {
    await bringUpToDate([backend, frontend], say);
    const CHROMIUM_PATH = await provideChromium(root, say);
    const playwright = [join(packages, '@playwright/test/cli.js'), 'test', '--reporter=list,json'];
    return program(playwright, 'frontend', { CHROMIUM_PATH, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  },
};

async function program(args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const options = { env: { ...process.env, ...env }, show: true };
  return (await run(process.execPath, args, join(root, folder), options)).code;
}

async function tallied(name: string): Promise<Tally> {
  say(`\n── ${name} ──\n`);
  const report = join(reports, `${name}.json`);
  try {
    const code = (await runners[name]?.(report)) ?? 1;
    const counted = readTally(report);
    const tally = judged(counted, code);
    if (tally.failed > counted.failed) say(`${name} ended with ${code} and named no failed test.\n`);
    return tally;
  } catch (error) {
    // A build or a browser that is not to be had: reported as this runner's failure, so that the others still run.
    say(`${error instanceof Error ? error.message : String(error)}\n`);
    return judged(readTally(report), 1);
  }
}

const named = process.argv.slice(2);
const tallies: Tally[] = [];
for (const name of named.length > 0 ? named : Object.keys(runners)) tallies.push(await tallied(name));
rmSync(reports, { recursive: true });
const all = total(tallies);
say(`\n${closingLine(all)}\n`);
process.exitCode = all.failed > 0 ? 1 : 0;
