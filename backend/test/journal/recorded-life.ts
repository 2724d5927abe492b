import type { DiskRecorder, Recording } from './disk-recorder.js';
import { FaultyDisk } from './faulty-disk.js';
import { journalBytes } from './folders.js';
import type { Said, Sent } from './promises.js';
import { TestJournal } from './test-journal.js';

const SECTOR_BYTES = 512;
const clock = () => '2026-01-01T00:00:00.000Z';
const message = (id: string, length = 40): Sent => ({ id, text: id.padEnd(length, ' hola') });
const move = (id: string, delta: number): Sent => ({ id, delta });

type Recorder = DiskRecorder<Said>;

/** How a process brings bytes to the disk. */
export interface Way {
  /** See `Disk`. */
  readonly syncInlineLimitMs: number;
}

/**
 * Everything that a journal does: it is made, stores commands alone and in batches, refuses one, finds no space, stops
 * with a checkpoint, is killed and starts again.
 */
export function firstLife(recorder: Recorder, folder: string, way: Way): Promise<Recording<Said>> {
  const life = new Life(recorder, folder, way);
  return recorder.record(folder, async () => {
    await life.start();
    await life.send(message('a'));
    await life.send(message('b'), message('c', 1_500), message('d'));
    await life.send(move('e', 4), move('refused', -9), message('g'));
    await life.send(message('h', 4_000));
    await life.fillDisk(message('i'), message('j', 1_200));
    await life.send(message('i'), message('k'));
    await life.send(message('l', 700));
    await life.send(message('m', 300));
    await life.send(message('n'));
    await life.stop();
    await life.dieBeforeSync(message('kept', 600), message('by the system'));
    await life.start();
    await life.send(message('by the system'));
    await life.send(message('o'));
    await life.send(message('p', 900), move('q', -2), message('r'), message('s', 2_000));
    await life.stop();
  });
}

/** What comes after a power failure: a start, commands that were sent before, and new ones. */
export function nextLife(recorder: Recorder, folder: string, way: Way): Promise<Recording<Said>> {
  const life = new Life(recorder, folder, way);
  return recorder.record(folder, async () => {
    await life.start();
    await life.send(message('a'), message('c', 1_500));
    await life.send(message('t'));
    await life.send(message('u', 800), message('v'));
    await life.stop();
  });
}

/**
 * A life of which one line ends, with its line break, so many bytes behind the beginning of a sector, and the next begins there:
 * what is written later may be on the disk without what is before that place, and the other way round.
 */
export function alignedLife(recorder: Recorder, folder: string, place: number, way: Way): Promise<Recording<Said>> {
  const life = new Life(recorder, folder, way);
  return recorder.record(folder, async () => {
    await life.start();
    const header = await life.size();
    await life.send(message('a', 600));
    const afterA = await life.size();
    // A line is as much longer than its text each time.
    const shortest = afterA + (afterA - header);
    const more = (((place - shortest) % SECTOR_BYTES) + SECTOR_BYTES) % SECTOR_BYTES;
    await life.send(message('b', 600 + more), message('c'));
    await life.stop();
  });
}

/** Processes that keep one journal after the other in a recorded folder, and those who send to them. */
class Life {
  private journal: TestJournal;

  constructor(
    private readonly recorder: Recorder,
    private readonly folder: string,
    private readonly way: Way,
  ) {}

  async start(way = this.way): Promise<void> {
    this.journal = await TestJournal.open(this.folder, { clock, ...way });
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
    recorder.say({ kind: 'sent', sent });
    try {
      const { n } = await ('text' in sent ? journal.post(sent.id, sent.text) : journal.move(sent.id, sent.delta));
      recorder.say({ kind: 'acknowledged', id: sent.id, n });
    } catch {
      recorder.say({ kind: 'refused', id: sent.id });
    }
  }

  /**
   * Sends while the disk has space for a half of it: for the first command, which must not be found when it was refused. Who
   * waits on the spot is not seen here, and finds space.
   */
  async fillDisk(...all: readonly Sent[]): Promise<void> {
    await this.withFaults(async (disk) => {
      disk.plan('write', 1, { kind: 'short' });
      await this.send(...all);
    });
  }

  /** Sends to a process that is killed when all is written and nothing synced: the next one reads it, but from memory. */
  async dieBeforeSync(...all: readonly Sent[]): Promise<void> {
    await this.withFaults(async (disk) => {
      await this.start({ ...this.way, syncInlineLimitMs: 0 });
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
