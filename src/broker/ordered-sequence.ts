/**
 * Checks that each message of an ordered consumer is the next one. Such a consumer knows no acks; its client makes sure
 * of order and completeness by the consumer sequence, which rises by one from message to message. If one is missing,
 * the client makes a new consumer behind the last message that it has seen. What still comes of the old one is not
 * looked at.
 */
import type { JetStreamTopology, SubscriptionSpec } from '../domain/topology.js';
import type { DeliveredCounts, DurableState } from './port.js';

/** What the names of an ordered consumer begin with: a successor takes none that the dead may have left on the server. */
export function orderedBase({ durable, begins, index }: SubscriptionSpec): string {
  return begins === 'after a crash' ? `${durable}_${index}` : durable;
}

/** How the end of a pull request says it. */
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

  /** How many consumers have been made. */
  get made(): number {
    return this.#consumers;
  }

  /** False until the first consumer is made, and whenever the last one is of no use any more. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** A new consumer is to be made. @returns its name, and the stream sequence from which it is to deliver */
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

  /** What to make of a message. After a `gap` the consumer is of no use any more. */
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
 * How far is an ordered consumer? The server holds it for delivered what is still on its way, so what was delivered is
 * counted where it arrives.
 * @param storedOn messages in the stream, by topic
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
