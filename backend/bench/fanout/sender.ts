import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { connect, type Protocol } from './crowd.js';

/** A client that sends, and waits for each answer: in socket.io's protocol, or as `id payload` lines. */
export class Sender {
  private readonly waiting = new Map<number, () => void>();
  private next = 0;

  private constructor(
    private readonly socket: WebSocket,
    private readonly protocol: Protocol,
  ) {
    socket.on('message', (frame: Buffer) => {
      this.receive(frame);
    });
  }

  static async connect(url: string, protocol: Protocol, cookie: string): Promise<Sender> {
    return new Sender(
      await connect(`${url.replace('http', 'ws')}${protocol.path}`, protocol.engine, { cookie }),
      protocol,
    );
  }

  /** Sends one message that contains the time of sending; resolves when it is acknowledged. */
  send(): Promise<void> {
    const id = this.next++;
    const payload = JSON.stringify({ id: randomUUID(), text: `at ${performance.now().toFixed(3)}` });
    const answered = new Promise<void>((resolve) => {
      this.waiting.set(id, resolve);
    });
    this.socket.send(this.protocol.engine ? `42${id}["chat:send",${payload}]` : `${id} ${payload}`);
    return answered;
  }

  close(): void {
    this.socket.terminate();
  }

  private receive(frame: Buffer): void {
    const acknowledged = /^(?:43|a)(\d+)/.exec(frame.toString('latin1', 0, 16))?.[1];
    if (acknowledged === undefined) return;
    this.waiting.get(Number(acknowledged))?.();
    this.waiting.delete(Number(acknowledged));
  }
}
