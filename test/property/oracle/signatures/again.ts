/**
 * Why an event is delivered again: what had become of the last delivery of it that is not over, or, on a broker that
 * counts no deliveries, what had brought its log back since.
 */
import type { Again } from '../../../../src/domain/report/anomaly-signature.js';
import type { NoteDetail, RunNote } from '../../../../src/domain/run-note.js';
import type { Facts } from '../facts.js';
import { isFirstAssignment } from '../disruptions.js';
import { queueOf } from '../places.js';
import {
  answeredAt,
  answerTo,
  becameOf,
  endOf,
  handOversOf,
  isHeld,
  isOver,
  startOf,
  type HandOver,
} from './handed-over.js';

export interface Come extends HandOver {
  /** null: it comes for the first time. */
  readonly again: Again | null;
  /** The last delivery of the same event, which was not over. */
  readonly before: HandOver | null;
}

/** All that was handed over, in its order. */
export function comingsOf(facts: Facts): readonly Come[] {
  const come: Come[] = [];
  for (const handOver of handOversOf(facts)) {
    const before = lastBefore(handOver, come, facts);
    come.push({ ...handOver, before, again: againOf(handOver, before, come, facts) });
  }
  return come;
}

/** An earlier delivery of the same message, unless it is over, or has come again and the bus has let it go. */
function lastBefore(handOver: HandOver, earlier: readonly Come[], facts: Facts): HandOver | null {
  const { time } = handOver;
  const last = earlier.findLast(
    (one) =>
      one.unit === handOver.unit &&
      one.version === handOver.version &&
      placeOf(one, facts) === placeOf(handOver, facts) &&
      isRemembered(one, earlier, time, facts),
  );
  return last ?? null;
}

export function isRemembered(one: Come, all: readonly Come[], time: number, facts: Facts): boolean {
  if (isOver(one, time, facts)) return false;
  const hasComeAgain = all.some((other) => other.before?.delivery.id === one.delivery.id && other.time < time);
  return !hasComeAgain || isHeld(becameOf(one, time, facts));
}

function againOf(handOver: HandOver, before: HandOver | null, earlier: readonly Come[], facts: Facts): Again | null {
  const { delivery, time, unit, version } = handOver;
  const ofEvent = earlier.filter((one) => one.unit === unit && one.version === version);
  const starts = facts.started.filter((one) => one.unit === unit && one.version === version && one.time < time);
  const isObservedFromThere = starts.some(({ attempt }) => placeOf(attempt, facts) === placeOf(handOver, facts));
  if (delivery.deliveryCount === null) {
    if (before !== null) return whyOf(handOver, before, facts);
    return isObservedFromThere ? rewoundSince(0, handOver, facts) : null;
  }
  if (delivery.deliveryCount === 1) {
    if (before === null && !isObservedFromThere) return null;
    if (earlier.some((one) => one.unit === unit && (one.delivery.deliveryCount ?? 0) > 1)) {
      const passed = us(delivery.deliveredAtMs) - us(delivery.publishedAtMs);
      return isTooEarly(passed, handOver, facts) ? 'backoff' : 'queued';
    }
    const isOfDead =
      before === null ? isStartedBeforeDeath(handOver, facts) : !facts.isAlive(before.delivery.subscription, time);
    return isOfDead ? 'crash' : 'unknown';
  }
  if (before !== null) return whyOf(handOver, before, facts);
  const isAnotherOpen = ofEvent.some((one) => isRemembered(one, earlier, time, facts));
  if (isAnotherOpen) return 'unknown';
  if (starts.length === 0) return unseenReason(time, facts);
  return isStartedBeforeDeath(handOver, facts) ? 'crash' : 'acked';
}

function placeOf({ delivery: { topic, partition, position } }: Pick<HandOver, 'delivery'>, facts: Facts): string {
  return `${facts.logOf(topic, partition)}:${position}`;
}

/** It, or a higher version of its unit, had been started when a service died. */
function isStartedBeforeDeath({ time, unit, version }: HandOver, facts: Facts): boolean {
  const started = facts.started.filter((one) => one.unit === unit && one.version >= version);
  return deathsBefore(time, facts).some((death) => started.some((one) => one.time < death));
}

function deathsBefore(time: number, { notes }: Facts): readonly number[] {
  const deaths = notes.filter(({ note }) => note.kind === 'subscription-ended' || note.kind === 'crashed');
  return deaths.map((one) => one.time).filter((at) => at < time);
}

