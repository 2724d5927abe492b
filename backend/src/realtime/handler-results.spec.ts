import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplication, Logger, type NestInterceptor, UseFilters, UseInterceptors } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Ack, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concat, EMPTY, from, map, Observable, of, throwError } from 'rxjs';
import { io, type Socket } from 'socket.io-client';
import { OPEN_DOOR } from '../../test/adapter-options.js';
import { RecordedLog } from '../../test/recorded-log.js';
import { AckFilter } from './ack.filter.js';
import type { Answer } from './answer.js';
import { SocketAdapter } from './socket-adapter.js';

const doubling: NestInterceptor<number, number> = {
  intercept: (_, next) => next.handle().pipe(map((value) => 2 * value)),
};
const news = (data: number) => ({ event: 'news', data });
const ended = Promise.withResolvers<undefined>();

/** A handler for each kind of result that Nest knows. */
@WebSocketGateway()
@UseFilters(AckFilter)
class ResultsGateway {
  @SubscribeMessage('value')
  value(): unknown {
    return { n: 21 };
  }

  @SubscribeMessage('promise')
  promise(): unknown {
    return Promise.resolve({ n: 21 });
  }

  @SubscribeMessage('nothing')
  nothing(): unknown {
    return undefined;
  }

  @SubscribeMessage('intercepted')
  @UseInterceptors(doubling)
  intercepted(): unknown {
    return Promise.resolve(21);
  }

  @SubscribeMessage('intercepted and thrown')
  @UseInterceptors(doubling)
  thrown(): unknown {
    throw new TypeError('on purpose');
  }

  @SubscribeMessage('several')
  several(): unknown {
    return of(null, 1, 2);
  }

  @SubscribeMessage('promise of several')
  later(): unknown {
    return Promise.resolve(from([1, 2]));
  }

  @SubscribeMessage('none')
  none(): unknown {
    return EMPTY;
  }

  @SubscribeMessage('failing')
  failing(): unknown {
    return throwError(() => new TypeError('on purpose'));
  }

  @SubscribeMessage('event')
  event(): unknown {
    return news(7);
  }

  @SubscribeMessage('events')
  events(): unknown {
    return of(news(1), 5, news(2), 6);
  }

  @SubscribeMessage('endless')
  endless(): unknown {
    const whenLeft = new Observable(() => () => ended.resolve(undefined));
    return concat(of(1), whenLeft);
  }

  @SubscribeMessage('by itself')
  byItself(@Ack() answer: Answer): unknown {
    setImmediate(() => answer({ ok: true, data: 'by itself' }));
    return 'not this';
  }
}

describe('what a handler returns', () => {
  const log = new RecordedLog();
  let app: INestApplication<Server>;
  let socket: Socket;
  /** Acknowledgements that arrived, and data of `news`. */
  let answers: number;
  let received: unknown[];
  beforeEach(async () => {
    const module = Test.createTestingModule({ providers: [ResultsGateway] }).setLogger(log);
    app = (await module.compile()).createNestApplication({ logger: log });
    app.useWebSocketAdapter(new SocketAdapter(app, OPEN_DOOR));
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    [answers, received] = [0, []];
    socket.on('news', (data) => received.push(data));
    socket.io.engine.on('packet', ({ type, data }) => {
      if (type === 'message' && /^3\d+\[/.test(String(data))) answers++;
    });
  });
  afterEach(async () => {
    socket.disconnect();
    await app.close();
    Logger.overrideLogger(log);
    expect(log.errors.splice(0)).toEqual([]);
  });

  const ask = (name: string): Promise<unknown> => socket.timeout(20_000).emitWithAck(name, {});
  const INTERNAL = { ok: false, error: { code: 'INTERNAL', message: expect.any(String), retry: false } };

  it.each([
    ['value', { n: 21 }],
    ['promise', { n: 21 }],
    ['nothing', null],
    ['intercepted', 42],
    ['several', 1],
    ['promise of several', 1],
    ['none', null],
    ['endless', 1],
    ['by itself', 'by itself'],
  ])('is the data of one acknowledgement: %s', async (name, data) => {
    expect(await ask(name)).toEqual({ ok: true, data });

    await ask('value');
    expect(answers).toBe(2);
    expect(received).toEqual([]);
  });

  it.each([
    ['event', null, [7]],
    ['events', 5, [1, 2]],
  ])('is sent as an event where it names one: %s', async (name, data, sent) => {
    expect(await ask(name)).toEqual({ ok: true, data });

    await ask('value');
    expect(received).toEqual(sent);
  });

  it.each(['failing', 'intercepted and thrown'])('is INTERNAL once where it fails: %s', async (name) => {
    expect(await ask(name)).toEqual(INTERNAL);

    await ask('value');
    expect(answers).toBe(2);
    expect(log.errors.splice(0)).toEqual([
      expect.stringMatching(
        /^A request failed: TypeError: on purpose \(.+ of a visitor, handler-results\.spec\.ts:\d+\)$/,
      ),
    ]);
  });

  it('is no longer waited for when the connection ends', async () => {
    await ask('endless');
    socket.disconnect();

    await ended.promise;
  });

  it('may be asked for without a callback', async () => {
    for (const name of ['value', 'intercepted', 'several', 'events']) socket.emit(name, {});

    await ask('value');
    expect(answers).toBe(1);
    expect(received).toEqual([1, 2]);
  });
});
