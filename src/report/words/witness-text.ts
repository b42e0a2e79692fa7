/**
 * Tells a witness in words: what it is, a line for each stage, and what the lines show. In each line the events stand in
 * the order in which that stage saw them, so that two which crossed change places from one line to the next.
 */
import type { Again, ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { CauseWitness, DeliveryState, Incident, Moment, WitnessEvent } from '../../domain/report/witness.js';
import { whereIs } from './origin-text.js';

/** A name, such as that of a stage, and what the witness has to say of it: one clause for each delivery. */
export interface WitnessLine {
  readonly name: string;
  readonly clauses: readonly string[];
}

/** @param countsOffsets the broker counts offsets in partitions rather than sequences of a stream */
export function witnessLines(witness: CauseWitness, countsOffsets: boolean): WitnessLine[] {
  const deliveries = deliveriesOf(witness);
  const { amid } = witness;
  const lines: WitnessLine[] = [
    { name: 'what', clauses: [`${witness.aggregateId}: ${whatHappened(witness)}`] },
    { name: 'publish', clauses: published(deliveries) },
    { name: 'store', clauses: stored(deliveries, countsOffsets) },
    { name: 'deliver', clauses: delivered(deliveries) },
    { name: 'submit', clauses: witness.crossedAt === 'submit' ? submitted(deliveries) : [] },
    { name: 'start', clauses: started(deliveries) },
    { name: 'finish', clauses: finished(deliveries) },
    { name: 'answer', clauses: answered(deliveries) },
    { name: 'crossed', clauses: crossed(witness) },
    { name: 'again', clauses: cameAgain(deliveries, witness) },
    { name: 'amid', clauses: amid === null ? [] : [`${incidents[amid.what]} ${when(amid)}`] },
  ];
  return lines.filter(({ clauses }) => clauses.length > 0);
}

/** A delivery under the name that all lines give it: `v2`, and `v2 again` if the same event was delivered before. */
interface Named {
  readonly name: string;
  readonly seen: WitnessEvent;
}

function deliveriesOf({ event, otherDelivery, otherEvent }: CauseWitness): Named[] {
  const ofOne = [event, ...(otherDelivery === null ? [] : [otherDelivery])];
  const inOrder = [...ofOne].sort((a, b) => (a.deliver?.stamp ?? 0) - (b.deliver?.stamp ?? 0));
  return [
    ...inOrder.map((seen, rank) => ({ name: `v${seen.version}${rank > 0 ? ' again' : ''}`, seen })),
    ...(otherEvent === null ? [] : [{ name: `v${otherEvent.version}`, seen: otherEvent }]),
  ];
}

function whatHappened({ kind, event: { version }, otherEvent }: CauseWitness): string {
  const other = otherEvent?.version ?? 0;
  const texts: Readonly<Record<ExplainedKind, string>> = {
    regressions: `version ${version} was started after version ${other}`,
    duplicates: `version ${version} was handled once more`,
    lost: `version ${version} was never handled with success`,
    phantoms: `version ${version} was never published`,
    storeInversions: `version ${version} is stored behind version ${other}`,
    splitKeys: `version ${version} lies in another partition than version ${other}`,
    overlaps: `version ${version} ran while version ${other} was running`,
    completionInversions: `version ${version} had been started before version ${other}, and finished after it`,
  };
  return texts[kind];
}

/** ` at 14.2 ms (#120)`, without the space. */
function when({ atMs, stamp }: Moment): string {
  return `at ${atMs.toFixed(1)} ms (#${stamp})`;
}

interface Told {
  readonly stamp: number;
  readonly text: string;
}

function inOrder(told: readonly Told[]): string[] {
  return [...told].sort((a, b) => a.stamp - b.stamp).map(({ text }) => text);
}

/** The first delivery of each event. */
function firstOfEach(deliveries: readonly Named[]): Named[] {
  return deliveries.filter(({ seen: { version } }, index) => {
    return deliveries.findIndex((other) => other.seen.version === version) === index;
  });
}

function published(deliveries: readonly Named[]): string[] {
  const events = firstOfEach(deliveries);
  const publishers = new Set(events.map(({ seen }) => seen.publisher));
  const isOne = publishers.size === 1;
  const told = events.flatMap(({ name, seen: { publish, publisher } }) => {
    const by = isOne || publisher === null ? '' : ` by publisher ${publisher}`;
    if (publish !== null) return [{ stamp: publish.stamp, text: `${name}${by} ${when(publish)}` }];
    return by === '' ? [] : [{ stamp: 0, text: `${name}${by}` }];
  });
  return inOrder(told);
}

function stored(deliveries: readonly Named[], countsOffsets: boolean): string[] {
  const logs = new Set(
    deliveries.map(({ seen: { store } }) => `${countsOffsets ? store.topic : ''} ${store.partition}`),
  );
  const isOneLog = logs.size === 1;
  const placed = deliveries.flatMap(({ name, seen: { version, store } }) => {
    const { topic, partition, position } = store;
    if (position === null) return [];
    const where = [
      ...(topic === null ? [] : [topic]),
      ...(countsOffsets && partition !== null ? [`partition ${partition}`] : []),
      countsOffsets ? `offset ${position - 1}` : `sequence ${position}`,
    ];
    return [{ stamp: isOneLog ? position : version, place: where.join(', '), name }];
  });
  // A delivery again is of the same message, unless that was stored twice.
  const messages = placed.filter(({ place, name }) => {
    return !name.endsWith(' again') || !placed.some((other) => other.name !== name && other.place === place);
  });
  return inOrder(messages.map(({ stamp, place, name }) => ({ stamp, text: `${name} in ${place}` })));
}

function delivered(deliveries: readonly Named[]): string[] {
  const told = deliveries.flatMap(({ name, seen: { deliver } }) => {
    if (deliver === null) return [];
    const { subscription, queue, deliveryCount, owned, stamp } = deliver;
    // The last part of a group's id tells the groups of a run apart.
    const from = queue === null ? '' : ` from ${queue.split('.').at(-1)}`;
    const count = deliveryCount === null || deliveryCount < 2 ? '' : `, delivery ${deliveryCount}`;
    const astray = owned ? '' : ', which does not own its topic';
    return [{ stamp, text: `${name} to ${subscription}${from} ${when(deliver)}${astray}${count}` }];
  });
  return inOrder(told);
}

function submitted(deliveries: readonly Named[]): string[] {
  const told = deliveries.flatMap(({ name, seen: { submitStamp } }) =>
    submitStamp === null ? [] : [{ stamp: submitStamp, text: `${name} #${submitStamp}` }],
  );
  return inOrder(told);
}

function started(deliveries: readonly Named[]): string[] {
  const told = deliveries.flatMap(({ name, seen: { start, deliver } }) => {
    if (start === null) return deliver === null ? [] : [{ stamp: Infinity, text: `${name} not started` }];
    const lane = start.lane < 0 ? 'outside the lanes' : `in lane ${start.lane}`;
    const attempt = start.attempt < 2 ? '' : `, attempt ${start.attempt}`;
    return [{ stamp: start.stamp, text: `${name} ${lane} ${when(start)}${attempt}` }];
  });
  return inOrder(told);
}

const ends: Readonly<Record<DeliveryState, string>> = {
  waiting: '',
  running: '',
  failed: 'failed',
  done: 'done',
  retried: 'failed, to be tried again',
  crashed: 'died with its service',
  rejected: 'refused by the full inbox',
  discarded: 'discarded',
  'given-back': 'given back',
};

function finished(deliveries: readonly Named[]): string[] {
  const told = deliveries.flatMap(({ name, seen: { finish, state } }) => {
    const end = state === null ? '' : ends[state];
    if (end === '') return [];
    return finish === null
      ? [{ stamp: Infinity, text: `${name} ${end}` }]
      : [{ stamp: finish.stamp, text: `${name} ${end} ${when(finish)}` }];
  });
  return inOrder(told);
}

function answered(deliveries: readonly Named[]): string[] {
  const told = deliveries.flatMap(({ name, seen: { answer } }) =>
    answer === null ? [] : [{ stamp: answer.stamp, text: `${name} ${answer.kind} ${when(answer)}` }],
  );
  return inOrder(told);
}

function crossed({ kind, crossedAt }: CauseWitness): string[] {
  if (crossedAt === null) return [];
  if (kind === 'splitKeys') return ['at store: a broker keeps no order between partitions'];
  if (kind === 'overlaps') return ['at start: both ran at once'];
  return [crossedAt === 'unknown' ? whereIs(crossedAt) : `at ${crossedAt}, ${whereIs(crossedAt)}`];
}

function cameAgain(deliveries: readonly Named[], { kind, otherDelivery }: CauseWitness): string[] {
  const reasons = deliveries.flatMap(({ name, seen: { deliver } }) => {
    const again = deliver?.again ?? null;
    return again === null ? [] : [`${name.replace(' again', '')}: ${whyAgain[again]}`];
  });
  const isForgotten = kind === 'duplicates' && otherDelivery === null;
  return [...new Set(reasons), ...(isForgotten ? ['it had been handled before, of which no more is kept'] : [])];
}

const whyAgain: Readonly<Record<Again, string>> = {
  nak: 'its handling had failed, and it was sent back',
  'timed-out': 'it had been sent back while its handling was running, which went on',
  failed: 'its handling had failed, and nobody had answered',
  'given-back': 'it had been sent back unstarted',
  refused: 'a full inbox had refused it',
  crash: 'its last delivery, or the answer to it, died with its service',
  queued: 'its last delivery had waited too long for a handler',
  running: 'its last delivery was still being handled',
  backoff: 'the wait of the backoff had passed, and the ack wait had not',
  unacked: 'it had been handled, and nobody had acknowledged it',
  acked: 'it was sent again before its acknowledgement arrived',
  rebalance: 'partitions had been given out anew',
  'held-at-rebalance': 'partitions had been given out anew, and its old owner still held it',
  'after-rebalance':
    'what had been fetched before partitions were given out anew is handed over beside what is fetched since',
  'behind-failure': 'a handling in its partition had failed, so the client had gone back',
  'connection-lost': 'its connection had been lost, or made anew',
  unknown: 'nothing tells why',
};

const incidents: Readonly<Record<Incident, string>> = {
  resize: 'the number of lanes changed',
  rebalance: 'partitions were given out anew',
  crash: 'a service or a subscription ended',
  partitions: 'partitions were added',
  'produce-retry': 'a publish was sent again',
  failure: 'a handling in its partition failed',
};
