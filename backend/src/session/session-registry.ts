import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Config } from '../config.js';
import { LIMITS } from '../contract/index.js';
import { KeptFile } from './kept-file.js';

const FORMAT = 1;
/** How old the note of the last use may become before it is taken anew: not with each request. */
const SEEN_EVERY_MS = 60_000;

/** Sessions of all members together. */
const MAX_SESSIONS = 20_000;

/** One sign-in of one browser. */
export interface KeptSession {
  readonly email: string;
  /** The `User-Agent` of the browser, cut at `LIMITS.device`. */
  readonly device: string;
  /** ISO instants of the sign-in and of the last use, that to the minute. */
  readonly since: string;
  readonly seen: string;
}

interface Stored {
  readonly format: number;
  readonly sessions: Readonly<Record<string, KeptSession>>;
}

/**
 * The sessions that there are, in `sessions.json`, replaced whole and synced before anybody is answered: what was ended stays
 * ended, for copied cookies too, and over a restart. Without the file everybody identifies again.
 */
@Injectable()
export class SessionRegistry implements OnModuleInit {
  private readonly file: KeptFile<Stored>;
  private sessions = new Map<string, KeptSession>();

  constructor({ DATA_DIR }: Config) {
    this.file = new KeptFile<Stored>(DATA_DIR, {
      name: 'sessions.json',
      state: () => ({ format: FORMAT, sessions: Object.fromEntries(this.sessions) }),
      withoutIt: 'everybody identifies again',
    });
  }

  /** Throws `FatalError` (78) when the file is there and cannot be read. */
  async onModuleInit(): Promise<void> {
    const stored = await this.file.open(({ format, sessions }) =>
      format === FORMAT && sessions ? { format, sessions } : undefined,
    );
    if (stored) this.sessions = new Map(Object.entries(stored.sessions));
  }

  get(id: string): KeptSession | undefined {
    return this.sessions.get(id);
  }

  /** Those of one member, the last used first. */
  of(email: string): readonly (readonly [id: string, session: KeptSession])[] {
    const own = [...this.sessions].filter(([, session]) => session.email === email);
    return own.sort(([, a], [, b]) => (a.seen < b.seen ? 1 : -1));
  }

  /** The e-mail of each that was used since. */
  usedSince(since: Date): readonly string[] {
    return [...this.sessions.values()].filter(({ seen }) => seen >= since.toISOString()).map(({ email }) => email);
  }

  /** A new one; resolves with its id when it is on the disk. The member's longest unused ones make room for it. */
  async add(email: string, device: string, unusedSince: Date): Promise<string> {
    for (const [id, { seen }] of this.sessions) if (seen < unusedSince.toISOString()) this.sessions.delete(id);
    for (const [id] of this.of(email).slice(LIMITS.sessions - 1)) this.sessions.delete(id);
    // The oldest of all, where e-mails that nobody proves could fill the disk.
    for (const [id] of this.sessions) if (this.sessions.size >= MAX_SESSIONS) this.sessions.delete(id);
    const now = new Date().toISOString();
    const id = randomUUID();
    this.sessions.set(id, { email, device: device.slice(0, LIMITS.device), since: now, seen: now });
    await this.file.save();
    return id;
  }

  /** Notes that it was used. The next change writes that down: a crash costs a glance. */
  use(id: string): void {
    const session = this.sessions.get(id);
    if (!session || Date.now() - Date.parse(session.seen) < SEEN_EVERY_MS) return;
    this.sessions.set(id, { ...session, seen: new Date().toISOString() });
  }

  /** Resolves when their end is on the disk; from the call on nobody comes in with them. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.sessions.delete(id);
    await this.file.save();
  }
}
