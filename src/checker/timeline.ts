/**
 * Keeps when things happened to the run that may break order: resizes, rebalances, publishes that were sent again, added
 * partitions. Stamps are those of the run's logical clock. Of resizes and rebalances the last {@link kept} are
 * remembered, so a pair of events is compared with those that lie near it.
 */
import type { RunNote } from '../domain/run-note.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import type { TimelineCounts } from '../domain/report/verdict.js';

const kept = 256;
const never = 0;
const none: readonly number[] = [];

export class Timeline {
  readonly #resizes: number[] = [];
  /** When members learned of them, by group. */
  readonly #rebalances = new Map<string, number[]>();
  /** Stamp of the last handling that failed, by log. */
  readonly #failures = new Map<number, number>();
  #lastRetry = never;
  #deaths = 0;
  #reconnects = 0;
  #expansions = 0;
  readonly #counts = {
    ...{ resizes: 0, rebalances: 0, produceRetries: 0, publisherDisconnects: 0 },
    ...{ naks: 0, acks: 0, failures: 0 },
  };

  note({ kind, stamp, detail }: RunNote): void {
    if (kind === 'resized') {
      this.#counts.resizes++;
      remember(this.#resizes, stamp);
    }
    if (kind === 'fault' && detail.what === 'produce-retry') {
      this.#counts.produceRetries++;
      this.#lastRetry = stamp;
    }
    if (kind === 'fault' && detail.what === 'disconnect' && detail['publisher'] !== undefined) {
      this.#counts.publisherDisconnects++;
    }
    if (kind === 'reconnect') this.#reconnects++;
    if (kind === 'subscription-ended' || kind === 'crashed') this.#deaths++;
    if (kind === 'disturbance' && detail.what === 'partitions') this.#expansions++;
  }

  /** A group gave its partitions out anew, after its first assignment. */
  rebalanced(): void {
    this.#counts.rebalances++;
  }

  /** A member of the group learned which partitions it has from now on. */
  assigned(group: string, stamp: number): void {
    const known = this.#rebalances.get(group) ?? [];
    this.#rebalances.set(group, known);
    remember(known, stamp);
  }

  answered(isAck: boolean): void {
    if (isAck) this.#counts.acks++;
    else this.#counts.naks++;
  }

  /** A handling failed. @param log numbered as in log-name.ts */
  failed(log: number, stamp: number): void {
    this.#counts.failures++;
    this.#failures.set(log, stamp);
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
    return { ...this.#counts };
  }

  isResizeWithin(from: number, to: number): boolean {
    return this.#resizes.length > 0 && isAnyWithin(this.#resizes, from, to);
  }

  /** @param group null: any group */
  hasRebalanced(group: string | null): boolean {
    return this.#rebalancesOf(group).length > 0;
  }

  /** @param group null: any group */
  isRebalanceWithin(group: string | null, from: number, to: number): boolean {
    return isAnyWithin(this.#rebalancesOf(group), from, to);
  }

  /** Whether a publish was sent again since the stamp. */
  isRetrySince(stamp: number): boolean {
    return this.#lastRetry > stamp;
  }

  /** Why an event is delivered again of which no delivery was seen: whoever was to have it is gone. */
  get unseenReason(): Again {
    if (this.#deaths > 0) return 'crash';
    return this.#reconnects > 0 ? 'connection-lost' : 'unknown';
  }

  /**
   * What has brought the deliveries of a log back since the stamp, if anything: the later of the two.
   * @param group that reads the log; null: any group
   */
  rewoundSince(stamp: number, log: number, group: string | null): 'rebalance' | 'behind-failure' | null {
    const rebalance = Math.max(never, ...this.#rebalancesOf(group));
    const failure = this.#failures.get(log) ?? never;
    if (Math.max(rebalance, failure) <= stamp) return null;
    return rebalance > failure ? 'rebalance' : 'behind-failure';
  }

  #rebalancesOf(group: string | null): readonly number[] {
    if (this.#rebalances.size === 0) return none;
    return group === null ? [...this.#rebalances.values()].flat() : (this.#rebalances.get(group) ?? none);
  }
}

function remember(stamps: number[], stamp: number): void {
  stamps.push(stamp);
  if (stamps.length > 2 * kept) stamps.splice(0, kept);
}

function isAnyWithin(stamps: readonly number[], a: number, b: number): boolean {
  const [from, to] = a < b ? [a, b] : [b, a];
  return stamps.some((stamp) => stamp > from && stamp < to);
}
