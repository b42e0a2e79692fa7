/**
 * When did a group give its partitions out anew, and who had which then? Members report each assignment with the group's
 * epoch (Kafka's generation); those of one epoch are one rebalance. Bounded: the first {@link rebalancesKept} are kept.
 */
import type { Disturbed, Rebalance } from '../domain/run-report.js';
import type { AckKind, Delivery, ObservationSink, RunNote } from '../domain/observation.js';

const rebalancesKept = 1_000;

interface Open {
  readonly group: string;
  readonly epoch: number;
  readonly atMs: number;
  readonly members: Record<string, string>;
}

export class RunEvents implements ObservationSink {
  readonly #byEpoch = new Map<string, Open>();
  readonly #disturbances: Disturbed[] = [];
  #produceRetries = 0;
  #naks = 0;

  /** What the diagnosis asks for: see `RunFacts`. */
  facts(): { rebalances: number; produceRetries: number; naks: number } {
    const groups = new Set(this.rebalances.map(({ group }) => group));
    return {
      rebalances: this.#byEpoch.size - groups.size,
      produceRetries: this.#produceRetries,
      naks: this.#naks,
    };
  }

  get rebalances(): readonly Rebalance[] {
    return [...this.#byEpoch.values()];
  }

  get disturbances(): readonly Disturbed[] {
    return this.#disturbances;
  }

  note(note: RunNote): void {
    if (note.kind === 'rebalance') this.#assigned(note);
    if (note.kind === 'fault' && note.detail['what'] === 'produce-retry') this.#produceRetries++;
    if (note.kind === 'disturbance') this.#disturbances.push({ atMs: note.atMs, what: describe(note.detail) });
  }

  #assigned({ atMs, detail }: RunNote): void {
    const { group, epoch, subscription, assigned } = detail;
    if (typeof group !== 'string' || typeof epoch !== 'number' || typeof subscription !== 'string') return;
    const key = `${String(epoch)} ${group}`;
    let open = this.#byEpoch.get(key);
    if (open === undefined) {
      if (this.#byEpoch.size === rebalancesKept) return;
      open = { group, epoch, atMs, members: {} };
      this.#byEpoch.set(key, open);
    }
    open.members[subscription] = typeof assigned === 'string' ? assigned : '';
  }

  publish(): void {}
  publishResult(): void {}
  deliver(): void {}
  submit(): void {}
  start(): void {}
  finish(): void {}
  ack(_delivery: Delivery, kind: AckKind): void {
    if (kind === 'nak') this.#naks++;
  }
}

/** `partitions:6`, `stall:2000ms`. */
function describe(detail: RunNote['detail']): string {
  const { what, count, forMs, downMs } = detail;
  const ms = forMs ?? downMs;
  const argument = count ?? (ms === undefined ? undefined : `${String(ms)}ms`);
  return argument === undefined ? String(what) : `${String(what)}:${String(argument)}`;
}
