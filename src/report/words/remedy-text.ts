/**
 * Puts a remedy into words that hold for any bus, and into a command of this tool that tries it. No code reads the
 * words back.
 */
import type { Remedy } from '../../domain/report/cause-evidence.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { formatMs } from '../../domain/scenario/disturbance.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { membersOf } from './decisive-flags.js';
import { disturbFlag, isForBroker, rowCommand, type Changes } from './row-command.js';

/** The remedy as a clause without a full stop. */
export function remedyText({ kind, detail }: Remedy): string {
  switch (kind) {
    case 'durable-per-topic':
      return 'give every subscription a durable of its own with its topic as filter (multi/per-topic), or use one subscription (single)';
    case 'one-publisher':
      return 'let one publisher own each aggregate, and send the next version when the last one is acknowledged';
    case 'send-in-turn':
      return 'assign a version where it is sent, over one connection, and send the next one when the last one is acknowledged';
    case 'key-by-aggregate':
      return 'publish with the id of the aggregate as message key, so that all of its events go to one partition';
    case 'block-when-full':
      return 'let a full queue block the subscription (--overflow block) instead of handling the event on the spot';
    case 'partitions-from-start':
      return 'give a topic the partitions it will need from the start, or let it run dry before partitions are added';
    case 'one-partitioner':
      return 'let all publishers use the same partitioner (Java and kafkajs 2: murmur2), and one publisher own each aggregate';
    case 'idempotent-producer':
      return 'publish with an idempotent producer (--idempotent), or with a message id that the broker deduplicates by';
    case 'one-request-in-flight':
      return 'keep one request in flight (--in-flight 1), or send the next version of an aggregate when the last one is acknowledged; an idempotent producer, where its client keeps the order of retries';
    case 'finish-before-handover':
      return 'finish or drop what is under way before partitions are given up: message by message (partition-serial), smaller batches, or a handler that checks whether its partition is still assigned';
    case 'commit-more-often':
      return 'commit more often (--commit manual, or a commit threshold), stop gracefully before a member leaves, and make handlers idempotent';
    case 'lane-by-aggregate':
      return 'choose the lane by the aggregate id (keyed-pool), or keep a queue per aggregate (aggregate-queue)';
    case 'one-puller':
      return 'let one event at a time out of a durable, with one durable for each partition of the aggregates (partitioned) or max_ack_pending 1, or let one subscription at a time pull from it (pinned-client, one replica)';
    case 'retry-in-place':
      return 'try a failed event again in its lane, before anything that follows (retry-in-place), instead of sending it back';
    case 'stop-at-timeout':
      return 'pass the abort signal of the time-out to the handler and stop its work before the event is answered, or answer only once the work has ended; then try the event again in its lane (retry-in-place)';
    case 'one-in-flight':
      return 'let one event at a time out (max_ack_pending 1, or one for each partition of the aggregates), or drop what comes late by its version (version-gate)';
    case 'drop-by-version':
      return 'drop what comes again by its version (version-gate), or make handlers idempotent: a position cannot be committed past what is in hand';
    case 'ack-after-handling':
      return 'acknowledge an event once it has been handled, and not before (--ack after-handling)';
    case 'ack-success-only':
      return 'acknowledge only what was handled with success; try what failed again in its lane (retry-in-place), or keep it in a dead-letter topic';
    case 'fetch-less':
      return 'fetch no more than can be handled within the ack wait (batch size, max_ack_pending), or make the ack wait longer';
    case 'longer-ack-wait':
      return 'make the ack wait longer than the longest handling, or report long ones as in progress';
    case 'longer-backoff':
      return 'make every wait of the backoff, the first above all, longer than what an event spends in the bus, or leave the backoff out: the ack wait has no effect beside one';
    case 'more-pending':
      return 'allow more unacknowledged events than one client can hold (max_ack_pending above its fetches and queues), or make the ack wait shorter and report long handlings as in progress';
    case 'longer-session':
      return 'make the session time-out longer than the longest handling (kafkajs sessionTimeout; Java max.poll.interval.ms), send heartbeats while one runs, or fetch fewer messages at a time';
    case 'drain-before-resize':
      return 'let the lanes run empty before their number changes, or keep a queue per aggregate (aggregate-queue)';
    case 'await-handler':
      return 'await the promise of the handler before the next event of the lane is started';
    case 'one-topic-per-aggregate':
      return 'publish all events of an aggregate to one topic, or ask for order within a topic only';
    case 'no-delivery-limit':
      return 'let the broker deliver without limit (--max-deliver unlimited), or handle its advisories, which name what it gives up';
    case 'commit-up-to-failure':
      return 'commit the position up to the first event that has not been handled with success, and try that again in its lane (retry-in-place)';
    case 'own-message-id':
      return 'give every new message an id of its own, made of aggregate and version';
    case 'told':
      return detail ?? '';
  }
}

