import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { filter, Subject } from 'rxjs';
import { Config } from '../config.js';
import {
  type Access,
  LIMITS,
  type MemberInfo,
  type MemberRecord,
  type Role,
  type SetAccess,
  type SetProfile,
  type Stored,
} from '../contract/index.js';
import { Refusal, requireRoom } from '../errors/refusal.js';
import { type Body, type Command, commandOf, Journal, type Rule } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { AddressList } from './address-list.js';
import { KnownMembers } from './known-members.js';

/**
 * Who may do what. The configuration says it, and what admins have decided since goes before it; admins are the
 * configuration's alone. Every command is judged when it is decided, so in the order of the log: what comes after a removal is
 * refused, however long it was under way.
 */
@Injectable()
export class MembersService {
  private readonly records = new Subject<MemberRecord>();
  private readonly known = new KnownMembers((record) => this.records.next(record));
  private readonly admins: AddressList;
  private readonly readers: AddressList;
  private readonly members: AddressList;
  /** Who was let in, made a reader, or removed, once that is durable. */
  readonly accessChanges = this.records.pipe(filter((record) => record.type === 'member-access-set'));

  constructor(
    private readonly journal: Journal,
    private readonly config: Config,
    feed: Feed,
  ) {
    this.admins = new AddressList(config.ADMINS);
    this.readers = new AddressList(config.READERS);
    this.members = new AddressList(config.MEMBERS);
    journal.addView(this.known);
    journal.addRule((command) => this.judge(command));
    feed.include('members', () => this.known.all);
  }

  /** What somebody may do; undefined for somebody who may not come in. As of what is durable. */
  roleOf(email: string): Role | undefined {
    return this.roleIn(email, this.known.durable(email));
  }

  /** Throws `FORBIDDEN` for somebody who may only read. */
  requireWriter(email: string): void {
    requireWriter(this.roleOf(email));
  }

  isAdmin(email: string): boolean {
    return this.admins.include(email);
  }

  /** Everybody of whom an e-mail is known, from the settings or from records, whether or not they may come in. */
  get emails(): readonly string[] {
    const { ADMINS, MEMBERS, READERS } = this.config;
    const listed = [...ADMINS, ...MEMBERS, ...READERS].filter((item) => !item.startsWith('*'));
    return [...listed, ...(this.known.all ?? []).map(({ email }) => email)];
  }

  /** Whether an admin has removed somebody. */
  isRemoved(email: string): boolean {
    return this.known.durable(email)?.access === 'none';
  }

  /** Lets somebody in, makes a reader or a member of somebody, or removes somebody. */
  async setAccess(payload: SetAccess, by: string): Promise<Stored> {
    const command = commandOf('member:access', payload, by);
    return this.commit(command, () => {
      const { member, access } = payload;
      if (!this.isAdmin(by)) throw new Refusal('FORBIDDEN', 'Only admins decide who may come in.');
      if (this.isAdmin(member)) throw new Refusal('FORBIDDEN', 'Who is an admin, the configuration says.');
      this.requireRoomFor(member);
      if ((this.decidedRoleOf(member) ?? 'none') === access) throw new Refusal('CONFLICT', 'That is so already.');
      return command.intent;
    });
  }

  /** Somebody whom an admin has invited has come: is a member from now on, unless there is access already. */
  async admit(member: string, invitedBy: string): Promise<void> {
    if (this.roleOf(member)) return;
    await this.setAccess({ id: randomUUID(), member, access: 'member' }, invitedBy);
  }

  async setProfile(payload: SetProfile, by: string): Promise<Stored> {
    const command = commandOf('member:profile', payload, by);
    return this.commit(command, () => {
      this.requireRoomFor(by);
      return command.intent;
    });
  }

  /** For decisions: what was decided before in the same batch counts. */
  private decidedRoleOf(email: string): Role | undefined {
    return this.roleIn(email, this.known.get(email));
  }

  private roleIn(email: string, known: MemberInfo | undefined): Role | undefined {
    if (this.admins.include(email)) return 'admin';
    const access = known?.access ?? this.configured(email);
    return access === 'none' ? undefined : access;
  }

  private requireRoomFor(member: string): void {
    if (!this.known.get(member)) requireRoom('members', this.known.size, LIMITS.members);
  }

  private judge({ by, intent }: Parameters<Rule>[0]): void {
    const role = this.decidedRoleOf(by);
    if (!role) throw new Refusal('FORBIDDEN', 'You may not come in here any more.');
    if (intent.type !== 'member-profiled') requireWriter(role);
  }

  private configured(email: string): Access {
    if (this.readers.include(email)) return 'reader';
    return this.config.AUTH === 'open' || this.members.include(email) ? 'member' : 'none';
  }

  private async commit<R extends MemberRecord>(command: Command<R>, decide: () => Body<R>): Promise<Stored> {
    const { n, at } = await this.journal.commit(command, decide);
    return { n, at };
  }
}

function requireWriter(role: Role | undefined): void {
  if (role === 'reader') throw new Refusal('FORBIDDEN', 'You may read here, and not write.');
}
