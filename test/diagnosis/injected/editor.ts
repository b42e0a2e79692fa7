/**
 * Edits the history of a clean run. All of it was published before anything was delivered, so that any two events of an
 * aggregate may change places at any stage behind the log.
 */
import { StreamingChecker } from '../../../src/checker/streaming-checker.js';
import type { Names, Observation } from '../../../src/domain/observation.js';
import type { Verdict } from '../../../src/domain/report/verdict.js';
import type { NoteDetail, NoteKind } from '../../../src/domain/run-note.js';
import { feed } from '../../checker/support/feed.js';
import { drained } from '../../checker/support/history.js';
import type { Chance } from '../../run/drawn-runs.js';
import {
  observationsOf,
  passageOf,
  type DeliveryDraft,
  type EventDraft,
  type Passage,
  type Step,
} from './edited-history.js';

/** The stages behind the log, in their order. */
const passed = ['deliver', 'submit', 'start', 'finish', 'ack'] as const;
export type PassedStage = (typeof passed)[number];

/** There are two subscriptions of one queue, of which the recorded run had the first. */
export const otherSubscription = 1;
const subscriptions = ['puller-0', 'puller-1'];
export const group = 'queue';

export class Editor {
  #givenUp = 0;
  readonly #steps: Step[];
  readonly #timesMs: number[];
  readonly #passages: readonly Passage[];
  readonly #isKafka: boolean;
  readonly #names: Names;
  #idMax: number;

  constructor(observations: readonly Observation[], names: Names) {
    const read = readSteps(observations);
    this.#passages = read.passages;
    const isPublish = ({ kind }: Step): boolean => kind === 'publish' || kind === 'publish-result';
    this.#steps = [...read.steps.filter(isPublish), ...read.steps.filter((step) => !isPublish(step))];
    this.#timesMs = this.#steps.map((_, at) => at);
    this.#isKafka = this.#passages[0]!.delivery.deliveryCount === null;
    this.#names = { ...names, subscriptions };
    this.#idMax = Math.max(...this.#passages.map(({ delivery }) => delivery.id));
  }

