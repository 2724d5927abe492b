import { imports, onlyFolders, refuse } from '../.config/eslint.imports.mjs';

/** The folders of `src/app`, and which others each may import. Features never import each other; the palette and the past find things in both, the timeline shows both. */
export const folders = {
  realtime: [],
  ui: [],
  members: ['realtime', 'ui'],
  session: ['realtime', 'ui', 'members'],
  products: ['realtime', 'members', 'session', 'ui'],
  chat: ['realtime', 'members', 'session', 'ui'],
  past: ['realtime', 'members', 'session', 'ui', 'products', 'chat'],
  timeline: ['realtime', 'members', 'session', 'ui', 'products', 'chat'],
  follows: ['realtime', 'session', 'ui', 'products', 'chat'],
  admin: ['realtime', 'members', 'session', 'ui'],
  palette: ['realtime', 'members', 'session', 'ui', 'products', 'chat', 'past'],
  testing: ['realtime', 'ui'],
};

const backend = refuse(
  '^backend(?:/(?!contract$)|$)|^(?:\\.\\.?/)+backend(?:/|$)',
  'Of the backend the page knows `backend/contract` only.',
);
/** People outside the page read their mail. */
const backendButMail = refuse(
  '^backend(?:/(?!contract$)|$)|^(?:\\.\\.?/)+backend(?:/(?!test/mailbox)|$)',
  'Of the backend the page knows `backend/contract` only.',
);
const contract = refuse(
  '^backend/contract$',
  'A piece of ui/ belongs to no feature, so it knows nothing of the contract.',
);
const socket = refuse(
  '^(?:ngx-socket-io|socket\\.io-client)(?:/|$)',
  'The socket is reached through realtime/realtime-socket.ts only.',
);
const alerts = refuse('^sweetalert2(?:/|$)', 'Its texts may execute markup: only ui/alerts takes that in hand.');
const foreign = refuse(
  '^(?!\\.|@angular/|rxjs(?:/|$)|ngx-socket-io$|socket\\.io-client$|idb$|backend/contract$)',
  'realtime/ imports the contract, Angular, RxJS, its socket and its storage.',
);
const root = refuse('^(?:\\.\\./)+app(?:\\.[a-z]+)?$', 'The application imports the parts, not the other way round.');

/** What each folder refuses beside the other folders. */
const also = { realtime: [foreign], ui: [contract] };

/** @param {keyof typeof folders} folder @param {string} files @param {...object} refusals */
const within = (folder, files, ...refusals) =>
  imports(
    [`src/app/${folder}/${files}`],
    ...onlyFolders(folder, folders[folder], Object.keys(folders)),
    ...(also[folder] ?? []),
    backend,
    root,
    ...refusals,
  );

export const importRules = [
  imports(['src/**/*.ts', 'e2e/**/*.ts'], backend, socket, alerts),
  // Its clients stand in for the page's socket.
  imports(['torture/**/*.ts'], backendButMail, alerts),
  ...Object.keys(folders).map((folder) => within(folder, '**/*.ts', socket, alerts)),
  within('realtime', 'realtime-socket.ts', alerts),
  within('ui', 'alerts*.ts', socket),
];