function unseenReason(time: number, facts: Facts): Again {
  if (deathsBefore(time, facts).length > 0) return 'crash';
  return connectionsOf(time, facts).length > 0 ? 'connection-lost' : 'unknown';
}

/** Notes that the connection of a subscription was lost, or made anew. */
function connectionsOf(time: number, { notes }: Facts): readonly RunNote<'reconnect' | 'fault'>[] {
  return notes.flatMap(({ note, time: at }) => (at < time && isOfConnection(note) ? [note] : []));
}

function isOfConnection(note: RunNote): note is RunNote<'reconnect' | 'fault'> {
  const isLost = note.kind === 'fault' && note.detail.what === 'disconnect';
  return (isLost || note.kind === 'reconnect') && !('publisher' in note.detail);
}

/** Stamps at which the subscription learned its assignment with nothing delivered since its connection was lost or made anew. */
function returnsOf(subscription: number, until: number, facts: Facts): readonly number[] {
  const name = facts.options.names.subscriptions[subscription];
  const ofIt = facts.notes.filter(({ note }) => 'subscription' in note.detail && note.detail.subscription === name);
  const assigned = assignmentsOf(groupOf(subscription, facts), until, facts);
  return ofIt.flatMap(({ note, time }) => {
    if (note.kind !== 'rebalance' || !assigned.includes(note.stamp)) return [];
    const connection = ofIt.findLast((one) => one.time < time && isOfConnection(one.note));
    if (connection === undefined) return [];
    const isServed = facts.delivered.some(
      (one) => one.delivery.subscription === subscription && one.time > connection.time && one.time < time,
    );
    return isServed ? [] : [note.stamp];
  });
}

function whyOf(handOver: HandOver, before: HandOver, facts: Facts): Again {
  const { time, delivery } = handOver;
  const became = becameOf(before, time, facts);
  const answer = answerTo(before, time, facts);
  const isDead = !facts.isAlive(before.delivery.subscription, time);
  if (became === 'crashed') return 'crash';
  if (isSentBackRunning(before, time, facts)) return 'timed-out';
  if (became === 'rejected') return 'refused';
  if (became === 'given-back') return 'given-back';
  if (became === 'failed') {
    if (isDead && answer === null) return 'crash';
    if (delivery.deliveryCount !== null) return answer === null ? 'failed' : 'nak';
    if (answer === 'nak' || answersBefore(time, facts).length === 0) return 'behind-failure';
    return isDead ? 'crash' : whyRead(handOver, before, isHeld(became), facts);
  }
  if (answer === 'nak') return 'given-back';
  if (isDead) return 'crash';
  if (delivery.deliveryCount === null) return whyRead(handOver, before, isHeld(became), facts);
  if (isHeld(became) && isByBackoff(handOver, before, facts)) return 'backoff';
  if (became === 'waiting') return 'queued';
  if (became === 'running' || became === 'retried') return waitedLonger(handOver, before, facts) ? 'queued' : 'running';
  return 'unacked';
}

function isByBackoff(handOver: HandOver, before: HandOver, facts: Facts): boolean {
  const { delivery } = handOver;
  if (delivery.deliveryCount! <= before.delivery.deliveryCount!) return false;
  return isTooEarly(us(delivery.deliveredAtMs) - us(before.delivery.deliveredAtMs), handOver, facts);
}

function us(ms: number): number {
  return Math.round(ms * 1_000);
}

/** The queue has a backoff, a wait of which is shorter than the ack wait, of which not nine tenths have passed. */
function isTooEarly(passed: number, { time, delivery }: HandOver, facts: Facts): boolean {
  const noted = facts.notes.flatMap((one) =>
    one.note.kind === 'backoff' && one.time < time ? [one.note.detail as NoteDetail<'backoff'>] : [],
  );
  const group = groupOf(delivery.subscription, facts);
  const queues = group === null ? [...new Set(noted.map(({ queue }) => queue))] : [group];
  if (queues.length === 0) return false;
  return queues.every((queue) => {
    const last = noted.findLast((one) => one.queue === queue);
    if (last === undefined) return false;
    const waits = last.waitsMs.split(' ').map(Number);
    return Math.min(...waits) < last.ackWaitMs && passed < 0.9 * us(last.ackWaitMs);
  });
}

