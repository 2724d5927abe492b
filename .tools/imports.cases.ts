/** A file, what it imports, and a piece of the reason why that is refused. */
type Refused = readonly [file: string, path: string, reason: string];
type Allowed = readonly [file: string, path: string];

const backend = 'backend/src';
const app = 'frontend/src/app';

const bothSides: Refused[] = [
  [`${backend}/contract/ack.ts`, 'rxjs', 'nothing but itself'],
  [`${backend}/contract/ack.ts`, '../journal/journal.js', 'nothing but itself'],
  [`${backend}/contract/records/ack.ts`, '../ack.js', 'nothing but itself'],
  ...['realtime', 'session', 'products', 'chat', 'operations'].map((folder): Refused => [
    `${backend}/journal/codec.ts`,
    `../${folder}/any.js`,
    'journal/ may import only contract',
  ]),
  [`${backend}/journal/faults/disk.ts`, '../../chat/chat.service.js', 'journal/ may import only contract'],
  [`${backend}/journal/codec.ts`, 'socket.io', 'no transport'],
  [`${backend}/journal/codec.ts`, '@nestjs/websockets', 'no transport'],
  ...['session', 'products', 'chat', 'operations'].map((folder): Refused => [
    `${backend}/realtime/feed.ts`,
    `../${folder}/any.js`,
    'realtime/ may import only contract',
  ]),
  ...['journal', 'realtime', 'products', 'chat', 'operations'].map((folder): Refused => [
    `${backend}/session/cookie.ts`,
    `../${folder}/any.js`,
    'session/ may import only contract',
  ]),
  [`${backend}/chat/transcript.ts`, '../products/products.gateway.js', 'Another feature'],
  [`${backend}/products/products.gateway.ts`, '../chat/dto/send-message.dto.js', 'Another feature'],
  [`${backend}/operations/health.controller.ts`, '../chat/chat.js', 'Another feature'],
  [`${backend}/chat/chat.service.ts`, 'socket.io', 'no transport'],
  [`${backend}/chat/chat.service.ts`, '@nestjs/websockets', 'no transport'],
  [`${backend}/chat/chat.service.ts`, '@nestjs/platform-socket.io', 'no transport'],
  [`${backend}/chat/chat.service.ts`, './chat.gateway.js', 'A gateway calls its service'],
  [`${backend}/session/session.service.ts`, 'socket.io', 'no transport'],
  [`${backend}/realtime/presence.service.ts`, '@nestjs/websockets', 'no transport'],
  [`${backend}/chat/chat.module.ts`, '../app.module.js', 'The wiring imports the parts'],
  [`${app}/app.ts`, 'backend/src/chat/chat.service', '`backend/contract` only'],
  [`${app}/realtime/feed.ts`, 'backend', '`backend/contract` only'],
  ['frontend/torture/run.ts', '../../backend/src/main', '`backend/contract` only'],
];

const page: Refused[] = [
  [`${app}/products/products-store.ts`, '../chat/chat-store', 'products/ may import only'],
  [`${app}/chat/parts/message.ts`, '../../products/product-row', 'chat/ may import only'],
  [`${app}/session/session-store.ts`, '../chat/chat-store', 'session/ may import only'],
  [`${app}/chat/chat-store.ts`, '../testing/fake-realtime', 'chat/ may import only'],
  ...['session', 'products', 'chat', 'ui'].map((folder): Refused => [
    `${app}/realtime/feed.ts`,
    `../${folder}/any`,
    'realtime/ may import no other',
  ]),
  [`${app}/realtime/feed.ts`, 'lodash', 'realtime/ imports the contract'],
  [`${app}/realtime/feed.ts`, 'sweetalert2', 'realtime/ imports the contract'],
  ...['realtime', 'session', 'products', 'chat'].map((folder): Refused => [
    `${app}/ui/money.ts`,
    `../${folder}/any`,
    'ui/ may import no other',
  ]),
  [`${app}/ui/money.ts`, 'backend/contract', 'belongs to no feature'],
  [`${app}/ui/alerts.ts`, '../chat/chat-store', 'ui/ may import no other'],
  ...['ngx-socket-io', 'socket.io-client'].flatMap((path): Refused[] => [
    [`${app}/chat/chat-store.ts`, path, 'realtime/realtime-socket.ts only'],
    [`${app}/realtime/feed.ts`, path, 'realtime/realtime-socket.ts only'],
    [`${app}/ui/alerts.ts`, path, 'realtime/realtime-socket.ts only'],
    [`${app}/app.config.ts`, path, 'realtime/realtime-socket.ts only'],
  ]),
  ...['sweetalert2', 'sweetalert2/dist/sweetalert2.js'].flatMap((path): Refused[] => [
    [`${app}/chat/chat-page.ts`, path, 'only ui/alerts'],
    [`${app}/ui/money.ts`, path, 'only ui/alerts'],
    [`${app}/app.ts`, path, 'only ui/alerts'],
  ]),
  [`${app}/chat/chat-page.ts`, '../app', 'The application imports the parts'],
];

export const refused: readonly Refused[] = [...bothSides, ...page];

export const allowed: readonly Allowed[] = [
  [`${backend}/contract/events.ts`, './ack.js'],
  [`${backend}/journal/file-journal.ts`, '../contract/index.js'],
  [`${backend}/journal/file-journal.ts`, './codec.js'],
  [`${backend}/journal/file-journal.ts`, 'node:fs/promises'],
  [`${backend}/realtime/realtime-gateway.ts`, '@nestjs/websockets'],
  [`${backend}/session/session.guard.ts`, '../contract/index.js'],
  ...['contract', 'journal', 'realtime', 'session'].map((folder): Allowed => [
    `${backend}/chat/chat.gateway.ts`,
    `../${folder}/any.js`,
  ]),
  [`${backend}/chat/chat.gateway.ts`, './chat.service.js'],
  [`${backend}/chat/chat.service.ts`, '../products/products.service.js'],
  [`${backend}/chat/chat.module.ts`, '../products/products.module.js'],
  [`${backend}/app.module.ts`, './chat/chat.module.js'],
  [`${backend}/journal/file-journal.spec.ts`, '../app.module.js'],
  [`${app}/realtime/feed.ts`, 'backend/contract'],
  [`${app}/realtime/feed.ts`, 'rxjs/operators'],
  [`${app}/realtime/realtime-socket.ts`, 'ngx-socket-io'],
  [`${app}/realtime/realtime-socket.ts`, 'socket.io-client'],
  [`${app}/ui/alerts.ts`, 'sweetalert2/dist/sweetalert2.js'],
  [`${app}/ui/money.ts`, '@angular/core'],
  ...['realtime', 'session', 'ui'].map((folder): Allowed => [`${app}/chat/chat-page.ts`, `../${folder}/any`]),
  [`${app}/products/products-store.ts`, 'backend/contract'],
  [`${app}/chat/chat-store.spec.ts`, '../testing/fake-realtime'],
  [`${app}/app.ts`, './chat/chat-page'],
];
