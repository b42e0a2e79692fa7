/**
 * Gathers what is true of a record as a whole, as its lines are observed: which fields every line of a kind has, whether
 * a subscription is of one process and of one topic, whether lanes are chosen by aggregate. It hands on what it observes.
 */
import type { Acknowledgement, Attempt, Delivery, Observation, ObservationSink } from '../../domain/observation.js';
import { fieldIndex, recordEvents, recordFields, type RecordEvent } from '../../domain/record/record-fields.js';
import type { RecordFacts } from '../../domain/record/record-observed.js';
import type { Fields } from '../fields.js';
import { NameTable } from '../names/name-table.js';
import { Trails } from './trails.js';

/** Of a subscription: it has been seen with several. */
const several = -2;

type Gathered = Pick<
  RecordFacts,
  | 'fieldsOf'
  | 'unpublished'
  | 'starts'
  | 'inSeveralProcesses'
  | 'ofSeveralTopics'
  | 'subscriptions'
  | 'lanes'
  | 'highestPartition'
  | 'acks'
>;

export class RecordFactsSink implements ObservationSink {
  readonly #next: ObservationSink;
  readonly #processes = new NameTable();
  /** The fields that all lines so far have, by what they say happened: a bit for each. */
  readonly #masks = new Map<RecordEvent, number>();
  /** By subscription. */
  readonly #processOf: number[] = [];
  readonly #topicOf: number[] = [];
  readonly #lanes = new Trails();
  readonly #subscriptions = new Trails();
  readonly #processTrails = new Trails();
  readonly #publishers = new Trails();
  readonly #started = new WeakSet<Delivery>();
  readonly #acked = new WeakSet<Delivery>();
  readonly #acks = { beforeStart: 0, afterStart: 0 };
  /** -1: the line does not say. */
  #process = -1;
  #starts = 0;
  #unpublished = 0;
  #highestPartition = -1;
  /** Starts of which no deliver line was seen. */
  startsApart = 0;

  constructor(next: ObservationSink) {
    this.#next = next;
  }

  /** What is observed next comes from this line. */
  meet(event: RecordEvent, fields: Fields): void {
    this.#masks.set(event, (this.#masks.get(event) ?? ~0) & fields.mask);
    const { process } = fieldIndex;
    this.#process = fields.has(process)
      ? this.#processes.number(fields.bytes[process]!, fields.from[process]!, fields.to[process]!)
      : -1;
  }

  observe(observation: Observation): void {
    const { kind, record } = observation;
    if (kind === 'publish') this.#publishers.went(record, 0, record.publisher);
    if (kind === 'publish-result') this.#highestPartition = Math.max(this.#highestPartition, record.partition);
    if (kind === 'deliver') this.#deliver(record);
    if (kind === 'start') this.#start(record);
    if (kind === 'ack') this.#ack(record);
    this.#next.observe(observation);
  }

  /** Starts in the process that had the aggregate's event before the last one, where another process had that. */
  get processReturns(): number {
    return this.#processTrails.returns;
  }

  /** Publishes by the publisher that had sent the aggregate's event before the last one, which another one had sent. */
  get publisherReturns(): number {
    return this.#publishers.returns;
  }

  get facts(): Gathered {
    const isSeveral = (one: number | undefined): boolean => one === several;
    return {
      fieldsOf: Object.fromEntries(
        recordEvents.map((event) => [event, this.#fieldsOf(event)]),
      ) as unknown as RecordFacts['fieldsOf'],
      unpublished: this.#unpublished,
      starts: this.#starts,
      inSeveralProcesses: this.#processOf.filter(isSeveral).length,
      ofSeveralTopics: this.#topicOf.filter(isSeveral).length,
      subscriptions: { thirds: this.#subscriptions.thirds, returns: this.#subscriptions.returns },
      lanes: { thirds: this.#lanes.thirds, wandering: this.#lanes.wandering },
      highestPartition: this.#highestPartition,
      acks: { ...this.#acks },
    };
  }

  #fieldsOf(event: RecordEvent): RecordFacts['fieldsOf'][RecordEvent] {
    const mask = this.#masks.get(event);
    return mask === undefined ? null : new Set(recordFields.filter((_, index) => (mask & (1 << index)) !== 0));
  }

  #deliver(delivery: Delivery): void {
    const { subscription, topic, partition, publishStamp } = delivery;
    this.#highestPartition = Math.max(this.#highestPartition, partition);
    if (publishStamp === 0) this.#unpublished++;
    note(this.#topicOf, subscription, topic);
    this.#subscriptions.went(delivery, 0, subscription);
  }

  #start({ delivery, lane }: Attempt): void {
    this.#starts++;
    if (delivery.deliverStamp === 0) this.startsApart++;
    if (this.#process >= 0) {
      note(this.#processOf, delivery.subscription, this.#process);
      this.#processTrails.went(delivery, Math.max(0, delivery.subscription), this.#process);
    }
    this.#lanes.went(delivery, delivery.subscription, lane);
    if (this.#started.has(delivery)) return;
    this.#started.add(delivery);
    if (this.#acked.has(delivery)) this.#acks.beforeStart++;
  }

  #ack({ delivery }: Acknowledgement): void {
    if (this.#started.has(delivery)) this.#acks.afterStart++;
    else this.#acked.add(delivery);
  }
}

/** Keeps what a subscription is seen with, until it is seen with something else. */
function note(known: number[], subscription: number, seen: number): void {
  const before = known[subscription];
  known[subscription] = before === undefined || before === seen ? seen : several;
}
