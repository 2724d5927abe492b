/**
 * `npm run bench [-- name …]`: measures, and prints tables of ratios. Absolute figures depend on the machine; a ratio to
 * a baseline that ran in the same call says something about the program. Nothing here passes or fails.
 */
import { door } from './door.js';
import { fanout } from './fanout/fanout.js';
import { history } from './history.js';
import { idle } from './idle.js';
import { journal } from './journal.js';
import { page } from './page.js';
import { readModel } from './read-model.js';
import { reconnect } from './reconnect.js';
import { stored } from './stored.js';
import { print, type Table } from './table.js';

const BENCHES: Readonly<Record<string, () => Promise<readonly Table[]>>> = {
  history,
  journal,
  fanout,
  idle,
  reconnect,
  stored,
  index: readModel,
  door,
  page,
};

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`there is no bench "${name}"; there are: ${Object.keys(BENCHES).join(', ')}`);
  for (const table of await bench()) print(table);
}