/** Its first answer by then was a nak, between the last start of a handler for it and the end of that. */
export function isSentBackRunning(handOver: HandOver, time: number, facts: Facts): boolean {
  const start = startOf(handOver, time, facts);
  if (start === undefined || answerTo(handOver, time, facts) !== 'nak') return false;
  const at = answeredAt(handOver, facts);
  return at > start.time && at < endOf(start, time, facts);
}

/** Its handler had been running for a shorter time than it had waited for that. In whole microseconds. */
function waitedLonger({ time, delivery }: HandOver, before: HandOver, facts: Facts): boolean {
  const startedAt = us(startOf(before, time, facts)!.attempt.startedAtMs);
  return startedAt - us(before.delivery.deliveredAtMs) > us(delivery.deliveredAtMs) - startedAt;
}

/** Of a broker that counts no deliveries: what has brought the member back to the offset. */
function whyRead(handOver: HandOver, before: HandOver, isBeforeHeld: boolean, facts: Facts): Again {
  const rebalances = assignmentsOf(groupOf(handOver.delivery.subscription, facts), handOver.time, facts);
  const hasMoved = before.delivery.subscription !== handOver.delivery.subscription && rebalances.length > 0;
  const why = hasMoved ? 'rebalance' : rewoundSince(before.delivery.deliverStamp, handOver, facts);
  if (why === 'rebalance' && isBeforeHeld) return 'held-at-rebalance';
  return why === 'unknown' && rebalances.length > 0 ? 'after-rebalance' : why;
}

/** Acks, naks and terms. */
function answersBefore(time: number, { acks }: Facts): Facts['acks'] {
  return acks.filter((one) => one.time < time && one.ack !== 'progress');
}

/**
 * The latest of the last rebalance of its group, the last time that something in its log was sent back, and the last time
 * that the connection of its subscription was lost or made anew, if that is behind the stamp; where nothing was answered
 * yet, the last failure in place of the second. A rebalance before anything is delivered to a subscription whose connection
 * was lost is the last step of its coming back.
 */
function rewoundSince(stamp: number, { time, delivery }: HandOver, facts: Facts): Again {
  const rebalances = assignmentsOf(groupOf(delivery.subscription, facts), time, facts);
  const log = facts.logOf(delivery.topic, delivery.partition);
  const answers = answersBefore(time, facts);
  const failed = facts.finished.filter((one) => one.attempt.outcome === 'failed' && one.time < time);
  const rewinding =
    answers.length > 0
      ? answers.filter(({ ack }) => ack === 'nak')
      : failed.map(({ delivery: of, attempt }) => ({ delivery: of, stamp: attempt.finishStamp }));
  const failures = rewinding
    .filter((one) => facts.logOf(one.delivery.topic, one.delivery.partition) === log)
    .map(({ stamp: at }) => at);
  const connections = connectionsOf(time, facts)
    .filter(({ detail }) => facts.options.names.subscriptions[delivery.subscription] === detail['subscription'])
    .map(({ stamp: at }) => at)
    .concat(returnsOf(delivery.subscription, time, facts));
  const latest = Math.max(0, ...rebalances, ...failures, ...connections);
  if (latest <= stamp) return 'unknown';
  if (connections.includes(latest)) return 'connection-lost';
  return failures.includes(latest) ? 'behind-failure' : 'rebalance';
}

/** null: not known. */
export function groupOf(subscription: number, facts: Facts): string | null {
  const queue = queueOf(subscription, facts);
  return queue === undefined ? null : (facts.options.queues!.names[queue] ?? null);
}

/**
 * Stamps at which members of the group, or of any, learned that partitions were given out anew: of each generation that
 * is not a first assignment, until the run has drained.
 */
export function assignmentsOf(group: string | null, until: number, facts: Facts): readonly number[] {
  const { notes } = facts;
  const end = notes.find(({ note }) => note.kind === 'drain')?.time ?? Infinity;
  const all = notes.flatMap(({ time, note }) =>
    note.kind === 'rebalance'
      ? [{ time, stamp: note.stamp, group: String(note.detail.group), epoch: note.detail.epoch }]
      : [],
  );
  return all
    .filter((one) => {
      const first = all.find((other) => other.group === one.group && other.epoch === one.epoch)!;
      return (
        !isFirstAssignment(first, facts) && one.time < Math.min(end, until) && (group === null || one.group === group)
      );
    })
    .map(({ stamp }) => stamp);
}
