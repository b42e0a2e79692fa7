/**
 * When did a group give its partitions out anew, and who had which then? Members report each assignment with the group's
 * epoch (Kafka's generation); those of one epoch are one rebalance. While a group still gathers, before anything was
 * published, only its last assignment counts; what happens when members leave at the end does not. Bounded: the first
 * {@link rebalancesKept} are kept. Beside that: what was done to the run, and how deep a resequencing buffer got.
 */
import { formatMs } from '../domain/scenario/disturbance.js';
import type { Disturbed, Rebalance } from '../domain/report/run-report.js';
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
  #hasBegun = false;
  #isOver = false;
  #produceRetries = 0;
  #naks = 0;
  #bufferDepthMax: number | null = null;

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

  /** Early events that one bus held back at once, at most; null if none says that it holds any back. */
  get bufferDepthMax(): number | null {
    return this.#bufferDepthMax;
  }

  note(note: RunNote): void {
    if (note.kind === 'drain') this.#isOver = true;
    if (note.kind === 'rebalance' && !this.#isOver) this.#assigned(note);
    if (note.kind === 'fault' && note.detail['what'] === 'produce-retry') this.#produceRetries++;
    if (note.kind === 'resequencer') this.#buffered(note.detail['depth']);
    if (note.kind === 'disturbance') this.#disturbances.push({ atMs: note.atMs, what: describe(note.detail) });
  }

  #assigned({ atMs, detail }: RunNote): void {
    const { group, epoch, subscription, assigned } = detail;
    if (typeof group !== 'string' || typeof epoch !== 'number' || typeof subscription !== 'string') return;
    const key = `${String(epoch)} ${group}`;
    let open = this.#byEpoch.get(key);
    if (open === undefined) {
      if (this.#byEpoch.size === rebalancesKept) return;
      if (!this.#hasBegun) this.#forget(group);
      open = { group, epoch, atMs, members: {} };
      this.#byEpoch.set(key, open);
    }
    open.members[subscription] = typeof assigned === 'string' ? assigned : '';
  }

  #buffered(depth: RunNote['detail'][string] | undefined): void {
    if (typeof depth === 'number') this.#bufferDepthMax = Math.max(this.#bufferDepthMax ?? 0, depth);
  }

  #forget(group: string): void {
    for (const [key, open] of this.#byEpoch) if (open.group === group) this.#byEpoch.delete(key);
  }

  publish(): void {
    this.#hasBegun = true;
  }
  publishResult(): void {}
  deliver(): void {}
  submit(): void {}
  start(): void {}
  finish(): void {}
  ack(_delivery: Delivery, kind: AckKind): void {
    if (kind === 'nak') this.#naks++;
  }
}

/** As `--disturb` has it, without its place. */
function describe(detail: RunNote['detail']): string {
  const { what, count, forMs, downMs } = detail;
  const ms = forMs ?? downMs;
  const argument = typeof ms === 'number' ? formatMs(ms) : count;
  return argument === undefined ? String(what) : `${String(what)}:${String(argument)}`;
}