/** The remedy in a few words, as a noun phrase, for the verdict at the top of a report. */
export function remedyInShort(remedy: Remedy): string {
  return remedy.kind === 'told' ? remedyText(remedy) : inShort[remedy.kind];
}

const inShort: Readonly<Record<Exclude<Remedy['kind'], 'told'>, string>> = {
  'durable-per-topic': 'a durable per topic (multi/per-topic), or one subscription (single)',
  'one-publisher': 'one publisher for each aggregate, which waits for each ack',
  'send-in-turn': 'one sender, which waits for each ack (--publish serial)',
  'key-by-aggregate': 'the id of the aggregate as message key',
  'block-when-full': 'a full queue that blocks the subscription (--overflow block)',
  'partitions-from-start': 'all the partitions from the start',
  'one-partitioner': 'one partitioner for all publishers',
  'idempotent-producer': 'an idempotent producer (--idempotent), or message ids',
  'one-request-in-flight': 'one request in flight (--in-flight 1)',
  'finish-before-handover': 'finish what is under way before partitions are given up (partition-serial)',
  'commit-more-often': 'commits that come more often, and idempotent handlers',
  'one-puller': 'one event out of a durable at a time (partitioned), or one puller (pinned-client)',
  'retry-in-place': 'failed events tried again in their lane (retry-in-place)',
  'stop-at-timeout':
    'handlings that stop at their time-out (--handler-failure timeout), tried again in their lane (retry-in-place)',
  'one-in-flight': 'one event out at a time (max-ack-pending-1), or a version gate',
  'drop-by-version': 'a version gate, or idempotent handlers',
  'ack-after-handling': 'acks once an event has been handled (--ack after-handling)',
  'ack-success-only': 'acks for success only, and failed events tried again in their lane (retry-in-place)',
  'fetch-less': 'smaller fetches, or a longer ack wait (--ack-wait)',
  'longer-ack-wait': 'an ack wait longer than a handling (--ack-wait)',
  'longer-backoff': 'a backoff whose first wait is longer than a handling (--backoff)',
  'more-pending': 'more unacknowledged events (--max-ack-pending), or a shorter ack wait',
  'longer-session': 'a session time-out longer than a handling (--session-timeout)',
  'drain-before-resize': 'lanes that are empty before their number changes',
  'await-handler': 'a handler that is awaited',
  'one-topic-per-aggregate': 'one topic for all events of an aggregate',
  'no-delivery-limit': 'no limit of deliveries (--max-deliver unlimited)',
  'commit-up-to-failure': 'commits up to the first failure, which is tried again in its lane (retry-in-place)',
  'own-message-id': 'a message id made of aggregate and version',
  'lane-by-aggregate': 'a lane chosen by the aggregate (keyed-pool, aggregate-queue)',
};

/** The default of most clients. */
const usualAckWaitMs = 30_000;
const usualSessionMs = 30_000;
/** The highest that a broker allows by default (`group.max.session.timeout.ms`). */
const longestSessionMs = 30 * 60_000;
const usualPending = 1_000;

/**
 * The command that runs the row with the remedy; null if no flags apply the remedy, the row has it already, or it has no
 * command.
 */
export function remedyCommand({ kind }: Remedy, row: RunRow, report: RunReport): string | null {
  const changes = changesOf(kind, row, report);
  if (changes === null || !isForBroker(changes, row) || changes['strategy'] === row.strategy) return null;
  return rowCommand(row, report, changes);
}

/**
 * A durable for each partition keeps all replicas at work, by a limit of one unacknowledged event. Where that limit is in
 * place already, or acknowledging early leaves it without effect, one replica remains.
 */
function onePuller(row: RunRow, scenario: Scenario | null): Changes | null {
  if (scenario === null) return null;
  const hasLimit = scenario.maxAckPending === 1 || ['partitioned', 'max-ack-pending-1'].includes(row.strategy);
  if (!hasLimit && scenario.ack === 'after-handling') return { strategy: 'partitioned' };
  return membersOf(row, scenario) > 1 ? { members: '1' } : { strategy: 'pinned-client' };
}

