/**
 * Reads the timelines of a row as events, their deliveries and the attempts at these, each with its moments, for
 * formats that draw them. All moments are on one clock, on which they come in the order in which they were seen.
 */
import { traitsOf } from '../../domain/broker/registry.js';
import type { RunTimelines, TimelineIncident } from '../../domain/report/run-picture.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { placeKey, storedPlaces, type StoredPlace } from './log-order.js';
import { orderedClock } from './ordered-clock.js';
import { entriesOf, type Seen, type TimelineEntry } from './timeline-rows.js';

export interface Moment {
  readonly stamp: number;
  /** Nanoseconds since the run began. */
  readonly ns: number;
}

export interface ToldEvent {
  readonly aggregateId: string;
  readonly topic: string;
  readonly version: number;
  readonly publisher: number | null;
  readonly published: Moment | null;
}

/** Where an event lies in a log. */
export interface ToldPlace {
  readonly log: string;
  readonly position: number;
  /** When it was stored at the earliest, in nanoseconds since the run began. */
  readonly ns: number;
}

export interface ToldAttempt {
  /** -1: outside the lanes. */
  readonly lane: number;
  readonly number: number;
  readonly started: Moment;
  /** null: it was not seen to end. */
  readonly finished: Moment | null;
  readonly outcome: string | null;
}

export interface ToldDelivery {
  readonly event: ToldEvent;
  readonly partition: number | null;
  readonly position: number | null;
  /** null: it is not known where it lies, or no publish call before it was seen. */
  readonly place: ToldPlace | null;
  readonly delivered: Moment | null;
  readonly subscription: string | null;
  readonly deliveryCount: number | null;
  readonly submitted: Moment | null;
  readonly attempts: readonly ToldAttempt[];
  readonly answer: string | null;
  readonly answered: Moment | null;
}

export interface ToldIncident {
  readonly kind: string;
  readonly what: string;
  readonly moment: Moment;
}

export interface ToldRun {
  readonly events: readonly ToldEvent[];
  readonly deliveries: readonly ToldDelivery[];
  readonly incidents: readonly ToldIncident[];
  /** @returns when the moment with this stamp was; undefined: it is not among those told */
  readonly nsAt: (stamp: number) => number | undefined;
}

export function toldRun({ broker }: Pick<RunRow, 'broker'>, timelines: RunTimelines): ToldRun {
  const entries = entriesOf(timelines);
  const isShared = traitsOf(broker.kind).logs === 'shared';
  const logOf = ({ topic, partition }: TimelineEntry): string =>
    isShared ? 'all topics' : `${topic}/${String(partition ?? 0)}`;
  const places = storedPlaces(entries, logOf);
  const nsAt = orderedClock([
    ...entries.flatMap(momentsOf).map((seen) => ({ ...seen, behind: 0 })),
    ...timelines.incidents.map(({ stamp, atMs }) => ({ stamp, atMs, behind: 0 })),
    ...[...places.values()].map(({ after, behind }) => ({ stamp: after, behind, atMs: null })),
  ]);
  const moment = (seen: Seen | null): Moment | null =>
    seen === null ? null : { stamp: seen.stamp, ns: nsAt(seen.stamp) ?? 0 };
  const placeOf = (entry: TimelineEntry): ToldPlace | null => {
    const place = entry.position === null ? undefined : places.get(placeKey(logOf(entry), entry.position));
    return place === undefined ? null : toldPlace(place, nsAt);
  };
  return {
    ...assembled(entries, moment, placeOf),
    incidents: timelines.incidents.map((incident) => toldIncident(incident, nsAt)),
    nsAt,
  };
}

function momentsOf({ publish, deliver, submit, start, finish, answered }: TimelineEntry): Seen[] {
  return [publish, deliver, submit, start, finish, answered].filter((seen) => seen !== null);
}

function toldPlace({ log, position, after, behind }: StoredPlace, nsAt: ReturnType<typeof orderedClock>): ToldPlace {
  return { log, position, ns: nsAt(after, behind) ?? 0 };
}

function toldIncident({ kind, what, stamp }: TimelineIncident, nsAt: ToldRun['nsAt']): ToldIncident {
  return { kind, what, moment: { stamp, ns: nsAt(stamp) ?? 0 } };
}

/** Several rows may be of one event, and several of one delivery, of which each has another attempt. */
function assembled(
  entries: readonly TimelineEntry[],
  moment: (seen: Seen | null) => Moment | null,
  placeOf: (entry: TimelineEntry) => ToldPlace | null,
): Pick<ToldRun, 'events' | 'deliveries'> {
  const events = new Map<string, ToldEvent>();
  const deliveries = new Map<string, ToldDelivery>();
  for (const entry of entries) {
    const { aggregateId, topic, version, publisher, publish } = entry;
    const eventKey = JSON.stringify([aggregateId, topic, version, publish?.stamp ?? null]);
    const event = events.get(eventKey) ?? { aggregateId, topic, version, publisher, published: moment(publish) };
    events.set(eventKey, event);
    if (entry.deliver === null && entry.start === null && entry.answered === null) continue;
    const key = JSON.stringify([eventKey, entry.deliver?.stamp ?? null]);
    deliveries.set(key, withAttempt(deliveries.get(key), entry, event, moment, placeOf));
  }
  return { events: [...events.values()], deliveries: [...deliveries.values()] };
}

function withAttempt(
  known: ToldDelivery | undefined,
  entry: TimelineEntry,
  event: ToldEvent,
  moment: (seen: Seen | null) => Moment | null,
  placeOf: (entry: TimelineEntry) => ToldPlace | null,
): ToldDelivery {
  const { lane, attempt, outcome, partition, position, subscription, deliveryCount } = entry;
  const started = moment(entry.start);
  const told = { lane: lane ?? -1, number: attempt ?? 1, finished: moment(entry.finish), outcome };
  return {
    ...{ event, partition, position, place: placeOf(entry), subscription, deliveryCount },
    delivered: moment(entry.deliver),
    submitted: known?.submitted ?? moment(entry.submit),
    attempts: [...(known?.attempts ?? []), ...(started === null ? [] : [{ ...told, started }])],
    answer: entry.answer ?? known?.answer ?? null,
    answered: moment(entry.answered) ?? known?.answered ?? null,
  };
}
