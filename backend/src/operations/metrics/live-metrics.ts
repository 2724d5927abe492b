import { Counter, type Registry } from 'prom-client';
import { Subscription } from 'rxjs';
import { COMMANDS } from '../../contract/index.js';
import { type Journal, syncTimes } from '../../journal/index.js';
import { answered, broadcasts, evictions, joins } from '../../realtime/measured.js';
import { mails } from '../../session/code/measured.js';
import type { EventLoopDelay } from '../event-loop-delay.js';
import { histogram } from './histograms.js';

/** Counts what happens while it happens, until the subscription is ended. */
export function countWhatHappens(registry: Registry, journal: Journal, eventLoop: EventLoopDelay): Subscription {
  const all = new Subscription();
  for (const each of [
    countRequests(registry),
    measureJournal(registry, journal),
    measureBroadcasts(registry),
    countConnections(registry),
    countMails(registry),
    measureEventLoop(registry, eventLoop),
  ])
    all.add(each);
  return all;
}

function countRequests(registry: Registry): Subscription {
  const count = new Counter({
    name: 'lonja_commands_total',
    help: 'Requests of clients over the socket, by name (unknown: not of the contract) and result: OK, or the code of the refusal.',
    labelNames: ['command', 'result'],
    registers: [registry],
  });
  // From the start: `increase` and `rate` do not see a counter that begins with one.
  for (const command of Object.keys(COMMANDS)) {
    for (const result of ['OK', 'STORAGE_FULL', 'INTERNAL']) count.inc({ command, result }, 0);
  }
  const duration = histogram(
    registry,
    'lonja_command_duration_seconds',
    'From the arrival of a command that changes something to its acknowledgement.',
  );
  return answered.subscribe(({ request, result, ms }) => {
    count.inc({ command: request, result });
    if (request in COMMANDS) duration.observe(ms / 1_000);
  });
}

function measureJournal(registry: Registry, journal: Journal): Subscription {
  const sizes = histogram(registry, 'lonja_journal_batch_records', 'Records that were stored together.');
  const syncs = histogram(registry, 'lonja_journal_sync_seconds', 'How long the disk took to confirm a write.');
  const subscription = journal.committed.subscribe((records) => sizes.observe(records.length));
  subscription.add(syncTimes.subscribe((ms) => syncs.observe(ms / 1_000)));
  return subscription;
}

function measureBroadcasts(registry: Registry): Subscription {
  const labels = ['event'] as const;
  const sizes = histogram(registry, 'lonja_broadcast_packet_bytes', 'Size of a packet that goes to many.', labels);
  const help = 'How long it took to write a packet to all whom it is for, on the main thread.';
  const times = histogram(registry, 'lonja_broadcast_fan_out_seconds', help, labels);
  return broadcasts.subscribe(({ event, bytes, ms }) => {
    sizes.observe({ event }, bytes);
    times.observe({ event }, ms / 1_000);
  });
}

function countConnections(registry: Registry): Subscription {
  const joinHelp =
    'Answers to those who join the feed: a snapshot, what was missed since (resumed), or a page of that.';
  const joined = counter(registry, 'lonja_feed_joins_total', joinHelp, {
    label: 'mode',
    values: ['snapshot', 'resumed', 'page'],
  });
  const evictionHelp = 'Connections that the server closed though the client wanted to keep them.';
  const evicted = counter(registry, 'lonja_evictions_total', evictionHelp, {
    label: 'reason',
    values: ['slow-reader', 'too-many-requests', 'too-many-connections'],
  });
  const subscription = joins.subscribe((mode) => joined.inc({ mode }));
  subscription.add(evictions.subscribe((reason) => evicted.inc({ reason })));
  return subscription;
}

function countMails(registry: Registry): Subscription {
  const help = 'Mails with a code: taken by the mail server (sent), or not (failed).';
  const count = counter(registry, 'lonja_mails_total', help, { label: 'result', values: ['sent', 'failed'] });
  return mails.subscribe((result) => count.inc({ result }));
}

function measureEventLoop(registry: Registry, eventLoop: EventLoopDelay): Subscription {
  const delays = histogram(
    registry,
    'lonja_event_loop_delay_seconds',
    'How long something that arrives waits until the server looks at it, looked at five times a second.',
  );
  return eventLoop.samples.subscribe((ms) => delays.observe(ms / 1_000));
}

/** A counter of what has one of a few values, each of them 0 from the start: `increase` and `rate` do not see one that begins with 1. */
function counter<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  { label, values }: { readonly label: Label; readonly values: readonly string[] },
): Counter<Label> {
  const made = new Counter({ name, help, labelNames: [label], registers: [registry] });
  for (const value of values) made.labels(value).inc(0);
  return made;
}