function longerSession(scenario: Scenario | null): Changes | null {
  if (scenario === null || scenario.kafka.sessionTimeoutMs >= longestSessionMs) return null;
  const longerMs = Math.max(usualSessionMs, 10 * scenario.kafka.sessionTimeoutMs);
  return { 'session-timeout': formatMs(Math.min(longerMs, longestSessionMs)) };
}

function partitionsFromStart(scenario: Scenario | null): Changes | null {
  const added = scenario?.disturb.flatMap((one) => (one.kind === 'partitions' ? [one.count] : [])) ?? [];
  if (scenario === null || added.length === 0) return null;
  return {
    disturb: disturbFlag(scenario.disturb.filter((one) => one.kind !== 'partitions')),
    partitions: String(Math.max(...added)),
  };
}

function longerBackoff(waitsMs: readonly number[]): string {
  const leastMs = Math.max(usualAckWaitMs, 10 * waitsMs[0]!);
  return waitsMs.map((waitMs) => formatMs(Math.max(leastMs, waitMs))).join(',');
}

function changesOf(kind: Remedy['kind'], row: RunRow, { scenario }: RunReport): Changes | null {
  switch (kind) {
    case 'durable-per-topic':
      return row.mode === 'multi' ? { mode: 'multi/per-topic' } : null;
    case 'one-publisher':
      return { 'publishers-per-aggregate': '1', publish: 'serial' };
    case 'send-in-turn':
      return { publish: 'serial' };
    case 'key-by-aggregate':
      return { key: 'aggregate' };
    case 'block-when-full':
      return { overflow: 'block' };
    case 'partitions-from-start':
      return partitionsFromStart(scenario);
    case 'one-partitioner':
      return { partitioner: 'default', 'publishers-per-aggregate': '1' };
    case 'idempotent-producer':
      return { idempotent: true, acks: 'all', 'in-flight': '1' };
    case 'one-request-in-flight':
      return { 'in-flight': '1' };
    case 'commit-more-often':
      if (scenario?.kafka.commit === 'manual') return { strategy: 'partition-serial' };
      return { commit: 'manual', 'commit-interval': 'none', 'commit-threshold': 'none' };
    case 'lane-by-aggregate':
    case 'await-handler':
      return { strategy: 'keyed-pool' };
    case 'finish-before-handover':
      return { strategy: 'partition-serial' };
    case 'retry-in-place':
      return { strategy: 'retry-in-place' };
    case 'stop-at-timeout':
      return { 'handler-failure': 'timeout', ...(row.strategy !== 'retry-in-place' && { strategy: 'retry-in-place' }) };
    case 'one-in-flight':
      return { strategy: 'max-ack-pending-1' };
    case 'drop-by-version':
      return { strategy: 'version-gate' };
    case 'one-puller':
      return onePuller(row, scenario);
    case 'ack-after-handling':
      return { ack: 'after-handling' };
    case 'fetch-less':
    case 'longer-ack-wait':
      // A backoff takes the place of the ack wait.
      return scenario === null || scenario.backoffMs.length > 0
        ? null
        : { 'ack-wait': formatMs(Math.max(usualAckWaitMs, 10 * scenario.ackWaitMs)) };
    case 'longer-backoff':
      return scenario === null || scenario.backoffMs.length === 0
        ? null
        : { backoff: longerBackoff(scenario.backoffMs) };
    case 'more-pending':
      return scenario === null
        ? null
        : { 'max-ack-pending': String(Math.max(usualPending, 10 * scenario.maxAckPending)) };
    case 'longer-session':
      return longerSession(scenario);
    case 'drain-before-resize':
      return { strategy: 'aggregate-queue' };
    case 'no-delivery-limit':
      return { 'max-deliver': 'unlimited' };
    case 'one-topic-per-aggregate':
      return { 'topic-choice': 'home' };
    case 'ack-success-only':
    case 'commit-up-to-failure':
      // What is sent back comes again behind its successors, unless it is tried again in its lane.
      return { 'handler-failure': 'nak', ...(row.strategy !== 'retry-in-place' && { strategy: 'retry-in-place' }) };
    case 'own-message-id':
      return { 'message-id': 'event' };
    case 'told':
      return null;
  }
}
