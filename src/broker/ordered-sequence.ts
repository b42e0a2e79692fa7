/**
 * Checks that each message of an ordered consumer is the next one. Such a consumer knows no acks; its client makes sure
 * of order and completeness by the consumer sequence, which rises by one from message to message. If one is missing,
 * the client makes a new consumer that begins behind the last message seen. Messages that still come from the old one
 * are ignored.
 */
import type { JetStreamTopology, SubscriptionSpec } from '../domain/topology.js';
import type { DeliveredCounts, DurableState } from './port.js';

/**
 * What the names of a subscription's ordered consumers begin with. A successor after a crash has a base of its own,
 * since consumers of the crashed service may still be on the server.
 */
export function orderedBase({ durable, begins, index }: SubscriptionSpec): string {
  return begins === 'after a crash' ? `${durable}_${index}` : durable;
}

/** The detail with which a pull request ends when a message is missing. */
export const gapDetail = 'a message is missing: the ordered consumer is made again behind the last one seen';

export class OrderedSequence {
  readonly #base: string;
  #consumers = 0;
  #isThere = false;
  #nextConsumerSequence = 1;
  #lastStreamSequence = 0;

  /** @param base what the names of its consumers begin with */
  constructor(base: string) {
    this.#base = base;
  }

  /** Name of the consumer that was made last. */
  get name(): string {
    return `${this.#base}_${this.#consumers}`;
  }

  /** How many consumers have been begun. */
  get made(): number {
    return this.#consumers;
  }

  /** Whether there is a consumer to pull from: false before the first, and once the last one was ended. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** Begins a new consumer. @returns its name, and the stream sequence from which it is to deliver */
  begin(): { readonly name: string; readonly startSequence: number } {
    this.#consumers++;
    this.#isThere = true;
    this.#nextConsumerSequence = 1;
    return { name: this.name, startSequence: this.#lastStreamSequence + 1 };
  }

  /** The consumer is of no use any more: deleted, or a message of it was lost. */
  end(): void {
    this.#isThere = false;
  }

  /** Checks a message by its consumer and sequences. A `gap` ends the consumer. */
  accept(consumer: string, consumerSequence: number, streamSequence: number): 'next' | 'gap' | 'of an old consumer' {
    if (!this.#isThere || consumer !== this.name) return 'of an old consumer';
    if (consumerSequence !== this.#nextConsumerSequence) {
      this.end();
      return 'gap';
    }
    this.#nextConsumerSequence++;
    this.#lastStreamSequence = streamSequence;
    return 'next';
  }
}

/**
 * Tells how far an ordered consumer is. The server counts messages as delivered that are still on their way, so
 * deliveries are counted where they arrive.
 * @param storedOn number of messages in the stream, by topic
 */
export function orderedState(
  { subscriptions }: JetStreamTopology,
  name: string,
  storedOn: (topic: number) => number,
  delivered: DeliveredCounts,
): DurableState {
  const topics = subscriptions.find(({ durable }) => durable === name)!.ownsTopics;
  const pending = topics.reduce((sum, topic) => sum + storedOn(topic) - delivered.count(topic), 0);
  return { name, pending: Math.max(0, pending), ackPending: 0 };
}
