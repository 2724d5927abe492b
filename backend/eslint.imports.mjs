import { imports, onlyFolders, refuse } from '../.config/eslint.imports.mjs';

const features = ['products', 'pictures', 'chat', 'marks', 'follows', 'index', 'operations', 'personal-data'];
const foundation = [
  'contract',
  'errors',
  'validation',
  'journal',
  'backup',
  'audit',
  'rates',
  'realtime',
  'members',
  'session',
  'member-state',
];
const parts = [...foundation, ...features];
const all = [...parts, 'settings', 'cli'];

/** The folders of `src`, and which others each may import. */
export const folders = {
  contract: [],
  errors: ['contract'],
  validation: ['contract', 'errors'],
  // What is said about the settings before there is a server: for `main.ts`, no part of it.
  settings: ['errors'],
  journal: ['contract', 'errors'],
  backup: ['contract', 'errors', 'journal'],
  // The feed tells what the journal has stored.
  audit: ['contract', 'errors'],
  rates: ['contract', 'errors'],
  realtime: ['contract', 'errors', 'validation', 'journal', 'rates'],
  members: ['contract', 'errors', 'validation', 'journal', 'realtime'],
  // Who is removed is signed out, and what a session has sent is settled before its end is acknowledged.
  session: ['contract', 'errors', 'validation', 'journal', 'audit', 'rates', 'realtime', 'members'],
  'member-state': ['errors', 'journal'],
  ...Object.fromEntries(features.map((feature) => [feature, parts])),
  // A program of its own: like `main.ts` it puts parts together, whatever they are made of, and is no part itself.
  cli: [...parts, 'settings'],
};

const wiring = refuse(
  '^(?:\\.\\.?/)+(?:main|app\\.module)\\.js$',
  'The wiring imports the parts, not the other way round.',
);
const sockets = '^(?:socket\\.io|engine\\.io|@nestjs/(?:websockets|platform-socket\\.io))(?:$|/)';
const noSocket = refuse(sockets, 'Rules, state and bytes know no transport: a gateway binds them to it.');
const noGateway = refuse('\\.gateway\\.js$', 'A gateway calls its service, never the other way round.');
const publicFiles = refuse(
  `^(?:\\.\\.?/)+(${features.join('|')})/(?!\\1\\.(?:module|service)\\.js$)`,
  'Another feature is reached only through its module and the service that this exports.',
);
const noMetrics = refuse(
  '^prom-client(?:$|/)',
  'Who works does not measure: operations/metrics subscribes to what others report, and asks for the rest at the scrape.',
);
const onlyItself = refuse('^(?!\\./)', 'The contract is read by the browser too: it imports nothing but itself.');

const blocks = Object.entries(folders).flatMap(([folder, allowed]) => {
  const reachable = [
    ...onlyFolders(folder, allowed, all),
    ...(folder === 'cli' ? [] : [publicFiles]),
    wiring,
    noMetrics,
  ];
  const source = folder === 'journal' ? [...reachable, noSocket] : reachable;
  return [
    imports([`src/${folder}/**/*.ts`], ...source),
    imports([`src/${folder}/**/*.service.ts`], ...source, noSocket, noGateway),
  ];
});

/** Calls run one way: the journal to its port, what implements that to bytes. Only the wiring knows both. */
const noStore = refuse('^\\./file/', 'The journal knows its stores by the port record-store.ts only.');
const journalCore = imports(
  ['src/journal/*.ts'],
  ...onlyFolders('journal', folders.journal, all),
  publicFiles,
  wiring,
  noMetrics,
  noSocket,
  noStore,
);
const journalWiring = imports(
  ['src/journal/journal.module.ts', 'src/journal/index.ts'],
  ...onlyFolders('journal', folders.journal, all),
  publicFiles,
  wiring,
  noMetrics,
  noSocket,
);

const metrics = imports(
  ['src/operations/metrics/**/*.ts'],
  ...onlyFolders('operations', folders.operations, all),
  publicFiles,
  wiring,
);

export const importRules = [
  ...blocks,
  journalCore,
  journalWiring,
  metrics,
  imports(['src/contract/**/*.ts'], onlyItself),
];
