/**
 * What can be said of one version of a unit: whether it was published there, and when it was first acknowledged,
 * delivered, started and finished. Infinity is never.
 */
import type { Delivery } from '../../../src/domain/observation.js';
import type { Delivered, Facts, Finished, Published, Result, Started } from './facts.js';

export class Unit {
  readonly key: string;
  readonly facts: Facts;
  readonly aggregate: number;
  /** The one under which it was met. */
  readonly topic: number;
  readonly publishes: readonly Published[];
  readonly results: readonly Result[];
  readonly delivered: readonly Delivered[];
  readonly started: readonly Started[];
  readonly finished: readonly Finished[];
  /** First attempts: what is *observed*. */
  readonly starts: readonly Started[];
  /** First observations of each version. */
  readonly firsts: readonly Started[];
  /** Versions that were published here, ascending. */
  readonly published: readonly number[];

  constructor(key: string, facts: Facts) {
    const own = <T extends { readonly unit: string }>(all: readonly T[]): readonly T[] =>
      all.filter(({ unit }) => unit === key);
    this.key = key;
    this.facts = facts;
    ({ aggregate: this.aggregate, topic: this.topic } = facts.units.get(key)!);
    this.publishes = own(facts.publishes);
    this.results = own(facts.results);
    this.delivered = own(facts.delivered);
    this.started = own(facts.started);
    this.finished = own(facts.finished);
    this.starts = this.started.filter(({ attempt }) => attempt.number === 1);
    this.firsts = firstOfEach(this.starts);
    this.published = [...new Set(this.publishes.map(({ version }) => version))].sort((a, b) => a - b);
  }

  firstAck(version: number): number {
    return this.results.find((one) => one.version === version && one.result.ok)?.time ?? Infinity;
  }

  /** An event that starts was delivered by then, whether or not that was seen. */
  firstDelivery(version: number): { readonly time: number; readonly delivery: Delivery } | null {
    const delivered = this.delivered.find((one) => one.version === version);
    const started = this.starts.find((one) => one.version === version);
    const seen = [delivered, started && { time: started.time, delivery: started.attempt.delivery }];
    return seen.filter((one) => one !== undefined).sort((a, b) => a.time - b.time)[0] ?? null;
  }

  deliveryTime(version: number): number {
    return this.firstDelivery(version)?.time ?? Infinity;
  }

  firstStart(version: number): number {
    return this.firsts.find((one) => one.version === version)?.time ?? Infinity;
  }

  /** The first finish with an effect. */
  firstDone(version: number): Finished | undefined {
    return this.finished.find((one) => one.version === version && one.attempt.outcome === 'done');
  }

  finish(version: number): number {
    return this.firstDone(version)?.time ?? Infinity;
  }

  /** The highest version observed until then, then included. */
  highestAt(time: number): number {
    return Math.max(0, ...this.starts.filter((one) => one.time <= time).map(({ version }) => version));
  }

  /** Log positions of versions up to this one are forgotten. */
  floorAt(time: number): number {
    return this.highestAt(time) - (this.facts.options.positionWindow ?? 1024);
  }

  /** Acknowledged to the publisher, and no handling of it succeeded. */
  unhandled(): readonly number[] {
    return this.published.filter((version) => this.firstAck(version) < Infinity && this.finish(version) === Infinity);
  }

  /** Observed, though each publish call that was answered had failed, and one was. */
  recovered(): readonly number[] {
    return this.published.filter((version) => {
      const answers = this.results.filter((one) => one.version === version).map(({ result }) => result.ok);
      return this.firstStart(version) < Infinity && answers.includes(false) && !answers.includes(true);
    });
  }
}

export function firstOfEach(starts: readonly Started[]): readonly Started[] {
  return starts.filter((one) => starts.find(({ version }) => version === one.version) === one);
}

/** The earliest first observation of a higher version, if that came before. */
export function earliestHigher(firsts: readonly Started[], late: Started): Started | undefined {
  return firsts.find(({ version, time }) => version > late.version && time < late.time);
}
