/**
 * The history of a run, to be edited. It is a list of steps, each one observation, whose records are drafts that know
 * no stamps: a step's place in the list is its stamp, so whatever is moved, the history stays one that a recorder could
 * have made. Times belong to places and not to steps, so they never run backwards.
 */
import type { AckKind, Attempt, AttemptOutcome, Delivery, Observation } from '../../../src/domain/observation.js';
import type { NoteKind, RunNote } from '../../../src/domain/run-note.js';

/** Where an event lies in the log. */
export interface PlaceDraft {
  partition: number;
  position: number;
}

export interface EventDraft {
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
  publisher: number;
  place: PlaceDraft;
  publishStamp: number;
  publishedAtMs: number;
}

export interface DeliveryDraft {
  readonly id: number;
  readonly event: EventDraft;
  place: PlaceDraft;
  deliveryCount: number | null;
  subscription: number;
  owned: boolean;
  deliverStamp: number;
  deliveredAtMs: number;
  submitStamp: number;
}

export interface AttemptDraft {
  readonly delivery: DeliveryDraft;
  readonly number: number;
  lane: number;
  outcome: AttemptOutcome;
  startStamp: number;
  startedAtMs: number;
}

export type Step =
  | { readonly kind: 'publish'; readonly event: EventDraft }
  | { readonly kind: 'publish-result'; readonly event: EventDraft; duplicate: boolean }
  | { readonly kind: 'deliver' | 'submit'; readonly delivery: DeliveryDraft }
  | { readonly kind: 'start' | 'finish'; readonly attempt: AttemptDraft }
  | { readonly kind: 'ack'; readonly delivery: DeliveryDraft; ack: AckKind }
  | { readonly kind: 'note'; readonly note: NoteKind; readonly detail: object };

/** One delivery of an event on its way: each of its steps, once. */
export interface Passage {
  readonly event: EventDraft;
  readonly delivery: DeliveryDraft;
  readonly attempt: AttemptDraft;
  readonly deliver: Step;
  readonly submit: Step;
  readonly start: Step;
  readonly finish: Step;
  readonly ack: Step & { ack: AckKind };
}

export function passageOf(delivery: DeliveryDraft, lane: number): Passage {
  const attempt: AttemptDraft = { delivery, number: 1, lane, outcome: 'done', startStamp: 0, startedAtMs: 0 };
  return {
    ...{ event: delivery.event, delivery, attempt },
    ...{ deliver: { kind: 'deliver', delivery }, submit: { kind: 'submit', delivery } },
    ...{ start: { kind: 'start', attempt }, finish: { kind: 'finish', attempt } },
    ack: { kind: 'ack', delivery, ack: 'ack' },
  };
}

/** Turns steps into observations: the place of a step is its stamp. */
export function observationsOf(steps: readonly Step[], timesMs: readonly number[]): Observation[] {
  return steps.map((step, at) => observed(step, at + 1, timesMs[at]!));
}

function observed(step: Step, stamp: number, atMs: number): Observation {
  switch (step.kind) {
    case 'publish':
      step.event.publishStamp = stamp;
      step.event.publishedAtMs = atMs;
      return { kind: 'publish', record: published(step.event) };
    case 'publish-result': {
      const { event, duplicate } = step;
      const record = { ...{ event: published(event), stamp, atMs, ok: true, duplicate, error: null }, ...event.place };
      return { kind: 'publish-result', record };
    }
    case 'deliver':
      step.delivery.deliverStamp = stamp;
      step.delivery.deliveredAtMs = atMs;
      return { kind: 'deliver', record: delivered(step.delivery) };
    case 'submit':
      step.delivery.submitStamp = stamp;
      return { kind: 'submit', record: delivered(step.delivery) };
    case 'start':
      step.attempt.startStamp = stamp;
      step.attempt.startedAtMs = atMs;
      return { kind: 'start', record: attempted(step.attempt, null, 0, 0) };
    case 'finish':
      return { kind: 'finish', record: attempted(step.attempt, step.attempt.outcome, stamp, atMs) };
    case 'ack':
      return { kind: 'ack', record: { delivery: delivered(step.delivery), kind: step.ack, stamp, atMs } };
    case 'note':
      return { kind: 'note', record: { kind: step.note, stamp, atMs, detail: step.detail } as RunNote };
  }
}

function published({ aggregate, topic, version, publisher, publishStamp, publishedAtMs }: EventDraft) {
  return { aggregate, topic, version, publisher, publishStamp, publishedAtMs };
}

function delivered(draft: DeliveryDraft): Delivery {
  const { id, event, place, deliveryCount, subscription, owned, deliverStamp, deliveredAtMs, submitStamp } = draft;
  return {
    ...{ id, ...published(event), ...place, deliveryCount, subscription, owned },
    ...{ deliverStamp, deliveredAtMs, ackToken: 0, submitStamp },
  };
}

function attempted(draft: AttemptDraft, outcome: AttemptOutcome | null, finishStamp: number, finishedAtMs: number) {
  const { delivery, number, lane, startStamp, startedAtMs } = draft;
  const record: Attempt = {
    ...{ delivery: delivered(delivery), number, lane, startStamp, startedAtMs },
    ...{ finishStamp, finishedAtMs, outcome },
  };
  return record;
}
