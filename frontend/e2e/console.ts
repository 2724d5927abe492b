import type { BrowserContext } from '@playwright/test';
import type { Server } from './server.ts';

/** The page closes a connection that the server has just closed: Chromium logs it, and no script can prevent that. */
export const CLOSING = /^WebSocket is already in CLOSING or CLOSED state\.$/;

/** Errors that Chromium itself logs when a server does not answer. The page cannot prevent them. */
const CUT_OFF = [
  /^Failed to load resource: net::ERR_(?:CONNECTION_\w+|EMPTY_RESPONSE|INTERNET_DISCONNECTED|SOCKET_NOT_CONNECTED)$/,
  /^WebSocket connection to 'ws:\S+' failed: (?:Error (?:in connection establishment|during WebSocket handshake): net::ERR_\w+|Connection closed before receiving a handshake response)$/,
  CLOSING,
  // Angular's word for a part of the page that could not be loaded; the page says it in its own.
  /^ERROR \w+: NG0750\b/,
];

/** How a violated security policy reads, as Chromium logs it and as the page is made to. */
const VIOLATION = 'Content Security Policy';

/** Those of the test that runs: one worker runs one test at a time. */
const consoles: Console[] = [];

/** What violated the content security policy in any browser of this test, and was not expected; forgets them. */
export function violations(): readonly string[] {
  return consoles.splice(0).flatMap((console) => console.unexpected.filter((error) => error.includes(VIOLATION)));
}

/** Collects the errors of every tab of a browser: on the console (a violated security policy is one), exceptions, dialogs. */
export class Console {
  /** Whether the network was taken away from this browser. */
  cutOff = false;
  private readonly server: Server;
  private readonly errors: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(context: BrowserContext, server: Server) {
    this.server = server;
    consoles.push(this);
    // Also what Chromium itself does not log.
    void context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const place = `${sourceFile}:${String(lineNumber)}`;
        // eslint-disable-next-line no-console -- where this collects what the page logs
        console.error(`Content Security Policy: ${violatedDirective} was violated by ${blockedURI} at ${place}`);
      });
    });
    context.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
    context.on('weberror', (error) => this.errors.push(`Uncaught: ${error.error().message}`));
    context.on('dialog', (dialog) => {
      this.errors.push(`A dialog of the browser: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Ignores this error in this test. */
  expects(error: RegExp): void {
    this.expected.push(error);
  }

  /** The errors that are not expected. */
  get unexpected(): readonly string[] {
    const ignored = this.cutOff || this.server.interruptions > 0 ? [...CUT_OFF, ...this.expected] : this.expected;
    return this.errors.filter((error) => !ignored.some((pattern) => pattern.test(error)));
  }
}
