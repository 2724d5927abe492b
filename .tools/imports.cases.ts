/** A file, what it imports, and a piece of the reason why that is refused. */
type Refused = readonly [file: string, path: string, reason: string];
type Allowed = readonly [file: string, path: string];

const backend = 'backend/src';
const app = 'frontend/src/app';

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
/** Which other folders each may import: said here a second time, so that whoever loosens a rule does it on purpose. */
const backendFolders = {
  errors: ['contract'],
  validation: ['contract', 'errors'],
  settings: ['errors'],
  journal: ['contract', 'errors'],
  backup: ['contract', 'errors', 'journal'],
  audit: ['contract', 'errors'],
  rates: ['contract', 'errors'],
  realtime: ['contract', 'errors', 'validation', 'journal', 'rates'],
  members: ['contract', 'errors', 'validation', 'journal', 'realtime'],
  session: ['contract', 'errors', 'validation', 'journal', 'audit', 'rates', 'realtime', 'members'],
  'member-state': ['errors', 'journal'],
  chat: [...foundation, 'products', 'marks', 'follows', 'index', 'operations', 'personal-data'],
  products: [...foundation, 'chat', 'marks', 'follows', 'index', 'operations', 'personal-data'],
  marks: [...foundation, 'chat', 'products', 'follows', 'index', 'operations', 'personal-data'],
  follows: [...foundation, 'chat', 'products', 'marks', 'index', 'operations', 'personal-data'],
  index: [...foundation, 'chat', 'products', 'marks', 'follows', 'operations', 'personal-data'],
  operations: [...foundation, 'chat', 'products', 'marks', 'follows', 'index', 'personal-data'],
  'personal-data': [...foundation, 'chat', 'products', 'marks', 'follows', 'index', 'operations'],
  cli: [...foundation, 'settings', 'chat', 'products', 'marks', 'follows', 'index', 'operations', 'personal-data'],
};
const appFolders = {
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

type Folders = Readonly<Record<string, readonly string[]>>;

const inFolder = (root: string, folder: string) => `${root}/${folder}/deeper/any.ts`;
/** A feature is reached through its service only. */
const toFolder = (folder: string) => `../../${folder}/${folder}.service.js`;

const allowedFolders = (root: string, folders: Folders): Allowed[] =>
  Object.entries(folders).flatMap(([folder, others]) =>
    others.map((other): Allowed => [inFolder(root, folder), toFolder(other)]),
  );

const refusedFolders = (root: string, folders: Folders): Refused[] =>
  Object.entries(folders).flatMap(([folder, allowed]) =>
    Object.keys(folders)
      .filter((other) => other !== folder && !allowed.includes(other))
      .map((other): Refused => [inFolder(root, folder), toFolder(other), `${folder}/ may import`]),
  );

const transports = ['socket.io', '@nestjs/websockets', '@nestjs/platform-socket.io'];
const knowNoTransport = ['journal/codec.ts', 'chat/chat.service.ts', 'session/session.service.ts'];
const clients = ['ngx-socket-io', 'socket.io-client'];
const alerts = ['sweetalert2', 'sweetalert2/dist/sweetalert2.js'];

export const refused: readonly Refused[] = [
  ...refusedFolders(backend, backendFolders),
  ...refusedFolders(app, appFolders),
  [`${backend}/contract/ack.ts`, 'rxjs', 'nothing but itself'],
  [`${backend}/contract/ack.ts`, '../journal/journal.js', 'nothing but itself'],
  [`${backend}/contract/records/ack.ts`, '../ack.js', 'nothing but itself'],
  ...knowNoTransport.flatMap((file) =>
    transports.map((path): Refused => [`${backend}/${file}`, path, 'know no transport']),
  ),
  [`${backend}/chat/transcript.ts`, '../products/products.gateway.js', 'Another feature'],
  [`${backend}/products/products.gateway.ts`, '../chat/dto/send-message.dto.js', 'Another feature'],
  [`${backend}/operations/health.controller.ts`, '../chat/chat.js', 'Another feature'],
  ...['journal/journal.ts', 'realtime/feed.ts', 'operations/health.ts'].map((file): Refused => [
    `${backend}/${file}`,
    'prom-client',
    'does not measure',
  ]),
  [`${backend}/chat/chat.service.ts`, './chat.gateway.js', 'A gateway calls its service'],
  [`${backend}/chat/chat.module.ts`, '../app.module.js', 'The wiring imports the parts'],
  [`${backend}/journal/journal.ts`, './file/scan.js', 'by the port record-store.ts only'],
  [`${app}/app.ts`, 'backend/src/chat/chat.service', '`backend/contract` only'],
  [`${app}/realtime/feed.ts`, 'backend', '`backend/contract` only'],
  ['frontend/torture/run.ts', '../../backend/src/main', '`backend/contract` only'],
  [`${app}/realtime/feed.ts`, 'lodash', 'realtime/ imports the contract'],
  [`${app}/ui/money.ts`, 'backend/contract', 'belongs to no feature'],
  ...['chat/chat-store', 'realtime/feed', 'ui/alerts', 'app.config'].flatMap((file) =>
    clients.map((path): Refused => [`${app}/${file}.ts`, path, 'realtime/realtime-socket.ts only']),
  ),
  ...['chat/chat-page', 'ui/money', 'app'].flatMap((file) =>
    alerts.map((path): Refused => [`${app}/${file}.ts`, path, 'only ui/alerts']),
  ),
  [`${app}/chat/chat-page.ts`, '../app', 'The application imports the parts'],
];

export const allowed: readonly Allowed[] = [
  ...allowedFolders(backend, backendFolders),
  ...allowedFolders(app, appFolders),
  [`${backend}/contract/events.ts`, './ack.js'],
  [`${backend}/journal/codec.ts`, 'node:fs/promises'],
  [`${backend}/realtime/realtime-gateway.ts`, '@nestjs/websockets'],
  [`${backend}/chat/chat.gateway.ts`, './chat.service.js'],
  [`${backend}/chat/chat.module.ts`, '../products/products.module.js'],
  [`${backend}/operations/metrics/gauges.ts`, 'prom-client'],
  [`${backend}/app.module.ts`, './chat/chat.module.js'],
  [`${backend}/journal/journal.module.ts`, './file/file-record-store.js'],
  [`${backend}/cli/import-chat.ts`, '../chat/transcript-line.js'],
  [`${backend}/journal/codec.spec.ts`, '../app.module.js'],
  [`${app}/realtime/feed.ts`, 'backend/contract'],
  [`${app}/realtime/feed.ts`, 'rxjs/operators'],
  [`${app}/realtime/realtime-socket.ts`, 'ngx-socket-io'],
  [`${app}/realtime/realtime-socket.ts`, 'socket.io-client'],
  [`${app}/ui/alerts.ts`, 'sweetalert2/dist/sweetalert2.js'],
  [`${app}/ui/money.ts`, '@angular/core'],
  [`${app}/products/products-store.ts`, 'backend/contract'],
  [`${app}/chat/chat-store.spec.ts`, '../testing/fake-realtime'],
  [`${app}/app.ts`, './chat/chat-page'],
];