  /** The passages of an aggregate with its events in version order. */
  anAggregate(chance: Chance): readonly Passage[] {
    const { event } = chance.oneOf(this.#passages);
    const own = this.#passages.filter((one) => one.event.aggregate === event.aggregate);
    return own.sort((a, b) => a.event.version - b.event.version);
  }

  /** Two consecutive events of one aggregate, with others of it before and behind. */
  aPair(chance: Chance): readonly [Passage, Passage] {
    const own = this.anAggregate(chance);
    const at = chance.int(1, own.length - 3);
    return [own[at]!, own[at + 1]!];
  }

  /** Both are in the bus together, in order: the second passes each stage up to this one right behind the first. */
  gather([first, second]: readonly [Passage, Passage], upTo: 'deliver' | 'submit'): void {
    this.moveAfter(second.deliver, first.deliver);
    if (upTo === 'submit') this.moveAfter(second.submit, first.submit);
  }

  /** The two change places at this stage and at all that follow. */
  exchange([first, second]: readonly [Passage, Passage], from: PassedStage): void {
    for (const stage of passed.slice(passed.indexOf(from))) {
      const [a, b] = [this.#at(first[stage]), this.#at(second[stage])];
      this.#steps[a] = second[stage];
      this.#steps[b] = first[stage];
    }
  }

  moveAfter(step: Step, anchor: Step): void {
    this.#steps.splice(this.#at(step), 1);
    this.#steps.splice(this.#at(anchor) + 1, 0, step);
  }

  insertAfter(anchor: Step, ...steps: readonly Step[]): void {
    this.#steps.splice(this.#at(anchor) + 1, 0, ...steps);
    for (const _ of steps) this.#timesMs.push(this.#timesMs.at(-1)! + 1);
  }

  remove(...steps: readonly Step[]): void {
    for (const step of steps) this.#steps.splice(this.#at(step), 1);
  }

  removeAcks(): void {
    for (const { ack } of this.#passages) this.remove(ack);
  }

  note<Kind extends NoteKind>(anchor: Step, note: Kind, detail: NoteDetail<Kind>): void {
    this.insertAfter(anchor, { kind: 'note', note, detail });
  }

  /** The bus lets go of the delivery, right after it got it. */
  release(kind: 'rejected' | 'given-back' | 'crashed', { deliver, delivery }: Passage): void {
    const { id, event, place, subscription } = delivery;
    const { aggregate, topic, version } = event;
    const detail = {
      delivery: id,
      aggregate,
      topic,
      version,
      partition: place.partition,
      subscriptionIndex: subscription,
    };
    this.insertAfter(deliver, { kind: 'note', note: kind, detail });
  }

  /** From this step on everything is later by so much. */
  delay(step: Step, ms: number): void {
    for (let at = this.#at(step); at < this.#timesMs.length; at++) this.#timesMs[at]! += ms;
  }

  /** A further passage of the event of another, not yet in the history. @param changes of what the other has */
  again({ event, delivery, attempt }: Passage, changes: Partial<DeliveryDraft> = {}): Passage {
    const { place, subscription, owned, deliveryCount } = delivery;
    return passageOf(
      {
        ...{ id: ++this.#idMax, event, place, subscription, owned },
        deliveryCount: deliveryCount === null ? null : deliveryCount + 1,
        ...{ deliverStamp: 0, deliveredAtMs: 0, submitStamp: 0 },
        ...changes,
      },
      attempt.lane,
    );
  }

  /** The passage of an event that is not in the history. */
  passageOf(event: EventDraft, like: Passage): Passage {
    const { delivery, attempt } = like;
    return passageOf({ ...delivery, id: ++this.#idMax, event, place: event.place }, attempt.lane);
  }

  /** The publish call of an event and its result. */
  publishOf(event: EventDraft): readonly [call: Step, result: Step & { duplicate: boolean }] {
    const of = this.#steps.filter((step) => 'event' in step && step.event === event);
    return of as unknown as [Step, Step & { duplicate: boolean }];
  }

  /** A position behind all others. */
  get nextPosition(): number {
    return Math.max(...this.#passages.map(({ event }) => event.place.position)) + 1;
  }

  /** The broker says that it gave one event up. */
  giveUp(): void {
    this.#givenUp++;
  }

  verdict(): Verdict {
    const checker = new StreamingChecker({
      ...{ names: this.#names, orderScope: 'topic', allow: [], logs: this.#isKafka ? 'per topic' : 'shared' },
      queues: { names: [group], ofSubscription: [0, 0], perPartition: this.#isKafka },
    });
    feed(observationsOf(this.#steps, this.#timesMs), checker);
    return checker.end({ ...drained, givenUp: this.#givenUp });
  }

  #at(step: Step): number {
    const at = this.#steps.indexOf(step);
    if (at < 0) throw new RangeError(`a ${step.kind} is not in the history`);
    return at;
  }
}

/** Takes a clean history apart: each event is published, delivered, submitted, started, finished and acknowledged once. */
function readSteps(observations: readonly Observation[]): { steps: Step[]; passages: Passage[] } {
  const events = new Map<string, EventDraft>();
  const passages = new Map<number, Passage>();
  const steps = observations.flatMap(({ kind, record }): Step[] => {
    switch (kind) {
      case 'publish': {
        const event = { ...record, place: { partition: -1, position: 0 } };
        events.set(nameOf(record), event);
        return [{ kind, event }];
      }
      case 'publish-result': {
        const event = events.get(nameOf(record.event))!;
        Object.assign(event.place, { partition: record.partition, position: record.position });
        return [{ kind, event, duplicate: false }];
      }
      case 'deliver': {
        const event = events.get(nameOf(record))!;
        const { id, deliveryCount, subscription, owned } = record;
        const draft = { id, event, place: event.place, deliveryCount, subscription, owned };
        const passage = passageOf({ ...draft, deliverStamp: 0, deliveredAtMs: 0, submitStamp: 0 }, 0);
        passages.set(id, passage);
        return [passage.deliver];
      }
      case 'submit':
        return [passages.get(record.id)!.submit];
      case 'start': {
        const passage = passages.get(record.delivery.id)!;
        passage.attempt.lane = record.lane;
        return [passage.start];
      }
      case 'finish':
        return [passages.get(record.delivery.id)!.finish];
      case 'ack':
        return [passages.get(record.delivery.id)!.ack];
      case 'note':
        return [];
    }
  });
  return { steps, passages: [...passages.values()] };
}

function nameOf({ aggregate, topic, version }: Pick<EventDraft, 'aggregate' | 'topic' | 'version'>): string {
  return `${aggregate} ${topic} ${version}`;
}
