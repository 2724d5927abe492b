import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What a stop leaves to the other sides for closing their connections. */
const CLOSE_GRACE_MS = 1_500;

/**
 * Lets no connection delay a stop: a server closes only when all are closed, and a browser opens some in advance on which it
 * never asks anything, which Node waits for up to 90 s; a half-open one never answers at all. By the time that they are
 * destroyed, every command has its answer, and every socket was asked to close.
 */
@Injectable()
export class OpenConnections implements OnApplicationBootstrap {
  private readonly open = new Set<Socket>();

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const { open } = this;
    // One function for all: a connection costs memory for as long as it stands.
    const forget = function (this: Socket): void {
      open.delete(this);
    };
    (this.host.httpAdapter.getHttpServer() as Server).on('connection', (socket) => {
      open.add(socket.once('close', forget));
    });
  }

  /** Destroys what is still open after a while. Called when the server begins to close them, however long that took. */
  closeSoon(): void {
    setTimeout(() => {
      for (const socket of this.open) socket.destroy();
    }, CLOSE_GRACE_MS).unref();
  }
}
