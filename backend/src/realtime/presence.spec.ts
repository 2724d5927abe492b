import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Presence as PresencePacket } from '../contract/index.js';
import { Presence } from './presence.js';

const ANA = 'ana@acme.com';

describe('who is online', () => {
  let presence: Presence;
  /** What was sent to everybody, oldest first. */
  let sent: PresencePacket[];
  beforeEach(() => {
    jest.useFakeTimers();
    presence = new Presence();
    sent = [];
    presence.changes.subscribe(() => sent.push(presence.now));
  });
  afterEach(() => void jest.useRealTimers());

  const quiet = () => {
    jest.advanceTimersByTime(10_000);
    sent.length = 0;
  };

  it('counts a person once, however many tabs', () => {
    presence.enter(ANA);
    quiet();

    presence.enter(ANA);
    presence.exit(ANA, false);
    jest.advanceTimersByTime(10_000);

    expect(presence.now).toEqual({ members: [ANA], visitors: 0 });
    expect(sent).toEqual([]);
  });

  it('is sorted, and counts visitors apart', () => {
    presence.enter('carla@acme.com');
    presence.enter(undefined);
    presence.enter(ANA);
    presence.enter(undefined);
    presence.exit(undefined, false);

    expect(presence.now).toEqual({ members: [ANA, 'carla@acme.com'], visitors: 1 });
  });

  it('is not sent when somebody reloads the page', () => {
    presence.enter(ANA);
    quiet();

    presence.exit(ANA, false);
    jest.advanceTimersByTime(3_900);
    presence.enter(ANA);
    jest.advanceTimersByTime(10_000);

    expect(sent).toEqual([]);
    expect(presence.now.members).toEqual([ANA]);
  });

  it('is sent when somebody does not come back', () => {
    presence.enter(ANA);
    quiet();

    presence.exit(ANA, false);
    expect(presence.now.members).toEqual([ANA]);
    jest.advanceTimersByTime(4_500);

    expect(sent).toEqual([{ members: [], visitors: 0 }]);
  });

  it('waits anew when somebody who came back is lost again', () => {
    presence.enter(ANA);
    quiet();

    presence.exit(ANA, false);
    jest.advanceTimersByTime(2_500);
    presence.enter(ANA);
    presence.exit(ANA, false);
    jest.advanceTimersByTime(2_500);

    expect(sent).toEqual([]);
    jest.advanceTimersByTime(2_500);
    expect(sent).toEqual([{ members: [], visitors: 0 }]);
  });

  it('is sent at once when somebody leaves', () => {
    presence.enter(ANA);
    quiet();

    presence.exit(ANA, true);

    expect(sent).toEqual([{ members: [], visitors: 0 }]);
    jest.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(1);
  });

  it('keeps a person who leaves in one browser and is there in another', () => {
    presence.enter(ANA);
    presence.enter(ANA);
    quiet();

    presence.exit(ANA, true);
    jest.advanceTimersByTime(10_000);

    expect(sent).toEqual([]);
    expect(presence.now.members).toEqual([ANA]);
  });

  it('is sent seldom while many come at once, and in its last state', () => {
    for (let visitor = 1; visitor <= 500; visitor++) presence.enter(undefined);
    jest.advanceTimersByTime(10_000);

    expect(sent).toEqual([
      { members: [], visitors: 1 },
      { members: [], visitors: 500 },
    ]);
  });

  it('is sent less often where it is long and goes to many', () => {
    for (let member = 1; member <= 1_000; member++) presence.enter(`member-${member}@acme.com`);
    jest.advanceTimersByTime(250);
    expect(sent.at(-1)?.members).toHaveLength(1_000);
    sent.length = 0;

    presence.enter(ANA);
    jest.advanceTimersByTime(900);
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.members).toHaveLength(1_001);
  });

  it('lets the process end: no timer is left after a stop', () => {
    presence.enter(ANA);
    presence.enter('beto@acme.com');
    presence.exit(ANA, false);

    presence.onApplicationShutdown();
    jest.advanceTimersByTime(250);

    expect(jest.getTimerCount()).toBe(0);
  });
});
