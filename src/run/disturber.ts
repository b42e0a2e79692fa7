/**
 * How is a run disturbed? Who is a member at the moment is known here, and what each disturbance means; how a member
 * joins, leaves or stands still is the runtime's, what is done to the broker the driver's.
 */
import type { BrokerDisturber } from '../broker/port.js';
import type { Disturbance } from '../domain/disturbance.js';
import type { RunNote } from '../domain/observation.js';
import type { SubscriptionSpec } from '../domain/topology.js';
import { noteOf } from './disturbances.js';

/** What a runtime can do to its own members, and to its broker. */
export interface DisturbanceHands {
  /** Resolves once the member is at work. */
  join(member: SubscriptionSpec): Promise<void>;
  /** Resolves once the member has left. */
  leave(member: SubscriptionSpec): Promise<void>;
  stall(member: SubscriptionSpec, forMs: number): void;
  pause(member: SubscriptionSpec, forMs: number): void;
  readonly broker: BrokerDisturber;
  sleep(ms: number): Promise<void>;
  note(detail: RunNote['detail']): void;
}

export class Disturber {
  readonly #hands: DisturbanceHands;
  /** Members, those that have been there longest first. */
  readonly #present: SubscriptionSpec[];
  /** Those that join later, in their order. */
  readonly #waiting: SubscriptionSpec[];

  constructor(subscriptions: readonly SubscriptionSpec[], hands: DisturbanceHands) {
    this.#hands = hands;
    this.#present = subscriptions.filter(({ begins }) => begins === 'at once');
    this.#waiting = subscriptions.filter(({ begins }) => begins === 'later');
  }

  /** Resolves once the disturbance is over. */
  async perform(disturbance: Disturbance): Promise<void> {
    const { broker } = this.#hands;
    this.#hands.note(noteOf(disturbance));
    switch (disturbance.kind) {
      case 'join':
        return this.#join();
      case 'leave':
      case 'stall':
      case 'pause':
        return this.#disturbFirst(disturbance);
      case 'partitions':
        return broker.addPartitions?.(disturbance.count);
      case 'restart':
        await broker.restart?.(disturbance.downMs);
        this.#hands.note({ what: 'the broker is back' });
        return;
      case 'refuse':
        await broker.setWritable?.(false);
        await this.#hands.sleep(disturbance.forMs);
        await broker.setWritable?.(true);
        this.#hands.note({ what: 'writes are taken again' });
        return;
    }
  }

  async #join(): Promise<void> {
    const joiner = this.#waiting.shift();
    if (joiner === undefined) return;
    await this.#hands.join(joiner);
    this.#present.push(joiner);
  }

  async #disturbFirst(disturbance: Extract<Disturbance, { kind: 'leave' | 'stall' | 'pause' }>): Promise<void> {
    const [first] = this.#present;
    if (first === undefined) {
      this.#hands.note({ what: 'no member is there any more' });
      return;
    }
    switch (disturbance.kind) {
      case 'leave':
        this.#present.shift();
        return this.#hands.leave(first);
      case 'stall':
        this.#hands.stall(first, disturbance.forMs);
        return;
      case 'pause':
        this.#hands.pause(first, disturbance.forMs);
        return;
    }
  }
}
