/**
 * Lets the one task of a subscription wait for its next message or end, until the connection is closed or lost. What has
 * come already is the connection's own: it is taken first, also once the connection has failed.
 */
import { InternalError, type ToolError } from '../domain/errors.js';
import type { BrokerMessage, PullEnd } from './port.js';

type Item = BrokerMessage | PullEnd;

interface Waiter {
  readonly resolve: (item: Item) => void;
  readonly reject: (error: ToolError) => void;
}

export const connectionClosed: PullEnd = { kind: 'end', status: 'closed', detail: 'the connection was closed' };

export class ItemWaiter {
  #waiter: Waiter | null = null;
  #failure: ToolError | null = null;
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Closed or failed: nothing more will come. */
  get isOver(): boolean {
    return this.#isClosed || this.#failure !== null;
  }

  get isWaiting(): boolean {
    return this.#waiter !== null;
  }

  /** @param poll takes what has come already  @throws {ToolError} once it has failed */
  next(poll: () => Item | undefined): Promise<Item> {
    const item = poll();
    if (item !== undefined) return Promise.resolve(item);
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#isClosed) return Promise.resolve(connectionClosed);
    if (this.#waiter !== null) return Promise.reject(new InternalError('two tasks wait for the same subscription'));
    return new Promise((resolve, reject) => (this.#waiter = { resolve, reject }));
  }

  /** Gives the item to the task that waits. False: none does. */
  give(item: Item): boolean {
    const waiter = this.#waiter;
    this.#waiter = null;
    waiter?.resolve(item);
    return waiter !== null;
  }

  /** False if it was over already. */
  fail(error: ToolError): boolean {
    if (this.isOver) return false;
    this.#failure = error;
    this.#waiter?.reject(error);
    this.#waiter = null;
    return true;
  }

  /** False if it was closed already. */
  close(): boolean {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    this.give(connectionClosed);
    return true;
  }
}
