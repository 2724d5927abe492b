import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Audit } from '../../audit/audit.js';
import { Config } from '../../config.js';
import { LIMITS, type OpenInvitation } from '../../contract/index.js';
import { Refusal } from '../../errors/refusal.js';
import { MembersService } from '../../members/members.service.js';
import { KeptFile } from '../kept-file.js';

const FORMAT = 1;
const DAYS_MS = 24 * 60 * 60 * 1_000;
/** How long an invitation can be accepted. */
const VALID_MS = 7 * DAYS_MS;

/** An invitation as it is kept, by the hash of its token: whoever reads the file cannot accept it. */
interface KeptInvitation extends OpenInvitation {
  /** Whether its e-mail was of somebody removed when it was made: then it was meant to let that member come back. */
  readonly readmits?: boolean;
}

interface Stored {
  readonly format: number;
  readonly invitations: Readonly<Record<string, KeptInvitation>>;
}

/**
 * Invitations that nobody has accepted yet. Each lets one person in, once, as long as whoever made it is an admin. Somebody who was
 * removed comes back only with one that was made for that e-mail after the removal: not with a link that went around before.
 */
@Injectable()
export class Invitations implements OnModuleInit {
  private readonly file: KeptFile<Stored>;
  private kept = new Map<string, KeptInvitation>();

  constructor(
    { DATA_DIR }: Config,
    private readonly members: MembersService,
    private readonly audit: Audit,
  ) {
    this.file = new KeptFile<Stored>(DATA_DIR, {
      name: 'invitations.json',
      state: () => ({ format: FORMAT, invitations: Object.fromEntries(this.kept) }),
      withoutIt: 'invitations must be made anew',
    });
  }

  /** Throws `FatalError` (78) when the file is there and cannot be read. */
  async onModuleInit(): Promise<void> {
    const stored = await this.file.open(({ format, invitations }) =>
      format === FORMAT && invitations ? { format, invitations } : undefined,
    );
    if (stored) this.kept = new Map(Object.entries(stored.invitations));
    this.members.accessChanges.subscribe(({ member }) => void this.forget(member).catch(() => undefined));
  }

  /** The newest first. */
  get open(): readonly OpenInvitation[] {
    const open = [...this.kept.values()].filter((invitation) => this.isGood(invitation));
    return open.reverse().map(({ readmits: _readmits, ...shown }) => shown);
  }

  /** A new one, with its token: resolves when it is on the disk. */
  async make(by: string, email: string | undefined): Promise<OpenInvitation & { readonly token: string }> {
    for (const [hash, invitation] of this.kept) if (!this.isGood(invitation)) this.kept.delete(hash);
    if (this.kept.size >= LIMITS.invitations)
      throw new Refusal('RATE_LIMITED', 'Too many invitations are open. Withdraw some that nobody will accept.');
    const token = randomBytes(32).toString('base64url');
    const [made, expires] = [Date.now(), Date.now() + VALID_MS].map((ms) => new Date(ms).toISOString()) as [
      string,
      string,
    ];
    const invitation = { id: randomUUID(), by, made, expires, ...(email !== undefined && { email }) };
    const readmits = email !== undefined && this.members.isRemoved(email);
    this.kept.set(hashOf(token), { ...invitation, ...(readmits && { readmits }) });
    await this.file.save();
    this.audit.note({ event: 'invited', by, about: email, detail: invitation.id });
    return { ...invitation, token };
  }

  /** Resolves when nobody can accept it any more. */
  async withdraw(id: string, by: string): Promise<void> {
    const [hash] = [...this.kept].find(([, invitation]) => invitation.id === id) ?? [];
    if (hash === undefined) throw new Refusal('NOT_FOUND', 'There is no such invitation.');
    this.kept.delete(hash);
    await this.file.save();
    this.audit.note({ event: 'invitation-withdrawn', by, detail: id });
  }

  /** What stands for a token from here on. */
  hashOf(token: string | undefined): string | undefined {
    return token === undefined ? undefined : hashOf(token);
  }

  /** Whether that member may come in, anyway or with the invitation. */
  letIn(email: string, hash: string | undefined): boolean {
    return this.members.roleOf(email) !== undefined || this.admits(hash, email);
  }

  /** Whether the invitation lets that e-mail in now. */
  private admits(hash: string | undefined, email: string): boolean {
    const invitation = hash === undefined ? undefined : this.kept.get(hash);
    if (!invitation || !this.isGood(invitation)) return false;
    if (invitation.email !== undefined && invitation.email !== email) return false;
    return !this.members.isRemoved(email) || invitation.readmits === true;
  }

  /**
   * Makes a member of whoever has proven that e-mail, and uses the invitation up; does nothing when it does not
   * admit them, or they need none.
   */
  async accept(hash: string | undefined, email: string): Promise<void> {
    const invitation = hash === undefined ? undefined : this.kept.get(hash);
    if (hash === undefined || !invitation || !this.admits(hash, email)) return;
    if (this.members.roleOf(email)) return;
    // At once, and on the disk before anybody comes in by it: nobody else does.
    this.kept.delete(hash);
    await this.file.save();
    try {
      await this.members.admit(email, invitation.by);
    } catch (error) {
      this.kept.set(hash, invitation);
      await this.file.save();
      throw error;
    }
    this.audit.note({ event: 'invitation-accepted', by: email, about: invitation.by, detail: invitation.id });
  }

  /** Whatever was meant for somebody before that member was removed is over. */
  private async forget(email: string): Promise<void> {
    if (!this.members.isRemoved(email)) return;
    for (const [hash, invitation] of this.kept) if (invitation.email === email) this.kept.delete(hash);
    await this.file.save();
  }

  private isGood({ by, expires }: KeptInvitation): boolean {
    return Date.parse(expires) > Date.now() && this.members.isAdmin(by);
  }
}

/** 256 random bits need no slow hash. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
