import { fromEvent, isObservable, type Observable, takeUntil } from 'rxjs';
import type { RealtimeSocket } from './socket.js';

/** What Nest sends as an event of that name, instead of acknowledging it. */
interface EventResult {
  readonly event: string;
  readonly data?: unknown;
}
type Emit = (event: string, data?: unknown) => void;

/**
 * The data of the acknowledgement, from what a handler returned, by the rules of Nest's own `IoAdapter`: a promise is waited
 * for; of an Observable (which every interceptor makes of a result) the first value that is not null counts, and null when it
 * completes without one; a value with a key `event` is sent to the client as that event, and is no acknowledgement.
 * An Observable is unsubscribed from when the connection ends.
 */
export async function dataOf(result: unknown, socket: RealtimeSocket): Promise<unknown> {
  const value = await result;
  if (isObservable(value)) return firstOf(value, socket);
  return sentAsEvent(value, socket) ? null : (value ?? null);
}

function firstOf(values: Observable<unknown>, socket: RealtimeSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    values.pipe(takeUntil(fromEvent(socket, 'disconnect'))).subscribe({
      next: (value) => {
        if (!sentAsEvent(value, socket) && value !== null && value !== undefined) resolve(value);
      },
      error: reject,
      complete: () => resolve(null),
    });
  });
}

function sentAsEvent(value: unknown, socket: RealtimeSocket): boolean {
  if (typeof value !== 'object' || value === null || !('event' in value) || !value.event) return false;
  const { event, data } = value as EventResult;
  (socket.emit as Emit).call(socket, event, data);
  return true;
}
