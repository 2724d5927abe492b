import type { DiskRecorder, Recording } from './disk-recorder.js';
import { FaultyDisk } from './faulty-disk.js';
import { journalBytes } from './folders.js';
import type { Exchange, Sent } from './guarantees.js';
import { TestJournal } from './test-journal.js';

const SECTOR_BYTES = 512;
const clock = () => '2026-01-01T00:00:00.000Z';
const message = (id: string, length = 40): Sent => ({ id, text: id.padEnd(length, ' hola') });
const move = (id: string, delta: number): Sent => ({ id, delta });

type Recorder = DiskRecorder<Exchange>;

/** How a process syncs the journal. */
export interface SyncOptions {
  /** See `Disk`. */
  readonly syncInlineLimitMs: number;
}

/**
 * Everything that a journal does: it is created, stores commands alone and in batches, refuses one, finds no space, stops
 * with a checkpoint, is killed and starts again.
 */
export function recordFirstRun(recorder: Recorder, folder: string, options: SyncOptions): Promise<Recording<Exchange>> {
  const run = new Run(recorder, folder, options);
  return recorder.record(folder, async () => {
    await run.start();
    await run.send(message('a'));
    await run.send(message('b'), message('c', 1_500), message('d'));
    await run.send(move('e', 4), move('refused', -9), message('g'));
    await run.send(message('h', 4_000));
    await run.fillDisk(message('i'), message('j', 1_200));
    await run.send(message('i'), message('k'));
    await run.send(message('l', 700));
    await run.send(message('m', 300));
    await run.send(message('n'));
    await run.stop();
    await run.killBeforeSync(message('kept', 600), message('by the system'));
    await run.start();
    await run.send(message('by the system'));
    await run.send(message('o'));
    await run.send(message('p', 900), move('q', -2), message('r'), message('s', 2_000));
    await run.stop();
  });
}

/** A run after a power failure: a start, commands that were sent before, and new ones. */
export function recordNextRun(recorder: Recorder, folder: string, options: SyncOptions): Promise<Recording<Exchange>> {
  const run = new Run(recorder, folder, options);
  return recorder.record(folder, async () => {
    await run.start();
    await run.send(message('a'), message('c', 1_500));
    await run.send(message('t'));
    await run.send(message('u', 800), message('v'));
    await run.stop();
  });
}

/**
 * A run in which one line ends, with its line break, `place` bytes after the start of a sector, and the next line begins there:
 * later writes may be on the disk without the bytes before that place, and the other way round.
 */
export function recordAlignedRun(
  recorder: Recorder,
  folder: string,
  place: number,
  options: SyncOptions,
): Promise<Recording<Exchange>> {
  const run = new Run(recorder, folder, options);
  return recorder.record(folder, async () => {
    await run.start();
    const header = await run.size();
    await run.send(message('a', 600));
    const afterA = await run.size();
    // Each line is longer than its text by the same number of bytes.
    const shortest = afterA + (afterA - header);
    const more = (((place - shortest) % SECTOR_BYTES) + SECTOR_BYTES) % SECTOR_BYTES;
    await run.send(message('b', 600 + more), message('c'));
    await run.stop();
  });
}

/** Processes that run one after the other on a recorded folder, and the senders of their commands. */
class Run {
  private journal: TestJournal;

  constructor(
    private readonly recorder: Recorder,
    private readonly folder: string,
    private readonly options: SyncOptions,
  ) {}

  async start(options = this.options): Promise<void> {
    this.journal = await TestJournal.open(this.folder, { clock, ...options });
  }

  stop(): Promise<void> {
    return this.journal.stop();
  }

  /** Bytes of the journal. */
  async size(): Promise<number> {
    return (await journalBytes(this.folder)).length;
  }

  /** Sends at once; ends when each is answered. */
  async send(...all: readonly Sent[]): Promise<void> {
    const { halted, halts } = this.journal;
    await Promise.race([Promise.all(all.map((each) => this.sendOne(each))), halted]);
    if (halts[0]) throw halts[0];
  }

  private async sendOne(sent: Sent): Promise<void> {
    const { journal, recorder } = this;
    recorder.exchanged({ kind: 'sent', sent });
    try {
      const { n } = await ('text' in sent ? journal.post(sent.id, sent.text) : journal.move(sent.id, sent.delta));
      recorder.exchanged({ kind: 'acknowledged', id: sent.id, n });
    } catch {
      recorder.exchanged({ kind: 'refused', id: sent.id });
    }
  }

  /**
   * Sends while the disk has space for half of a batch: a refused command must not be found later. Writes on the main thread
   * are not intercepted here, and find space.
   */
  async fillDisk(...all: readonly Sent[]): Promise<void> {
    await this.withFaults(async (disk) => {
      disk.plan('write', 1, { kind: 'short' });
      await this.send(...all);
    });
  }

  /** Sends to a process that is killed after the write and before the sync: the next process reads the bytes from the page cache. */
  async killBeforeSync(...all: readonly Sent[]): Promise<void> {
    await this.withFaults(async (disk) => {
      await this.start({ ...this.options, syncInlineLimitMs: 0 });
      disk.plan('sync', 1, { kind: 'kill', written: (length) => length });
      await Promise.race([this.send(...all), disk.death]);
      await disk.restart();
    });
  }

  private async withFaults(live: (disk: FaultyDisk) => Promise<void>): Promise<void> {
    const disk = await FaultyDisk.install();
    try {
      await live(disk);
    } finally {
      disk.remove();
    }
  }
}
