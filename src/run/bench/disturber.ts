/**
 * Carries out disturbances. It keeps track of the members that are present and chooses whom a disturbance hits; the
 * runtime makes a member join, leave or stall, and the driver disturbs the broker.
 */
import type { BrokerDisturber } from '../../broker/port.js';
import type { Disturbance } from '../../domain/scenario/disturbance.js';
import { serviceIsBack, type NoteDetail } from '../../domain/run-note.js';
import type { SubscriptionSpec } from '../../domain/topology.js';
import { noteOf } from './disturbances.js';

/** The operations of the runtime and the broker that disturbances are made of. */
export interface DisturbanceOperations {
  /** Resolves once all of them are at work. */
  join(members: readonly SubscriptionSpec[]): Promise<void>;
  /** Resolves once the member has left. */
  leave(member: SubscriptionSpec): Promise<void>;
  /** Kills a bus and its subscriptions. Resolves once they have stopped and the loss of their memory is recorded. */
  crash(bus: number): Promise<void>;
  /** Number of events that the buses hold. */
  held(): number;
  /** Gives every bus another number of workers (lanes). */
  resize(workers: number): void;
  stall(member: SubscriptionSpec, forMs: number): void;
  pause(member: SubscriptionSpec, forMs: number): void;
  readonly broker: BrokerDisturber;
  sleep(ms: number): Promise<void>;
  note(detail: NoteDetail<'disturbance'>): void;
}

/** The longest time that a crash waits for a bus to hold an event. */
const idleMaxMs = 1_000;
const idlePollMs = 0.25;

export class Disturber {
  readonly #operations: DisturbanceOperations;
  /** The members that are present, in the order in which they joined. */
  #present: SubscriptionSpec[];
  /** Members that are to join later, in their order. */
  readonly #waiting: SubscriptionSpec[];
  /** Members that replace those of a crashed bus, in their order. */
  #successors: readonly SubscriptionSpec[];
  /** The bus of the first replica, or of its latest successor; null while it is down. */
  #firstBus: number | null = 0;
  #isBrokerDown = false;

  constructor(subscriptions: readonly SubscriptionSpec[], operations: DisturbanceOperations) {
    this.#operations = operations;
    this.#present = subscriptions.filter(({ begins }) => begins === 'at once');
    this.#waiting = subscriptions.filter(({ begins }) => begins === 'later');
    this.#successors = subscriptions.filter(({ begins }) => begins === 'after a crash');
  }

  /** Resolves once the disturbance is over. */
  async perform(disturbance: Disturbance): Promise<void> {
    const { broker } = this.#operations;
    this.#operations.note(noteOf(disturbance));
    switch (disturbance.kind) {
      case 'join':
        return this.#join();
      case 'leave':
      case 'stall':
      case 'pause':
        return this.#disturbFirst(disturbance);
      case 'crash':
        return this.#crash(disturbance.forMs);
      case 'workers':
        this.#operations.resize(disturbance.count);
        return;
      case 'partitions':
        return broker.addPartitions?.(disturbance.count);
      case 'restart':
        return this.#restart(disturbance.downMs);
      case 'refuse':
        await broker.setWritable?.(false);
        await this.#operations.sleep(disturbance.forMs);
        await broker.setWritable?.(true);
        this.#operations.note({ what: 'writes are taken again' });
        return;
    }
  }

  async #restart(downMs: number): Promise<void> {
    const operations = this.#operations;
    if (this.#isBrokerDown) {
      operations.note({ what: 'the broker is down already' });
      return;
    }
    this.#isBrokerDown = true;
    await operations.broker.restart?.(downMs);
    this.#isBrokerDown = false;
    operations.note({ what: 'the broker is back' });
  }

  async #join(): Promise<void> {
    const joiner = this.#waiting.shift();
    if (joiner === undefined) return;
    await this.#operations.join([joiner]);
    this.#present.push(joiner);
  }

  async #crash(forMs: number): Promise<void> {
    const bus = this.#firstBus;
    const next = this.#successors[0]?.bus;
    if (bus === null || next === undefined) {
      this.#operations.note({ what: 'the service is down already' });
      return;
    }
    this.#firstBus = null;
    this.#present = this.#present.filter((member) => member.bus !== bus);
    const successors = this.#successors.filter((member) => member.bus === next);
    this.#successors = this.#successors.filter((member) => member.bus !== next);
    await this.#untilHeld();
    await this.#operations.crash(bus);
    await this.#operations.sleep(forMs);
    await this.#operations.join(successors);
    this.#present.push(...successors);
    this.#firstBus = next;
    this.#operations.note({ what: serviceIsBack });
  }

  /** Waits until a bus holds an event, but not for ever: a crash of a bus without events would have no effect. */
  async #untilHeld(): Promise<void> {
    for (let waitedMs = 0; waitedMs < idleMaxMs && this.#operations.held() === 0; waitedMs += idlePollMs)
      await this.#operations.sleep(idlePollMs);
  }

  async #disturbFirst(disturbance: Extract<Disturbance, { kind: 'leave' | 'stall' | 'pause' }>): Promise<void> {
    const [first] = this.#present;
    if (first === undefined) {
      this.#operations.note({ what: 'no member is there any more' });
      return;
    }
    switch (disturbance.kind) {
      case 'leave':
        this.#present.shift();
        return this.#operations.leave(first);
      case 'stall':
        this.#operations.stall(first, disturbance.forMs);
        return;
      case 'pause':
        this.#operations.pause(first, disturbance.forMs);
        return;
    }
  }
}
