/**
 * A subscription's connection to the simulated JetStream: pull requests go out to its durable, or to the ordered
 * consumer that it makes again behind the last message seen, and what the server delivers comes in at the pace of a
 * client.
 */
import type { DurableSpec, SubscriptionSpec } from '../../../domain/topology.js';
import type { Signal } from '../../../runtime/ports.js';
import { gapDetail, orderedBase, OrderedSequence } from '../../ordered-sequence.js';
import type { AckToken, BrokerMessage, EventMessage, PullConnection, PullEnd } from '../../port.js';
import { clientTable, Latency, wakeUpTable } from '../latency.js';
import type { Link } from '../link.js';
import type { DeliveredMessage, JetStreamModel, StatusCode } from './jetstream-model.js';
import type { PullInbox, SimulatedServer } from './simulated-server.js';

export class SimulatedPull implements PullConnection, PullInbox {
  readonly #server: SimulatedServer;
  readonly #durable: DurableSpec;
  /** null: it is bound to a durable. */
  readonly #ordered: OrderedSequence | null;
  #inbox: string;
  readonly #up: Link;
  readonly #down: Link;
  readonly #clientTime: Latency;
  readonly #wakeUp: Latency;
  readonly #arrived: (BrokerMessage | PullEnd)[] = [];
  #head = 0;
  readonly #arrival: Signal;
  /** Messages that the pull request under way still asks for. */
  #wanted = 0;
  /** Id of the pin that the last message named; null: it named none. */
  #pinId: string | null = null;
  #closed = false;

  constructor(server: SimulatedServer, subscription: SubscriptionSpec, durable: DurableSpec) {
    this.#server = server;
    this.#durable = durable;
    this.#ordered = durable.ordered === undefined ? null : new OrderedSequence(orderedBase(subscription));
    this.#inbox = `_INBOX.${subscription.index}`;
    this.#up = server.link();
    this.#down = server.link();
    this.#clientTime = new Latency(server.options.prng, clientTable);
    this.#wakeUp = new Latency(server.options.prng, wakeUpTable);
    this.#arrival = server.options.scheduler.signal();
    server.attach(this.#inbox, this);
  }

  pull(batch: number, expiresMs: number): void {
    this.#wanted = batch;
    if (this.#ordered?.isThere === false) this.#makeConsumer(this.#ordered);
    const name = this.#ordered?.name ?? this.#durable.name;
    const inbox = this.#inbox;
    const pinId = this.#pinId;
    this.#request((model, nowMs) => {
      model.pull(nowMs, name, { inbox, batch, expiresMs, noWait: false, pinId });
    });
  }

  /**
   * Creates the ordered consumer anew, with an inbox of its own; messages of the old one that still come are ignored.
   */
  #makeConsumer(ordered: OrderedSequence): void {
    const old = ordered.name;
    const { name, startSequence } = ordered.begin();
    const { inactiveMs } = this.#durable.ordered!;
    this.#server.detach(this.#inbox);
    this.#inbox = `_INBOX.${name}`;
    this.#server.attach(this.#inbox, this);
    this.#request((model, nowMs) => {
      model.deleteDurable(old);
      model.createDurable({ ...this.#durable, name, ackPolicy: 'none', startSequence, inactiveMs }, nowMs);
    });
  }

  poll(): BrokerMessage | PullEnd | undefined {
    return undefined;
  }

  async next(): Promise<BrokerMessage | PullEnd> {
    if (this.#head === this.#arrived.length) {
      await this.#arrival.wait();
      await this.#server.options.time.sleep(this.#wakeUp.draw());
    }
    const item = this.#arrived[this.#head]!;
    this.#head++;
    if (this.#head === this.#arrived.length) {
      this.#arrived.length = 0;
      this.#head = 0;
    }
    if (item.kind === 'message') await this.#server.options.time.sleep(this.#clientTime.draw());
    return item;
  }

  ack(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.ack(nowMs, this.#durable.name, token);
    });
  }

  nak(token: AckToken, delayMs?: number): void {
    this.#settle((model, nowMs) => {
      model.nak(nowMs, this.#durable.name, token, delayMs);
    });
  }

  term(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.term(nowMs, this.#durable.name, token);
    });
  }

  inProgress(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.inProgress(nowMs, this.#durable.name, token);
    });
  }

  close(): Promise<void> {
    this.#server.detach(this.#inbox);
    this.#hand({ kind: 'end', status: 'closed', detail: 'the connection was closed' });
    this.#closed = true;
    return Promise.resolve();
  }

  /**
   * Takes a message from the server. The client counts a request's messages, and so knows by itself when it is full.
   */
  send(consumer: string, message: DeliveredMessage<EventMessage>): void {
    this.#down.send(() => {
      const { consumerSequence, streamSequence } = message;
      const what = this.#ordered?.accept(consumer, consumerSequence, streamSequence) ?? 'next';
      if (what === 'gap') this.#hand({ kind: 'end', status: 'conflict', detail: gapDetail });
      if (what !== 'next') return;
      this.#pinId = message.pinId;
      this.#hand({
        kind: 'message',
        event: message.payload,
        partition: 0,
        position: message.streamSequence,
        deliveryCount: message.deliveryCount,
        token: message.streamSequence,
      });
      this.#wanted--;
      if (this.#wanted === 0) this.#hand({ kind: 'end', status: 'complete', detail: 'the batch is complete' });
    });
  }

  sendStatus(inbox: string, code: StatusCode, description: string): void {
    const status = ({ 404: 'empty', 408: 'expired', 409: 'conflict', 423: 'conflict', 503: 'conflict' } as const)[code];
    this.#down.send(() => {
      if (inbox !== this.#inbox) return;
      if (code === 423) this.#pinId = null;
      if (status === 'conflict') this.#ordered?.end();
      this.#hand({ kind: 'end', status, detail: `${code} ${description}` });
    });
  }

  /** Sends an answer to a message; an ordered consumer sends none. */
  #settle(settle: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    if (this.#ordered === null) this.#request(settle);
  }

  #request(take: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    this.#up.send(() => {
      this.#server.serve(take);
    });
  }

  #hand(item: BrokerMessage | PullEnd): void {
    if (this.#closed) return;
    this.#arrived.push(item);
    this.#arrival.notifyOne();
  }
}
