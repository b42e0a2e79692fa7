/** Counts what belongs to all aggregates of a run, rather than to one unit. */
import type { OriginRange, Origins } from '../domain/report/verdict.js';
import type { OriginBetween } from '../domain/observation.js';
import { AtWorkCounts } from './at-work.js';
import { ExposureCounts } from './exposure/exposure.js';
import { Extents } from './anomalies/extents.js';
import type { PublishOverlaps } from './anomalies/publish-overlap.js';
import { SignatureTally } from './signatures/signature-tally.js';
import type { RegressionStory } from './regression-story.js';

export class Tallies {
  acked = 0;
  delivered = 0;
  retries = 0;
  misroutes = 0;
  regressions = 0;
  /** Regressions within one unit whose pair lies in two topics: only where a unit spans several. */
  crossTopicRegressions = 0;
  readonly publishOverlaps: PublishOverlaps = { acrossPublishers: 0, withinPublisher: 0 };
  /** See domain/report/at-work.ts. */
  readonly atWork = new AtWorkCounts();
  readonly exposure = new ExposureCounts();
  readonly extents = new Extents();
  readonly signatures = new SignatureTally();
  /** Of regressions; those of completion inversions are counted in the units. */
  readonly origins: Origins = { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 };

  /** Of regressions whose origin is unknown. */
  readonly #between = new Map<string, OriginBetween & { count: number }>();

  addUnknownOrigin(between: OriginBetween): void {
    const key = `${between.after} ${between.by}`;
    const known = this.#between.get(key);
    if (known === undefined) this.#between.set(key, { ...between, count: 1 });
    else known.count++;
  }

  /** Most frequent first. */
  get unknownOrigins(): readonly OriginRange[] {
    return [...this.#between.values()].map((one) => ({ ...one })).sort((a, b) => b.count - a.count);
  }

  addRegression({ late, early, extent, origin }: RegressionStory, arrivedAbove: number): void {
    this.regressions++;
    this.origins[origin]++;
    this.extents.add(extent, arrivedAbove);
    if (late.topic !== early.topic) this.crossTopicRegressions++;
  }
}
