/**
 * Publishes events fast, with every acknowledgement checked. All acknowledgements come to one inbox, by a wildcard
 * subscription; each publish has a number of its own as the last token of its reply subject. So no message needs a
 * subscription, timer or header of its own. Publishes of one connection are stored in the order in which they were
 * made.
 *
 * A publish may fail alone. Every further one would fail too, so that the run is to end, if the server has no room left
 * for events, or if it answers nothing: neither a publish nor one that was sent after the first had timed out.
 */
import { createInbox, headers } from 'nats';
import type { Msg, MsgHdrs } from 'nats';
import { BrokerError } from '../../domain/errors.js';
import type { MessageIdPolicy } from '../../domain/topology.js';
import { messageIdOf } from '../produce/message-id.js';
import type { EventMessage, PublishAck, PublisherConnection } from '../port.js';
import { PublishFailure } from '../port.js';
import { messageOf } from './connecting/connect-errors.js';
import type { NatsLink } from './connecting/connect.js';
import { encodeEvent } from '../event-codec.js';
import { readPublishAnswer } from './publish-ack.js';

export interface NatsPublisherOptions {
  /** Subject of an event. */
  readonly subjectOf: (topic: number, aggregate: number, aggregateId: string) => string;
  readonly messageId: MessageIdPolicy;
  /** How long an acknowledgement may take. */
  readonly timeoutMs: number;
}

interface Outstanding {
  readonly event: EventMessage;
  readonly resolve: (ack: PublishAck) => void;
  readonly reject: (error: Error) => void;
  /** When the publish fails for want of an answer, by performance.now(). */
  deadlineMs: number;
}

/** How often outstanding publishes are looked through for overdue ones. */
const sweepEveryMs = 100;

export class NatsPublisher implements PublisherConnection {
  readonly #link: NatsLink;
  readonly #options: NatsPublisherOptions;
  readonly #replyPrefix: string;
  /** By number, and so in the order of their deadlines. */
  readonly #outstanding = new Map<number, Outstanding>();
  /** Publishes made while the connection was down; they are sent when it is back. */
  #waiting: Outstanding[] = [];
  #lastNumber = 0;
  /** The number of the last publish before the server fell silent; null while it answers. */
  #silentFrom: number | null = null;
  #sweep: NodeJS.Timeout | undefined;
  #failure: BrokerError | null = null;

  constructor(link: NatsLink, options: NatsPublisherOptions) {
    this.#link = link;
    this.#options = options;
    const inbox = createInbox();
    this.#replyPrefix = `${inbox}.`;
    link.client.subscribe(`${inbox}.*`, {
      // An error is a refused permission, which the link reports as well; then there is no message.
      callback: (error, message) => {
        if (error === null) this.#onAnswer(message);
      },
    });
    link.listen({
      disconnected: () => this.#onDisconnect(),
      reconnected: () => this.#sendWaiting(),
      lost: (error) => this.#fail(error),
      forbidden: (error) => this.#fail(error),
    });
  }

  publish(event: EventMessage): Promise<PublishAck> {
    return new Promise((resolve, reject) => {
      const outstanding = { event, resolve, reject, deadlineMs: 0 };
      if (this.#failure !== null) reject(this.#failure);
      else if (this.#link.isConnected) this.#send(outstanding);
      else this.#waiting.push(outstanding);
    });
  }

  async close(): Promise<void> {
    this.#failure ??= new BrokerError('the publisher was closed', 'publish before closing it');
    this.#settleAll(() => new PublishFailure('the publisher was closed before the server answered'));
    await this.#link.close();
  }

  #send(outstanding: Outstanding): void {
    const number = ++this.#lastNumber;
    const { event } = outstanding;
    outstanding.deadlineMs = performance.now() + this.#options.timeoutMs;
    this.#outstanding.set(number, outstanding);
    this.#sweep ??= setTimeout(() => this.#sweepOverdue(), sweepEveryMs);
    try {
      const subject = this.#options.subjectOf(event.topic, event.aggregate, event.aggregateId);
      // From Node's buffer pool: a string would get memory of its own for each message, a fifth of the cost.
      const payload = Buffer.from(encodeEvent(event));
      const reply = this.#replyPrefix + String(number);
      const id = messageIdOf(this.#options.messageId, event);
      this.#link.client.publish(subject, payload, id === undefined ? { reply } : { reply, headers: withMessageId(id) });
    } catch (error) {
      this.#outstanding.delete(number);
      outstanding.reject(new PublishFailure(`the event could not be sent: ${messageOf(error)}`));
    }
  }

  /** Must not throw: the client's reader would stop. */
  #onAnswer(message: Msg): void {
    this.#silentFrom = null;
    const number = Number(message.subject.slice(this.#replyPrefix.length));
    const outstanding = this.#outstanding.get(number);
    if (outstanding === undefined) return;
    this.#outstanding.delete(number);
    const payload = message.data;
    if (payload.length === 0) {
      const status = message.headers?.code;
      outstanding.reject(new PublishFailure(status === 503 ? 'no stream takes this subject' : 'the answer is empty'));
      return;
    }
    const answer = readPublishAnswer(payload);
    if (answer.kind === 'stored') outstanding.resolve(answer.ack);
    else if (answer.isFull === true) {
      const error = this.#link.fullError(answer.reason);
      outstanding.reject(error);
      this.#fail(error);
    } else outstanding.reject(new PublishFailure(`the server refused the event: ${answer.reason}`));
  }

  #sweepOverdue(): void {
    const nowMs = performance.now();
    for (const [number, outstanding] of this.#outstanding) {
      if (outstanding.deadlineMs > nowMs) break;
      this.#outstanding.delete(number);
      const seconds = this.#options.timeoutMs / 1000;
      outstanding.reject(new PublishFailure(`no answer within ${seconds} s; whether it was stored is not known`));
      this.#silentFrom ??= this.#lastNumber;
      // It was sent after the server had left others without an answer, and there was none since.
      if (number > this.#silentFrom) return this.#fail(this.#link.silentError(2 * seconds));
    }
    this.#sweep = this.#outstanding.size === 0 ? undefined : setTimeout(() => this.#sweepOverdue(), sweepEveryMs);
  }

  #onDisconnect(): void {
    const outstanding = [...this.#outstanding.values()];
    this.#outstanding.clear();
    for (const { reject } of outstanding) {
      reject(new PublishFailure('the connection broke before the server answered; whether it was stored is not known'));
    }
  }

  #sendWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#silentFrom = null;
    for (const outstanding of waiting) this.#send(outstanding);
  }

  #fail(error: BrokerError): void {
    this.#failure ??= error;
    this.#settleAll(() => error);
  }

  #settleAll(error: () => Error): void {
    clearTimeout(this.#sweep);
    this.#sweep = undefined;
    const unsettled = [...this.#outstanding.values(), ...this.#waiting];
    this.#outstanding.clear();
    this.#waiting = [];
    for (const { reject } of unsettled) reject(error());
  }
}

function withMessageId(id: string): MsgHdrs {
  const made = headers();
  made.set('Nats-Msg-Id', id);
  return made;
}
