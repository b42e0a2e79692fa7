/**
 * Keeps the fetches that wait for records. A fetch that finds none waits at the broker until a record is appended to
 * one of its partitions, or its time is over (`minBytes` is 1, as with kafkajs).
 */
import { LazyTimer, type Moments } from './client/timer.js';

export interface FetchedPartition<T> {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the first record. */
  readonly baseOffset: number;
  readonly records: readonly T[];
}

export interface FetchRequest {
  readonly maxWaitMs: number;
  readonly partitions: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
}

interface FetchWait {
  readonly request: FetchRequest;
  readonly answer: () => void;
  readonly timer: LazyTimer;
}

export class FetchWaits {
  readonly #time: Moments;
  /** Waiting fetches by client: a client has one fetch outstanding. */
  readonly #waits = new Map<number, FetchWait>();
  readonly #timers = new Map<number, LazyTimer>();

  constructor(time: Moments) {
    this.#time = time;
  }

  /** @param answer called once, when something was appended or the time is over */
  add(client: number, request: FetchRequest, answer: () => void): void {
    let timer = this.#timers.get(client);
    if (timer === undefined) {
      timer = new LazyTimer(this.#time, () => this.#end(client));
      this.#timers.set(client, timer);
    }
    this.#waits.set(client, { request, answer, timer });
    timer.set(this.#time.nowMs() + request.maxWaitMs);
  }

  appended(topic: string, partition: number): void {
    for (const [client, { request }] of this.#waits) {
      if (request.partitions.some((wanted) => wanted.topic === topic && wanted.partition === partition))
        this.#end(client);
    }
  }

  /** Drops all waiting fetches without an answer. */
  clear(): void {
    for (const { timer } of this.#waits.values()) timer.clear();
    this.#waits.clear();
  }

  #end(client: number): void {
    const wait = this.#waits.get(client);
    if (wait === undefined) return;
    this.#waits.delete(client);
    wait.timer.clear();
    wait.answer();
  }
}
