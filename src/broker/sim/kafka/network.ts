/**
 * Carries requests to the simulated broker and answers back, over a connection with one link each way, in the order
 * sent. When the broker dies every connection breaks: what was under way is lost in either direction, so a client does
 * not know whether the broker had taken its request. Then it dials again, waiting longer from attempt to attempt.
 */
import type { Prng, VirtualTime } from '../../../runtime/ports.js';
import { KafkaFailure, Refusal } from './errors.js';
import type { KafkaModel } from './kafka-model.js';
import { Backoff, type BackoffSettings } from './client/retry.js';
import { kafkaServiceTable, Latency, networkTable } from '../latency.js';
import { Link } from '../link.js';

/** The clock of a client, by which all of its waits go: while the client stands still none of them ends. */
export interface ClientTime {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Returns at once unless the client stands still, else when it goes on. */
  awake(): Promise<void>;
}

export class SimulatedBroker<T> {
  readonly model: KafkaModel<T>;
  readonly time: VirtualTime;
  readonly prng: Prng;
  readonly #connections = new Set<KafkaConnection<T>>();
  #isUp = true;

  /** @param prng draws latencies */
  constructor(time: VirtualTime, prng: Prng, model: KafkaModel<T>) {
    this.time = time;
    this.prng = prng;
    this.model = model;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  attach(connection: KafkaConnection<T>): void {
    this.#connections.add(connection);
  }

  detach(connection: KafkaConnection<T>): void {
    this.#connections.delete(connection);
  }

  crash(): void {
    this.#isUp = false;
    this.model.crash();
    for (const connection of this.#connections) connection.broken();
  }

  recover(): void {
    this.#isUp = true;
    this.model.recover();
  }
}

export interface ConnectionOptions {
  readonly time: ClientTime;
  /** Waits between attempts to dial a broker that is down. */
  readonly dialing: BackoffSettings;
  /** Draws how long a client waits before it tries again. */
  readonly prng: Prng;
  readonly onDisconnect?: () => void;
  readonly onReconnect?: () => void;
}

/** Serves one request at the broker; `answer` may be called at once, or later, or never. */
export type Serve<T, A> = (model: KafkaModel<T>, answer: (answer: A | Refusal) => void) => void;

export class KafkaConnection<T> {
  readonly #broker: SimulatedBroker<T>;
  readonly #options: ConnectionOptions;
  readonly #underWay = new Set<(failure: KafkaFailure) => void>();
  #up: Link;
  #down: Link;
  #isOpen = true;
  #isClosed = false;

  constructor(broker: SimulatedBroker<T>, options: ConnectionOptions) {
    this.#broker = broker;
    this.#options = options;
    this.#up = this.#linkToBroker();
    this.#down = this.#link();
    broker.attach(this);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @throws {KafkaFailure} if the broker refuses, or the connection breaks or cannot be made */
  async request<A>(serve: Serve<T, A>): Promise<A> {
    if (!this.#isOpen) await this.#dial();
    const answer = await this.#broker.time.completion<A | Refusal | KafkaFailure>((complete) => {
      this.call(serve, complete);
    });
    await this.#options.time.awake();
    if (answer instanceof KafkaFailure) throw answer;
    if (answer instanceof Refusal) throw new KafkaFailure(answer.code, answer.memberId);
    return answer;
  }

  /** Sends a request to which no answer comes. */
  tell(serve: (model: KafkaModel<T>) => void): void {
    if (!this.#isOpen) return;
    const up = this.#up;
    up.send(() => {
      if (this.#up === up && this.#broker.isUp) serve(this.#broker.model);
    });
  }

  /** The broker died. */
  broken(): void {
    if (this.#isOpen) this.#options.onDisconnect?.();
    this.#isOpen = false;
    this.#up = this.#linkToBroker();
    this.#down = this.#link();
    for (const fail of this.#underWay) fail(new KafkaFailure('CONNECTION_CLOSED'));
    this.#underWay.clear();
  }

  /** Requests under way fail, and so does every further one. */
  close(): void {
    this.#isClosed = true;
    this.#broker.detach(this);
    for (const fail of this.#underWay) fail(new KafkaFailure('CLIENT_CLOSED'));
    this.#underWay.clear();
  }

  /** As {@link request}, but with a callback, for a caller that is no task. The connection must be open. */
  call<A>(serve: Serve<T, A>, end: (answer: A | Refusal | KafkaFailure) => void): void {
    if (this.#isClosed || !this.#isOpen) {
      end(new KafkaFailure(this.#isClosed ? 'CLIENT_CLOSED' : 'CONNECTION_CLOSED'));
      return;
    }
    let isOver = false;
    const once = (answer: A | Refusal | KafkaFailure): void => {
      if (isOver) return;
      isOver = true;
      this.#underWay.delete(once);
      end(answer);
    };
    this.#underWay.add(once);
    this.#up.send(() => {
      if (isOver) return;
      serve(this.#broker.model, (answer) => {
        if (!isOver) this.#down.send(() => once(answer));
      });
    });
  }

  /** @throws {KafkaFailure} after the last attempt */
  async #dial(): Promise<void> {
    const { time, dialing, prng, onReconnect } = this.#options;
    const backoff = new Backoff(dialing, prng);
    while (!this.#broker.isUp && !this.#isClosed) {
      const waitMs = backoff.nextMs();
      if (waitMs === null) throw new KafkaFailure('CONNECTION_REFUSED');
      await time.sleep(waitMs);
    }
    if (this.#isOpen) return;
    this.#isOpen = true;
    onReconnect?.();
  }

  /** A broker serves the requests of one connection one after the other. */
  #linkToBroker(): Link {
    const { time, prng } = this.#broker;
    return new Link(time, new Latency(prng, networkTable), new Latency(prng, kafkaServiceTable));
  }

  #link(): Link {
    return new Link(this.#broker.time, new Latency(this.#broker.prng, networkTable));
  }
}
