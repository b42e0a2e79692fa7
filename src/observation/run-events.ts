/**
 * Collects what happened to a run: the rebalances with the partitions of each member, the disturbances, and how
 * deep a resequencing buffer got. Members report each
 * assignment with the group's epoch (Kafka's generation); those of one epoch are one rebalance. While a group still
 * gathers, before anything was published, only its last assignment counts; what happens when members leave at the end
 * does not. Bounded: the first {@link rebalancesKept} rebalances are kept.
 */
import { formatMs } from '../domain/scenario/disturbance.js';
import type { Disturbed, Rebalance } from '../domain/report/run-report.js';
import type { Observation, ObservationSink } from '../domain/observation.js';
import type { RunNote } from '../domain/run-note.js';

const rebalancesKept = 1_000;

interface OpenRebalance {
  readonly group: string;
  readonly epoch: number;
  readonly atMs: number;
  readonly members: Record<string, string>;
}

export class RunEvents implements ObservationSink {
  readonly uses = ['publish', 'note'] as const;
  readonly #byEpoch = new Map<string, OpenRebalance>();
  readonly #disturbances: Disturbed[] = [];
  #hasBegun = false;
  #isOver = false;
  #bufferDepthMax: number | null = null;

  get rebalances(): readonly Rebalance[] {
    return [...this.#byEpoch.values()];
  }

  get disturbances(): readonly Disturbed[] {
    return this.#disturbances;
  }

  /** Most early events that one bus held back at once; null if no bus notes that it holds any back. */
  get bufferDepthMax(): number | null {
    return this.#bufferDepthMax;
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'publish':
        this.#hasBegun = true;
        return;
      case 'note':
        return this.#note(record);
      default:
        return;
    }
  }

  #note(note: RunNote): void {
    switch (note.kind) {
      case 'drain':
        this.#isOver = true;
        return;
      case 'rebalance':
        if (!this.#isOver) this.#assigned(note);
        return;
      case 'resequencer':
        if ('depth' in note.detail) this.#buffered(note.detail.depth);
        return;
      case 'disturbance':
        this.#disturbances.push({ atMs: note.atMs, what: describe(note.detail) });
        return;
      default:
        return;
    }
  }

  #assigned({ atMs, detail }: RunNote<'rebalance'>): void {
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

  #buffered(depth: number | undefined): void {
    if (typeof depth === 'number') this.#bufferDepthMax = Math.max(this.#bufferDepthMax ?? 0, depth);
  }

  #forget(group: string): void {
    for (const [key, open] of this.#byEpoch) if (open.group === group) this.#byEpoch.delete(key);
  }
}

/** A disturbance as `--disturb` writes it, without the share at which it comes. */
function describe(detail: RunNote<'disturbance'>['detail']): string {
  const { what, count, forMs, downMs } = detail;
  const ms = forMs ?? downMs;
  const argument = typeof ms === 'number' ? formatMs(ms) : count;
  return argument === undefined ? String(what) : `${String(what)}:${String(argument)}`;
}
