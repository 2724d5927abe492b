import {
  type CatchUp,
  type CatchUpRequest,
  LIMITS,
  localPartOf,
  type Message,
  type PlaceInTime,
  type Product,
} from '../../contract/index.js';
import { firstWithin } from '../../realtime/page-size.js';
import type { Database } from './database.js';
import { messageAt } from './message-rows.js';
import { placeInTime } from './moments.js';
import { productAt } from './product-states.js';
import type { OpenedIndex } from './opened-index.js';
import { endOf } from './schema.js';

/** Bytes of one of the five lists: a slow line must not wait for long ones. */
const LIST_BYTES = LIMITS.pageBytes / 2;
/** What of a product is no difference by itself. */
const STAMP: readonly (keyof Product)[] = ['id', 'n', 'command', 'by', 'at'];

/** What one moment differs from another by. */
export function catchUp(
  { database, n: newest, members }: OpenedIndex,
  request: CatchUpRequest,
  member: string | undefined,
): Omit<CatchUp, 'n'> {
  const from = placeInTime(database, newest, request.from);
  const to = placeInTime(database, newest, request.to);
  const { added, removed, changed } = differences(database, from, to);
  const said = saidBetween(database, from, to, { id: members.find(member), names: namesOf(member) });
  return {
    from,
    to,
    added: listed(added),
    removed: listed(removed),
    changed: listed(changed),
    mentions: listed(messagesOf(database, said.mentions)),
    messages: listed(messagesOf(database, said.messages)),
    totals: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      mentions: said.mentions.length,
      messages: said.total - said.mentions.length,
    },
  };
}

/** Net, those that were changed last first. */
function differences(database: Database, from: PlaceInTime, to: PlaceInTime) {
  const added: Product[] = [];
  const removed: Product[] = [];
  const changed: { readonly then: Product; readonly now: Product }[] = [];
  const touched = 'select id from product where newest > ? order by newest desc';
  for (const { id } of database.all<{ id: number }>(touched, endOf(Math.min(from.n, to.n)))) {
    const [then, now] = [productAt(database, id, from.n), productAt(database, id, to.n)];
    if (!then && now) added.push(now);
    else if (then && !now) removed.push(then);
    else if (then && now && isDifferent(then, now)) changed.push({ then, now });
  }
  return { added, removed, changed };
}

/** Without a low-stock threshold is the same as with 0. */
function isDifferent(then: Product, now: Product): boolean {
  const fields = new Set([...Object.keys(then), ...Object.keys(now)] as (keyof Product)[]);
  return [...fields].some((field) => !STAMP.includes(field) && (then[field] ?? 0) !== (now[field] ?? 0));
}

/** Who asks, and by which names others call them. */
interface Asker {
  readonly id: number;
  readonly names: readonly string[];
}

/** The numbers of the messages of others that are not deleted, newest first, and how many there are. */
function saidBetween(database: Database, from: PlaceInTime, to: PlaceInTime, { id, names }: Asker) {
  const bounds = [from.n, to.n, id];
  const isNaming = 'name in (select value from json_each(?))';
  const mentions = database.all<{ n: number }>(
    `select distinct message as n from mention
     where ${isNaming} and message > ? and message <= ? and author <> ? order by message desc`,
    ...[JSON.stringify(names), ...bounds],
  );
  const isBetween = 'not gone and n > ? and n <= ? and author <> ?';
  const messages = database.all<{ n: number }>(
    `select n from message indexed by message_there where ${isBetween}
     and not exists (select 1 from mention where ${isNaming} and message = n) order by n desc limit ?`,
    ...[...bounds, JSON.stringify(names), LIMITS.catchUpList],
  );
  const counted = database.all<{ total: number }>(
    `select count(*) as total from message indexed by message_there where ${isBetween}`,
    ...bounds,
  );
  return { mentions, messages, total: counted[0]?.total ?? 0 };
}

function namesOf(member: string | undefined): readonly string[] {
  return member === undefined ? [] : [member, localPartOf(member)];
}

function* messagesOf(database: Database, numbers: readonly { readonly n: number }[]): Generator<Message> {
  for (const { n } of numbers) {
    const message = messageAt(database, n);
    if (message) yield message;
  }
}

function listed<Thing extends object>(things: Iterable<Thing>): Thing[] {
  return firstWithin(LIST_BYTES, things).slice(0, LIMITS.catchUpList);
}
