import { expect, it } from '@jest/globals';
import { agoOf } from './ago';

const now = new Date('2026-03-10T12:00:00.000Z');

it.each([
  ['2026-03-10T11:59:30.000Z', 'ahora', 'now'],
  ['2026-03-10T12:05:00.000Z', 'ahora', 'now'],
  ['2026-03-10T11:55:00.000Z', 'hace 5 minutos', '5 minutes ago'],
  ['2026-03-10T09:00:00.000Z', 'hace 3 horas', '3 hours ago'],
  ['2026-03-09T11:00:00.000Z', 'ayer', 'yesterday'],
  ['2026-02-01T12:00:00.000Z', 'el mes pasado', 'last month'],
  ['2024-02-01T12:00:00.000Z', 'hace 2 años', '2 years ago'],
])('says how long ago %s was', (instant, es, en) => {
  expect([agoOf(instant, 'es', now), agoOf(instant, 'en', now)]).toEqual([es, en]);
});
