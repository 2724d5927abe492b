import { signal } from '@angular/core';
import type { Ack, Data, Payload, RequestName } from 'backend/contract';
import type { Requester } from './requester';

/** Passes requests on, and learns from their answers whether the server has space to store what is sent. */
export class StorageWatch implements Requester {
  private readonly isFull = signal(false);
  /** Whether the latest answer that says so was that it has not. What is sent waits meanwhile, and is tried again. */
  readonly full = this.isFull.asReadonly();

  constructor(private readonly requester: Requester) {}

  request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    const answer = this.requester.request(name, payload);
    void answer.then((ack) => this.learn(ack));
    return answer;
  }

  private learn(answer: Ack<unknown>): void {
    if (answer.ok) this.isFull.set(false);
    else if (answer.error.code === 'STORAGE_FULL') this.isFull.set(true);
  }
}
