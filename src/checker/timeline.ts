/**
 * Keeps when things happened to the run that may break order: resizes, rebalances, publishes that were sent again, added
 * partitions. Stamps are those of the run's logical clock. Of resizes and rebalances the last {@link kept} are
 * remembered, so a pair of events is compared with those that lie near it.
 */
import type { RunNote } from '../domain/run-note.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import type { TimelineCounts } from '../domain/report/verdict.js';
import type { Incident, IncidentMoment, Moment } from '../domain/report/witness.js';
import { Backoffs } from './memory/backoffs.js';
import { microsecondsOf } from './sighting.js';

/** What makes a member read its log again from an earlier offset. */
type Rewinding = Extract<Again, 'rebalance' | 'behind-failure' | 'connection-lost'>;

interface LogReader {
  /** Numbered as in log-name.ts. */
  readonly log: number;
  /** That reads the log; null: any group. */
  readonly group: string | null;
  /** That has the delivery now. */
  readonly subscription: number;
}

const kept = 256;
const never = 0;
const none: readonly Moment[] = [];

export class Timeline {
  readonly #resizes: Moment[] = [];
  /** When members learned of them, by group. */
  readonly #rebalances = new Map<string, Moment[]>();
  /** The last handling that failed, by log. */
  readonly #failures = new Map<number, Moment>();
  /** The last delivery that was sent back, by log. */
  readonly #sentBack = new Map<number, Moment>();
  readonly backoffs = new Backoffs();
  #lastRetry: Moment | null = null;
  #lastDeath: Moment | null = null;
  #lastExpansion: Moment | null = null;
  /** When the connection of a subscription was last lost or made anew, by the number of the subscription. */
  readonly #connections = new Map<number, Moment>();
  #deaths = 0;
  #expansions = 0;
  readonly #counts = {
    ...{ resizes: 0, rebalances: 0, putOuts: 0, memberChanges: 0, produceRetries: 0, publisherDisconnects: 0 },
    ...{ naks: 0, acks: 0, failures: 0, pooledPublishers: 0 },
  };

  note(note: RunNote): void {
    const { kind, stamp, atMs, detail } = note;
    const moment = { stamp, atMs };
    if (note.kind === 'backoff') this.backoffs.note(note.detail);
    if (kind === 'resized') {
      this.#counts.resizes++;
      remember(this.#resizes, moment);
    }
    if (kind === 'fault' && detail.what === 'produce-retry') {
      this.#counts.produceRetries++;
      this.#lastRetry = moment;
    }
    if (kind === 'fault' && detail.what === 'disconnect' && detail['publisher'] !== undefined) {
      this.#counts.publisherDisconnects++;
    }
    if (kind === 'senders') this.#counts.pooledPublishers++;
    if (kind === 'put-out') this.#counts.putOuts++;
    if (kind === 'subscription-ended' || (kind === 'disturbance' && changesMembers(detail.what)))
      this.#counts.memberChanges++;
    if (kind === 'subscription-ended' || kind === 'crashed') {
      this.#deaths++;
      this.#lastDeath = moment;
    }
    if (kind === 'disturbance' && detail.what === 'partitions') {
      this.#expansions++;
      this.#lastExpansion = moment;
    }
  }

  /** A group gave its partitions out anew, after its first assignment. */
  rebalanced(): void {
    this.#counts.rebalances++;
  }

  /** A member of the group learned which partitions it has from now on. */
  assigned(group: string, moment: Moment): void {
    const known = this.#rebalances.get(group) ?? [];
    this.#rebalances.set(group, known);
    remember(known, moment);
  }

  /** The connection of a subscription was lost, or made anew. */
  reconnected(subscription: number, moment: Moment): void {
    this.#connections.set(subscription, moment);
  }

  /** The bus is done with a delivery. @param log numbered as in log-name.ts */
  answered(kind: 'ack' | 'nak' | 'term', log: number, { stamp, atMs }: Moment): void {
    if (kind === 'ack') this.#counts.acks++;
    else this.#counts.naks++;
    if (kind === 'nak') this.#sentBack.set(log, { stamp, atMs });
  }

  /** Whether answers are observed at all, so that a failure without one was not sent back. */
  get answersAreSeen(): boolean {
    return this.#counts.acks + this.#counts.naks > 0;
  }

  /** A handling failed. @param log numbered as in log-name.ts */
  failed(log: number, moment: Moment): void {
    this.#counts.failures++;
    this.#failures.set(log, moment);
  }

  /** How often a service, or a subscription of it, has died: changes with each death. */
  get deaths(): number {
    return this.#deaths;
  }

  /** How often partitions were to be added. */
  get expansions(): number {
    return this.#expansions;
  }

  get counts(): TimelineCounts {
    return { ...this.#counts, deaths: this.#deaths };
  }

  isResizeWithin(from: number, to: number): boolean {
    return this.resizeWithin(from, to) !== null;
  }

  /** The last one between two stamps; null: none. */
  resizeWithin(from: number, to: number): IncidentMoment | null {
    return incidentOf('resize', lastWithin(this.#resizes, from, to));
  }

  /** @param group null: any group */
  hasRebalanced(group: string | null): boolean {
    return this.#rebalancesOf(group).length > 0;
  }

  /** @param group null: any group */
  isRebalanceWithin(group: string | null, from: number, to: number): boolean {
    return this.rebalanceWithin(group, from, to) !== null;
  }

  /** The last one between two stamps; null: none. @param group null: any group */
  rebalanceWithin(group: string | null, from: number, to: number): IncidentMoment | null {
    return incidentOf('rebalance', lastWithin(this.#rebalancesOf(group), from, to));
  }

  /** The last handling of the log that failed; null: none. @param log numbered as in log-name.ts */
  lastFailure(log: number): IncidentMoment | null {
    return incidentOf('failure', this.#failures.get(log) ?? null);
  }

  /** The last time that a service, or a subscription of it, has died; null: none has. */
  get lastDeath(): IncidentMoment | null {
    return incidentOf('crash', this.#lastDeath);
  }

  /** The last time that partitions were to be added; null: never. */
  get lastExpansion(): IncidentMoment | null {
    return incidentOf('partitions', this.#lastExpansion);
  }

  /** The last time that a publish was sent again; null: never. */
  get lastRetry(): IncidentMoment | null {
    return incidentOf('produce-retry', this.#lastRetry);
  }

  /** Whether a publish was sent again since the stamp. */
  isRetrySince(stamp: number): boolean {
    return this.#lastRetry !== null && this.#lastRetry.stamp > stamp;
  }

  /** Why an event is delivered again of which no delivery was seen: whoever was to have it is gone. */
  get unseenReason(): Again {
    if (this.#deaths > 0) return 'crash';
    return this.#connections.size > 0 ? 'connection-lost' : 'unknown';
  }

  /**
   * What has brought the deliveries of a log back since the stamp, if anything: the latest of the three. A failure does
   * so only if it was sent back; where no answers are seen any may have been. A member whose connection is lost gives up
   * what it has in hand.
   */
  rewoundSince(stamp: number, { log, group, subscription }: LogReader): Rewinding | null {
    const rebalance = Math.max(never, ...this.#rebalancesOf(group).map((moment) => moment.stamp));
    const failure = (this.answersAreSeen ? this.#sentBack : this.#failures).get(log)?.stamp ?? never;
    const connection = this.#connections.get(subscription)?.stamp ?? never;
    const latest = Math.max(rebalance, failure, connection);
    if (latest <= stamp) return null;
    if (latest === connection) return 'connection-lost';
    return latest === failure ? 'behind-failure' : 'rebalance';
  }

  #rebalancesOf(group: string | null): readonly Moment[] {
    if (this.#rebalances.size === 0) return none;
    return group === null ? [...this.#rebalances.values()].flat() : (this.#rebalances.get(group) ?? none);
  }
}

/** Whether a disturbance makes members come, go, or be out of hearing. */
function changesMembers(what: string | undefined): boolean {
  return what !== undefined && ['join', 'leave', 'stall', 'crash', 'restart'].includes(what);
}

function remember(moments: Moment[], moment: Moment): void {
  moments.push(moment);
  if (moments.length > 2 * kept) moments.splice(0, kept);
}

function lastWithin(moments: readonly Moment[], a: number, b: number): Moment | null {
  if (moments.length === 0) return null;
  const [from, to] = a < b ? [a, b] : [b, a];
  return moments.findLast(({ stamp }) => stamp > from && stamp < to) ?? null;
}

function incidentOf(what: Incident, moment: Moment | null): IncidentMoment | null {
  return moment === null ? null : { what, stamp: moment.stamp, atMs: microsecondsOf(moment.atMs) / 1_000 };
}
