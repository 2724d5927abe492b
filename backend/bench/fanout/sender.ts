import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { connect, type Dialect } from './crowd.js';

/** Somebody who sends, and waits for each answer: in socket.io's protocol, or as `id payload` lines. */
export class Sender {
  private readonly waiting = new Map<number, () => void>();
  private next = 0;

  private constructor(
    private readonly socket: WebSocket,
    private readonly dialect: Dialect,
  ) {
    socket.on('message', (frame: Buffer) => {
      this.hear(frame);
    });
  }

  static async connect(url: string, dialect: Dialect, cookie: string): Promise<Sender> {
    return new Sender(
      await connect(`${url.replace('http', 'ws')}${dialect.path}`, dialect.engine, { cookie }),
      dialect,
    );
  }

  /** Sends one message that tells when it was sent; resolves when it is acknowledged. */
  send(): Promise<void> {
    const id = this.next++;
    const payload = JSON.stringify({ id: randomUUID(), text: `at ${performance.now().toFixed(3)}` });
    const answered = new Promise<void>((resolve) => {
      this.waiting.set(id, resolve);
    });
    this.socket.send(this.dialect.engine ? `42${id}["chat:send",${payload}]` : `${id} ${payload}`);
    return answered;
  }

  leave(): void {
    this.socket.terminate();
  }

  private hear(frame: Buffer): void {
    const acknowledged = /^(?:43|a)(\d+)/.exec(frame.toString('latin1', 0, 16))?.[1];
    if (acknowledged === undefined) return;
    this.waiting.get(Number(acknowledged))?.();
    this.waiting.delete(Number(acknowledged));
  }
}
