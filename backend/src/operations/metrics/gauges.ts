import { Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { Journal } from '../../journal/index.js';
import { OpenSockets } from '../../realtime/open-sockets.js';
import { Presence } from '../../realtime/presence.js';
import { ConditionGauges } from './condition-gauges.js';

/** What is asked at the moment of the scrape, and costs nothing between two. */
@Injectable()
export class Gauges {
  constructor(
    private readonly journal: Journal,
    private readonly presence: Presence,
    private readonly sockets: OpenSockets,
    private readonly condition: ConditionGauges,
  ) {}

  register(registry: Registry): void {
    const { journal, presence, sockets } = this;
    const gauge = (name: string, help: string, read: () => number): void => {
      const collect = function (this: Gauge): void {
        this.set(read());
      };
      new Gauge({ name, help, collect, registers: [registry] });
    };
    gauge('lonja_journal_bytes', 'Size of the journal.', () => journal.condition.bytes);
    gauge('lonja_journal_last_record', 'Number of the newest durable record.', () => journal.last);
    gauge('lonja_members', 'Members who are online; one person in five tabs is one.', () => presence.counts.members);
    gauge('lonja_visitors', 'Connections of visitors.', () => presence.counts.visitors);
    gauge('lonja_sockets', 'Connections that are open.', () => sockets.count);
    const waiting = 'Bytes that wait until slow readers take what was sent to them before, all together.';
    gauge('lonja_socket_waiting_bytes', waiting, () => sockets.waitingBytes);
    followerLag(registry, journal);
    this.condition.register(registry);
  }
}

function followerLag(registry: Registry, journal: Journal): void {
  new Gauge({
    name: 'lonja_follower_lag_records',
    help: 'Records that a file or index which follows the journal does not have yet.',
    labelNames: ['follower'],
    registers: [registry],
    collect() {
      for (const { name, n } of journal.condition.followers)
        this.set({ follower: name }, Math.max(0, journal.last - n));
    },
  });
}
