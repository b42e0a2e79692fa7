/**
 * Turns the batches that a Kafka client calls back with into the messages that a subscription takes one at a time. The
 * client offers a batch; its messages are decoded and taken in the order in which batches were offered; an
 * acknowledgement finds its batch by its token. This is the part of {@link PullConnection} that is the same with every
 * client library.
 */
import type { ToolError } from '../../domain/errors.js';
import { EventDecoder } from '../event-codec.js';
import { ItemWaiter } from '../item-waiter.js';
import type { AckToken, BrokerMessage, PullEnd } from '../port.js';
import { UnsettledBatch } from './kafkajs/unsettled-batch.js';

/** A message as client libraries hand it over. */
export interface ClientMessage {
  readonly offset: string | bigint;
  readonly value: Uint8Array | null;
}

export interface HandOverOptions {
  /** True: each message counts as acknowledged when it is taken. */
  readonly settleWhenTaken: boolean;
  /** Whether the partition is assigned to this member now. */
  isOwned(topic: number, partition: number): boolean;
  /** Called for a message that is no event of this tool. It counts as acknowledged. */
  onForeign(topic: number, partition: number, offset: string): void;
}

interface Offered {
  readonly topic: number;
  readonly partition: number;
  readonly messages: readonly ClientMessage[];
  readonly batch: UnsettledBatch;
  /** Index of the next message to be taken. */
  next: number;
}

/** Tokens fit into a signed 32-bit integer. */
const tokensMax = 2 ** 31 - 1;

export class HandOver {
  readonly #options: HandOverOptions;
  readonly #decoder = new EventDecoder();
  readonly #waiter = new ItemWaiter();
  #offered: Offered[] = [];
  /** Batches that are not settled: few, one for each partition that is being handled. */
  #unsettled: UnsettledBatch[] = [];
  #nextToken = 0;

  constructor(options: HandOverOptions) {
    this.#options = options;
  }

  /** Offers a batch of one partition. @returns the batch, whose `settled` resolves once the bus is done with it */
  offer(topic: number, partition: number, messages: readonly ClientMessage[]): UnsettledBatch {
    if (this.#nextToken + messages.length > tokensMax) this.#nextToken = 0;
    const batch = new UnsettledBatch(this.#nextToken, messages.length);
    this.#nextToken += messages.length;
    if (this.#waiter.isClosed) batch.end({ kind: 'closed' });
    else {
      this.#unsettled = [...this.#unsettled.filter(({ isSettled }) => !isSettled), batch];
      this.#offered.push({ topic, partition, messages, batch, next: 0 });
      this.#wake();
    }
    return batch;
  }

  poll(): BrokerMessage | PullEnd | undefined {
    for (let head = this.#offered[0]; head !== undefined; head = this.#offered[0]) {
      const index = head.next++;
      if (head.next >= head.messages.length) this.#offered.shift();
      const message = this.#read(head, index);
      if (message !== undefined) return message;
    }
    return undefined;
  }

  next(): Promise<BrokerMessage | PullEnd> {
    return this.#waiter.next(() => this.poll());
  }

  ack(token: AckToken): void {
    this.#batchOf(token)?.ack(token);
  }

  nak(token: AckToken): void {
    this.#batchOf(token)?.nak(token);
  }

  /** Ends all batches. Messages that were offered can still be taken; then {@link next} rejects with the error. */
  fail(error: ToolError): void {
    if (this.#waiter.fail(error)) this.#endAll();
  }

  close(): void {
    if (this.#waiter.close()) this.#endAll();
  }

  #endAll(): void {
    for (const batch of this.#unsettled) batch.end({ kind: 'closed' });
    this.#unsettled = [];
  }

  #batchOf(token: AckToken): UnsettledBatch | undefined {
    for (const batch of this.#unsettled) {
      const index = token - batch.firstToken;
      if (index >= 0 && index < batch.size) return batch;
    }
    return undefined;
  }

  #read({ topic, partition, messages, batch }: Offered, index: number): BrokerMessage | undefined {
    const { offset, value } = messages[index]!;
    const token = batch.firstToken + index;
    const event = value === null ? null : this.#decoder.decode(value);
    if (event === null) {
      this.#options.onForeign(topic, partition, String(offset));
      batch.ack(token);
      return undefined;
    }
    if (this.#options.settleWhenTaken) batch.ack(token);
    const owned = this.#options.isOwned(topic, partition);
    return { kind: 'message', event, partition, position: Number(offset) + 1, deliveryCount: null, owned, token };
  }

  #wake(): void {
    if (!this.#waiter.isWaiting) return;
    const item = this.poll();
    if (item !== undefined) this.#waiter.give(item);
  }
}
