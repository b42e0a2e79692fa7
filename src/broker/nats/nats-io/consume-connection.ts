/**
 * The connection of a subscription that consumes as an application with @nats-io/jetstream does: by the client's own
 * `consume()`, which keeps pull requests open, fetches ahead, and asks for more once three quarters of what it asked for
 * have come. Messages are taken from its iterator one at a time, the next once the one before was taken from here, so
 * what waits, waits in the client. They are answered by the client's own calls.
 *
 * There are no pull requests to be seen from here: `pull` begins to consume the first time, and does nothing later. An
 * `end` comes when the client says that a request was refused or that its durable is gone, and when this is closed.
 */
import type { Consumer, ConsumerMessages, ConsumerNotification, JsMsg } from '@nats-io/jetstream';
import { BrokerError } from '../../../domain/errors.js';
import { EventDecoder } from '../../event-codec.js';
import { ItemWaiter } from '../../item-waiter.js';
import type { AckToken, BrokerMessage, PullConnection, PullEnd } from '../../port.js';
import { AckTable } from '../ack-table.js';
import { messageOf } from '../connecting/connect-errors.js';
import type { OnNatsNote } from '../notes.js';
import type { NatsIoLink } from './client.js';

export interface ConsumeOptions {
  /** Name of the subscription, for notes. */
  readonly subscription: string;
  readonly onNote: OnNatsNote;
}

/** The client refuses a request that expires sooner. */
const expiresLeastMs = 1_000;

export class ConsumeConnection implements PullConnection {
  readonly #link: NatsIoLink;
  readonly #consumer: Consumer;
  readonly #options: ConsumeOptions;
  readonly #unsettled = new AckTable<JsMsg>();
  readonly #decoder = new EventDecoder();
  readonly #waiter = new ItemWaiter();
  /** What has come and was not taken yet: at most one message, and ends. */
  readonly #incoming: (BrokerMessage | PullEnd)[] = [];
  #hasBegun = false;
  #messages: ConsumerMessages | null = null;
  /** Resumes the taking of messages, once the last one was taken from here. */
  #resume: (() => void) | null = null;

  constructor(link: NatsIoLink, consumer: Consumer, options: ConsumeOptions) {
    this.#link = link;
    this.#consumer = consumer;
    this.#options = options;
    const { subscription, onNote } = options;
    link.listen({
      disconnected: () => onNote('disconnect', { subscription }),
      reconnected: () => onNote('reconnect', { subscription }),
      lost: (error) => this.#fail(error),
      forbidden: (error) => this.#fail(error),
    });
  }

  pull(batch: number, expiresMs: number): void {
    if (this.#hasBegun || this.#waiter.isClosed) return;
    this.#hasBegun = true;
    this.#consume(batch, Math.max(expiresLeastMs, expiresMs)).catch((error: unknown) =>
      this.#fail(
        new BrokerError(
          `${this.#link.where} ended the consuming of ${this.#options.subscription}: ${messageOf(error)}`,
          'look into the log of the server, or use --nats-client nats',
          { cause: error },
        ),
      ),
    );
  }

  poll(): BrokerMessage | PullEnd | undefined {
    const item = this.#incoming.shift();
    if (item !== undefined) this.#taken();
    return item;
  }

  next(): Promise<BrokerMessage | PullEnd> {
    return this.#waiter.next(() => this.poll());
  }

  ack(token: AckToken): void {
    this.#answer(this.#unsettled.settle(token), (message) => message.ack());
  }

  nak(token: AckToken, delayMs?: number): void {
    this.#answer(this.#unsettled.settle(token), (message) => message.nak(delayMs));
  }

  term(token: AckToken): void {
    this.#answer(this.#unsettled.settle(token), (message) => message.term());
  }

  inProgress(token: AckToken): void {
    this.#answer(this.#unsettled.get(token), (message) => message.working());
  }

  async close(): Promise<void> {
    if (!this.#waiter.close()) return;
    this.#taken();
    // It may wait for a server that is gone; the connection is closed in any case.
    void this.#messages?.close().catch(() => undefined);
    await this.#link.close();
  }

  /** An answer that cannot be sent leads to a redelivery, as with any client. */
  #answer(message: JsMsg | undefined, send: (message: JsMsg) => void): void {
    if (message === undefined || this.#link.client.isClosed()) return;
    send(message);
  }

  async #consume(batch: number, expiresMs: number): Promise<void> {
    const messages = await this.#consumer.consume({ max_messages: batch, expires: expiresMs });
    this.#messages = messages;
    void this.#watch(messages);
    for await (const message of messages) {
      if (this.#waiter.isClosed) return;
      const item = this.#read(message);
      if (item === null) continue;
      this.#push(item);
      if (this.#incoming.length > 0) await new Promise<void>((resolve) => (this.#resume = resolve));
    }
    if (!this.#waiter.isOver) throw new Error('the client stopped without an error');
  }

  /** null: it is no event of this tool, which somebody else has published; it is terminated, and noted. */
  #read(message: JsMsg): BrokerMessage | null {
    const event = this.#decoder.decode(message.data);
    if (event === null) {
      message.term();
      const { subscription, onNote } = this.#options;
      onNote('foreign-message', { subscription, subject: message.subject });
      return null;
    }
    const { streamSequence, deliveryCount } = message.info;
    const token = this.#unsettled.add(message);
    return { kind: 'message', event, partition: 0, position: streamSequence, deliveryCount, token };
  }

  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const notification of messages.status()) {
      const detail = refusalIn(notification);
      if (detail !== null) this.#push({ kind: 'end', status: 'conflict', detail });
    }
  }

  #push(item: BrokerMessage | PullEnd): void {
    if (!this.#waiter.give(item)) this.#incoming.push(item);
  }

  #taken(): void {
    this.#resume?.();
    this.#resume = null;
  }

  #fail(error: BrokerError): void {
    this.#waiter.fail(error);
  }
}

/** What a server refused, in its words; null: it refused nothing. */
function refusalIn(notification: ConsumerNotification): string | null {
  switch (notification.type) {
    case 'exceeded_limits':
      return `${notification.code} ${notification.description}`;
    case 'consumer_not_found':
    case 'stream_not_found':
    case 'no_responders':
      return 'nobody serves the durable';
    case 'consumer_deleted':
      return `${notification.code} ${notification.description}`;
    default:
      return null;
  }
}
