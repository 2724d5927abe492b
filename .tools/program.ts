import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface Ended {
  /** As a shell gives it: 128 + the signal's number when a signal ended it. */
  readonly code: number;
  /** What it printed; empty when it printed to our own terminal. */
  readonly output: string;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program to its end. Nothing that we started outlives us: a signal that we get meanwhile is passed on, and takes
 * its effect on us when the program has ended.
 */
export function run(
  command: string,
  args: readonly string[],
  folder: string,
  { show = false, env = process.env }: { readonly show?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', ...output(show)] });
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  let received: NodeJS.Signals | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    received = signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  return new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code, signal) => resolve({ code: code ?? codeOf(signal), output: printed }));
  }).finally(() => {
    for (const signal of signals) process.off(signal, passOn);
    if (received) process.kill(process.pid, received);
  });
}

const output = (show: boolean) => (show ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const));
const codeOf = (signal: NodeJS.Signals | null) => 128 + (signal ? constants.signals[signal] : 0);
