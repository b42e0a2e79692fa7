/**
 * The simulated JetStream server: the model with a clock of its own, which is advanced whenever one of its deadlines
 * has come, and the inboxes to which it delivers.
 */
import type { Prng, Scheduler, VirtualTime } from '../../../runtime/ports.js';
import type { EventMessage } from '../../port.js';
import { Latency, networkTable } from '../latency.js';
import { Link } from '../link.js';
import { JetStreamModel, type DeliveredMessage, type ModelOutput, type StatusCode } from './jetstream-model.js';

export interface SimulatedJetStreamOptions {
  readonly time: VirtualTime;
  readonly scheduler: Scheduler;
  /** Draws latencies. */
  readonly prng: Prng;
  /** Version of this tool: the simulator's own. */
  readonly toolVersion: string;
  /** Called when the broker gives a message up after max_deliver deliveries. */
  readonly onGivenUp?: (streamSequence: number) => void;
}

/** Receives the answers to pull requests. */
export interface PullInbox {
  send(consumer: string, message: DeliveredMessage<EventMessage>): void;
  sendStatus(inbox: string, code: StatusCode, description: string): void;
}

export class SimulatedServer implements ModelOutput<EventMessage> {
  readonly model: JetStreamModel<EventMessage>;
  readonly options: SimulatedJetStreamOptions;
  readonly #pulls = new Map<string, PullInbox>();
  #wakeAtMs = Infinity;

  constructor(options: SimulatedJetStreamOptions) {
    this.options = options;
    this.model = new JetStreamModel<EventMessage>(this);
  }

  link(): Link {
    return new Link(this.options.time, new Latency(this.options.prng, networkTable));
  }

  /** Lets a request that has arrived take effect. */
  serve(request: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    request(this.model, this.options.time.nowMs());
    this.#arm();
  }

  attach(inbox: string, pull: PullInbox): void {
    this.#pulls.set(inbox, pull);
  }

  detach(inbox: string): void {
    this.#pulls.delete(inbox);
    this.model.dropInterest(inbox);
  }

  deliver(inbox: string, durable: string, message: DeliveredMessage<EventMessage>): void {
    this.#pulls.get(inbox)?.send(durable, message);
  }

  status(inbox: string, code: StatusCode, description: string): void {
    this.#pulls.get(inbox)?.sendStatus(inbox, code, description);
  }

  advisory(_kind: 'max-deliver', _durable: string, streamSequence: number): void {
    this.options.onGivenUp?.(streamSequence);
  }

  #arm(): void {
    const deadlineMs = this.model.nextDeadlineMs();
    if (deadlineMs === null || deadlineMs >= this.#wakeAtMs) return;
    this.#wakeAtMs = deadlineMs;
    this.options.time.at(deadlineMs, () => {
      if (this.#wakeAtMs === deadlineMs) this.#wakeAtMs = Infinity;
      this.model.advance(this.options.time.nowMs());
      this.#arm();
    });
  }
}
