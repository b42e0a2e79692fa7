/**
 * Holds the *units* of one aggregate, within which its order is judged: one for each topic that it is met in, or a
 * single one where order is promised across topics. Most aggregates live in one topic and so have one unit.
 */
import { AggregateWide } from './aggregate-wide.js';
import { CrossTopicArrivals } from './anomalies/cross-topic.js';
import type { PublishedVersions } from './memory/published-versions.js';
import { Unit } from './aggregate-unit.js';
import type { UnitContext } from './unit-context.js';

export class Aggregate {
  /** The unit that it was met in first. */
  readonly home: Unit;
  readonly #index: number;
  readonly #wide = new AggregateWide();
  readonly #context: UnitContext;
  #others: Unit[] | null = null;

  /** @param unitKey the topic, or 0 where all topics are one unit */
  constructor(index: number, unitKey: number, topic: number, context: UnitContext) {
    this.#index = index;
    this.#context = context;
    this.home = new Unit(index, this.#wide, unitKey, topic, context);
  }

  get units(): readonly Unit[] {
    return this.#others === null ? [this.home] : [this.home, ...this.#others];
  }

  /** Versions that arrived after a higher one of another topic; 0 where there is but one unit. */
  get crossTopic(): number {
    return this.#wide.crossTopic?.count ?? 0;
  }

  /** The unit with this key, if anything was seen of it. */
  unitWith(unitKey: number): Unit | undefined {
    return this.home.key === unitKey ? this.home : this.#others?.find(({ key }) => key === unitKey);
  }

  /** The unit with this key; makes it if need be. */
  unit(unitKey: number, topic: number): Unit {
    const known = this.unitWith(unitKey);
    if (known !== undefined) return known;
    this.#wide.crossTopic ??= new CrossTopicArrivals(this.home);
    const unit = new Unit(this.#index, this.#wide, unitKey, topic, this.#context);
    this.#others ??= [];
    this.#others.push(unit);
    return unit;
  }

  /** What was published in the other units. */
  publishedBeside(unit: Unit): readonly PublishedVersions[] {
    return this.#others === null ? [] : this.units.filter((other) => other !== unit).map(({ published }) => published);
  }
}
