import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { isTimeZone, zoneInUse } from './time-zone.js';

const ZONES = [
  ...['UTC', 'Etc/UTC', 'GMT', 'America/Bogota', 'Europe/Madrid', 'Asia/Calcutta', 'EST5EDT', 'Etc/GMT+5', 'COT5'],
  ...['US/Eastern', ':America/Bogota', '/usr/share/zoneinfo/Europe/Madrid', 'UTC+3', 'America/Argentina/Ushuaia'],
];
const NONE = ['America/Bogotta', 'Nonsense', 'europe/madrid', '-05:00', '<-05>5', 'Bogota', '5'];

/** What Node does with it: the difference to UTC in minutes, in January and July. */
function offsetsIn(zone: string): unknown {
  const program = 'console.log(JSON.stringify([0, 6].map((month) => new Date(2026, month, 1).getTimezoneOffset())))';
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { env: { TZ: zone }, encoding: 'utf8' }));
}

it.each(ZONES)('%s is a time zone, and Node uses it', (zone) => {
  expect(isTimeZone(zone)).toBe(true);
  if (!/UTC|GMT$/.test(zone) || zone.endsWith('3')) expect(offsetsIn(zone)).not.toEqual([0, 0]);
});

it.each(NONE)('%s is none: Node would use UTC', (zone) => {
  expect(isTimeZone(zone)).toBe(false);
  expect(offsetsIn(zone)).toEqual([0, 0]);
});

it('the file of the machine’s zone is none: Node would not know when the clocks change', () => {
  expect(isTimeZone(':/etc/localtime')).toBe(false);
});

it('the zone in use has a name', () => {
  expect(zoneInUse()).toMatch(/^[A-Z]/);
});
