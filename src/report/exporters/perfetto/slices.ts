/** Makes of a row what is drawn on its tracks: a slice for each thing that an event did at a stage. */
import type { ToldDelivery, ToldEvent, ToldPlace, ToldRun } from '../../timeline/told-run.js';
import { toldText, type ToldNames } from '../../timeline/told-names.js';
import type { ToldRow } from '../../timeline/told-rows.js';

/** From top to bottom. */
export const sliceStages = ['run', 'out of order', 'publish', 'store', 'deliver', 'submit', 'handle', 'ack'] as const;
export type SliceStage = (typeof sliceStages)[number];

export interface Slice {
  readonly stage: SliceStage;
  /** Which of the stage's tracks it is on: tracks are in the order of these. */
  readonly place: number;
  readonly track: string;
  readonly name: string;
  readonly fromNs: number;
  /** The same as `fromNs` for a moment. */
  readonly toNs: number;
  readonly args: Readonly<Record<string, string | number>>;
  /** Flows that go through it: indices of deliveries. */
  readonly flows: number[];
}

type Args = Readonly<Record<string, string | number | null>>;

export function toldSlices({ row, told }: ToldRow, names: ToldNames): Slice[] {
  const subscriptions = row.timelines?.subscriptions ?? [];
  const logs = [...new Set(told.deliveries.map(({ place }) => place?.log ?? ''))].sort();
  const published = new Map(told.events.map((event) => [event, publishSlice(event, names)]));
  const stored = new Map<string, Slice>();
  const later = told.deliveries.flatMap((delivery, flow) => {
    published.get(delivery.event)?.flows.push(flow);
    const { place } = delivery;
    if (place !== null) {
      const key = `${String(place.position)} ${place.log}`;
      const slice = stored.get(key) ?? storeSlice(delivery.event, place, logs.indexOf(place.log), names);
      slice.flows.push(flow);
      stored.set(key, slice);
    }
    return deliverySlices(delivery, flow, subscriptions.indexOf(delivery.subscription ?? ''), names);
  });
  const slices = [...published.values()].filter((slice) => slice !== null);
  return [...incidentSlices(told, names), ...outOfOrder(row, told, names), ...slices, ...stored.values(), ...later];
}

function publishSlice(event: ToldEvent, names: ToldNames): Slice | null {
  const { published, publisher } = event;
  if (published === null) return null;
  const track = publisher === null ? 'publisher not known' : `publisher ${String(publisher)}`;
  const args = { publisher, stamp: published.stamp };
  return moment({ stage: 'publish', place: publisher ?? -1, track }, event, published.ns, args, names);
}

function storeSlice(event: ToldEvent, { log, position, ns }: ToldPlace, place: number, names: ToldNames): Slice {
  return moment({ stage: 'store', place, track: `log of ${names.of(log)}` }, event, ns, { position }, names);
}

function deliverySlices(delivery: ToldDelivery, flow: number, subscription: number, names: ToldNames): Slice[] {
  const { event, delivered, submitted, answered, answer, deliveryCount, partition, position, attempts } = delivery;
  const name = delivery.subscription === null ? 'not known' : names.of(delivery.subscription);
  const by = { subscription: name, deliveryCount, partition, position };
  const slices: Slice[] = [];
  if (delivered !== null) {
    const track = { stage: 'deliver', place: subscription, track: `subscription ${name}` } as const;
    slices.push(moment(track, event, delivered.ns, { ...by, stamp: delivered.stamp }, names));
  }
  if (submitted !== null) {
    const track = { stage: 'submit', place: 0, track: 'queue before the lanes' } as const;
    slices.push(moment(track, event, submitted.ns, { ...by, stamp: submitted.stamp }, names));
  }
  for (const { lane, number, started, finished, outcome } of attempts) {
    const track = lane < 0 ? 'handlers outside the lanes' : `lane ${String(lane)}`;
    const args = { ...by, lane, attempt: number, outcome: outcome ?? 'not seen', stamp: started.stamp };
    const slice = moment({ stage: 'handle', place: lane, track }, event, started.ns, args, names);
    slices.push({ ...slice, toNs: Math.max(started.ns, finished?.ns ?? 0) });
  }
  if (answered !== null) {
    const track = { stage: 'ack', place: 0, track: 'acks' } as const;
    slices.push(moment(track, event, answered.ns, { ...by, answer, stamp: answered.stamp }, names));
  }
  for (const slice of slices) slice.flows.push(flow);
  return slices;
}

function incidentSlices({ incidents }: ToldRun, names: ToldNames): Slice[] {
  return incidents.map(({ kind, what, moment: { stamp, ns } }) => ({
    ...{
      stage: 'run' as const,
      place: 0,
      track: 'what happened to the run',
      name: names.of(kind),
      fromNs: ns,
      toNs: ns,
    },
    ...{ args: { what: toldText(what), stamp }, flows: [] },
  }));
}

/** The pairs that the report has examples of, where the later one's handler started. */
function outOfOrder({ aggregates }: ToldRow['row'], { nsAt }: ToldRun, names: ToldNames): Slice[] {
  return aggregates.flatMap(({ aggregateId, topic, examples }) =>
    examples.flatMap(({ version, afterVersion, origin, witness }) => {
      const stamp = witness.late.startStamp;
      const ns = nsAt(stamp);
      if (ns === undefined) return [];
      const aggregate = names.of(aggregateId);
      const args = { aggregate, topic: names.of(topic), version, afterVersion, lostAt: origin, stamp };
      const name = `${aggregate} v${String(version)} after v${String(afterVersion)}`;
      const at = { stage: 'out of order' as const, place: 0, track: 'out of order', fromNs: ns, toNs: ns };
      return [{ ...at, name, args, flows: [] }];
    }),
  );
}

function moment(
  on: Pick<Slice, 'stage' | 'place' | 'track'>,
  { aggregateId, topic, version }: ToldEvent,
  ns: number,
  args: Args,
  names: ToldNames,
): Slice {
  const aggregate = names.of(aggregateId);
  const all: [string, string | number | null][] = Object.entries({
    ...{ aggregate, topic: names.of(topic), version },
    ...args,
  });
  const known = all.filter((pair): pair is [string, string | number] => pair[1] !== null);
  const name = `${aggregate} v${String(version)}`;
  return { ...on, name, fromNs: ns, toNs: ns, args: Object.fromEntries(known), flows: [] };
}
