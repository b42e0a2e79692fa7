/** Counts who fetched what: the deliveries of each subscription from each topic. */
import type { Names, Observation, ObservationSink } from '../domain/observation.js';
import { fetchCellsMax, type FetchCell, type FetchMatrix } from '../domain/report/run-picture.js';

interface OpenCell {
  readonly subscription: number;
  readonly topic: number;
  delivered: number;
  misrouted: number;
}

export class FetchMatrixRecorder implements ObservationSink {
  readonly uses = ['deliver'] as const;
  readonly #names: Pick<Names, 'topics' | 'subscriptions'>;
  /** By subscription, then by topic. */
  readonly #cells: (OpenCell | undefined)[][] = [];

  constructor(names: Pick<Names, 'topics' | 'subscriptions'>) {
    this.#names = names;
  }

  observe({ kind, record }: Observation): void {
    if (kind !== 'deliver') return;
    const { subscription, topic } = record;
    const cells = (this.#cells[subscription] ??= []);
    const cell = (cells[topic] ??= { subscription, topic, delivered: 0, misrouted: 0 });
    cell.delivered++;
    if (!record.owned) cell.misrouted++;
  }

  /** null: nothing was delivered. */
  matrix(): FetchMatrix | null {
    const all = this.#cells.flat().filter((cell) => cell !== undefined);
    if (all.length === 0) return null;
    const largest =
      all.length <= fetchCellsMax ? all : [...all].sort((a, b) => b.delivered - a.delivered).slice(0, fetchCellsMax);
    const { subscriptions, topics } = this.#names;
    return { subscriptions, topics, cells: [...largest].sort(byPlace), cellsTotal: all.length };
  }
}

function byPlace(a: FetchCell, b: FetchCell): number {
  return a.subscription - b.subscription || a.topic - b.topic;
}
