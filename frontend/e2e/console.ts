import type { BrowserContext } from '@playwright/test';
import type { Server } from './server.ts';

/** The page says goodbye over a connection that the server has just closed: Chromium logs it, and no script can know before. */
export const CLOSING = /^WebSocket is already in CLOSING or CLOSED state\.$/;

/** What Chromium logs by itself when nobody answers at an address. Nothing that the page could have prevented. */
const CUT_OFF = [
  /^Failed to load resource: net::ERR_(?:CONNECTION_\w+|EMPTY_RESPONSE|INTERNET_DISCONNECTED|SOCKET_NOT_CONNECTED)$/,
  /^WebSocket connection to 'ws:\S+' failed: (?:Error (?:in connection establishment|during WebSocket handshake): net::ERR_\w+|Connection closed before receiving a handshake response)$/,
  CLOSING,
];

/** Hears every tab of a browser: errors on the console (a violated security policy is one), exceptions, dialogs. */
export class Console {
  /** Whether the network was taken away from this browser. */
  cutOff = false;
  private readonly server: Server;
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(context: BrowserContext, server: Server) {
    this.server = server;
    context.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    context.on('weberror', (error) => this.complaints.push(`Uncaught: ${error.error().message}`));
    context.on('dialog', (dialog) => {
      this.complaints.push(`A dialog of the browser: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Lets this complaint pass in this test. */
  expects(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  /** What it heard and should not have heard. */
  get unexpected(): readonly string[] {
    const excused = this.cutOff || this.server.interruptions > 0 ? [...CUT_OFF, ...this.expected] : this.expected;
    return this.complaints.filter((complaint) => !excused.some((excuse) => excuse.test(complaint)));
  }
}
