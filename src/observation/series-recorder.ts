/**
 * Counts what went on over time, in at most {@link bucketsMax} buckets: when the run outgrows them, each two become one
 * of twice the length.
 */
import type { Observation, ObservationSink } from '../domain/observation.js';
import { bucketsMax, type RunSeries } from '../domain/report/run-picture.js';

/** The length of a bucket at the beginning, in milliseconds. */
const finestMs = 1;

export class SeriesRecorder implements ObservationSink {
  readonly uses = ['publish', 'start', 'finish'] as const;
  readonly #regressions: () => number;
  readonly #published = new Float64Array(bucketsMax);
  readonly #handled = new Float64Array(bucketsMax);
  readonly #regressed = new Float64Array(bucketsMax);
  #bucketMs = finestMs;
  #used = 0;
  #regressionsBefore = 0;

  /** @param regressions how many there are so far; asked after the checker has seen the same observation */
  constructor(regressions: () => number) {
    this.#regressions = regressions;
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'publish':
        this.#published[this.#bucket(record.publishedAtMs)]!++;
        return;
      case 'start':
        return this.#started(record.startedAtMs);
      case 'finish':
        if (record.outcome === 'done') this.#handled[this.#bucket(record.finishedAtMs)]!++;
        return;
      default:
        return;
    }
  }

  /** null: nothing was published or handled. */
  series(): RunSeries | null {
    if (this.#used === 0) return null;
    const shown = (counts: Float64Array): number[] => [...counts.subarray(0, this.#used)];
    return {
      bucketMs: this.#bucketMs,
      published: shown(this.#published),
      handled: shown(this.#handled),
      regressions: shown(this.#regressed),
    };
  }

  #started(atMs: number): void {
    const regressions = this.#regressions();
    if (regressions === this.#regressionsBefore) return;
    this.#regressed[this.#bucket(atMs)]! += regressions - this.#regressionsBefore;
    this.#regressionsBefore = regressions;
  }

  /** Of real brokers, clocks of several threads may differ a little, so that a time may lie before the run. */
  #bucket(atMs: number): number {
    const at = Math.max(0, atMs);
    while (at >= this.#bucketMs * bucketsMax) this.#coarsen();
    const bucket = Math.floor(at / this.#bucketMs);
    if (bucket >= this.#used) this.#used = bucket + 1;
    return bucket;
  }

  #coarsen(): void {
    for (const counts of [this.#published, this.#handled, this.#regressed]) {
      for (let i = 0; i < bucketsMax; i++) counts[i] = (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0);
    }
    this.#used = Math.ceil(this.#used / 2);
    this.#bucketMs *= 2;
  }
}
