/**
 * Adds up unit after unit what all of them come to at the end of a run. Units with anomalies are kept, to be ranked;
 * of the others nothing is kept, so that the end of a run with a million aggregates takes little time and memory.
 */
import type { Counts, Evidence, Origins } from '../domain/report/verdict.js';
import type { Aggregate } from './aggregate.js';
import { runningIn } from './anomalies/overlap.js';
import { hasAnomaly } from './findings.js';
import type { EndContext, UnitEnd } from './still-open.js';
import { endOf } from './still-open.js';
import type { Tallies } from './tallies.js';

type SummedEvidence = Pick<Evidence, 'partitionSwitches' | 'attemptedGaps'>;

export class UnitSums {
  readonly #context: Omit<EndContext, 'beside'>;
  readonly #withAnomalies: UnitEnd[] = [];
  #units = 0;
  #crossTopicArrivals = 0;
  #completionInversionsRedelivered = 0;
  /** Counted on account of attempts whose end was not seen. */
  readonly unended = { overlaps: 0, duplicates: 0, lost: 0 };
  /** Events published of which neither an answer nor a handling was seen. */
  unanswered = 0;
  readonly #evidence = { partitionSwitches: 0, attemptedGaps: 0 };
  readonly #duplicates = { total: 0, redone: 0, redelivered: 0, storedTwice: 0, unflagged: 0, concurrent: 0 };
  readonly #counts = {
    published: 0,
    handled: 0,
    regressions: 0,
    descents: 0,
    naive: 0,
    completionOrder: 0,
    racy: 0,
    gaps: 0,
    openGaps: 0,
    lost: 0,
    unseen: 0,
    phantoms: 0,
    recovered: 0,
    storeInversions: 0,
    splitKeys: 0,
    overlaps: 0,
    completionInversions: 0,
  };

  constructor(context: Omit<EndContext, 'beside'>) {
    this.#context = context;
  }

  add(aggregate: Aggregate): void {
    this.#crossTopicArrivals += aggregate.crossTopic;
    for (const unit of aggregate.units) {
      const end = endOf(unit, { ...this.#context, beside: aggregate.publishedBeside(unit) });
      this.#units++;
      this.#addEnd(end);
      if (hasAnomaly(end)) this.#withAnomalies.push(end);
    }
  }

  get units(): number {
    return this.#units;
  }

  get withAnomalies(): readonly UnitEnd[] {
    return this.#withAnomalies;
  }

  get evidence(): SummedEvidence {
    return { ...this.#evidence };
  }

  counts({ acked, delivered, retries, misroutes, crossTopicRegressions }: Tallies): Omit<Counts, 'violations'> {
    const { published, handled, ...others } = this.#counts;
    const { regressions, descents, naive, completionOrder, racy, ...further } = others;
    const { gaps, openGaps, lost, unseen, phantoms, recovered, ...last } = further;
    const { storeInversions, splitKeys, overlaps, completionInversions } = last;
    return {
      ...{ published, acked, delivered, handled, retries, regressions },
      ...{ descents, naive, completionOrder, racy },
      crossTopic: crossTopicRegressions + this.#crossTopicArrivals,
      duplicates: { ...this.#duplicates },
      ...{ gaps, openGaps, lost, unseen, phantoms, recovered, storeInversions, splitKeys, misroutes },
      ...{ overlaps, completionInversions },
    };
  }

  /**
   * The origins of regressions and of completion inversions; the latter begin at `finish`, or at `deliver` where the
   * event was redelivered.
   */
  origins({ origins }: Tallies): Origins {
    const all = this.#counts.completionInversions;
    const redelivered = this.#completionInversionsRedelivered;
    return { ...origins, deliver: origins.deliver + redelivered, finish: origins.finish + all - redelivered };
  }

  #addEnd({ unit, lost, unseen, gaps, openGaps, attemptedGaps, recovered, ...open }: UnitEnd): void {
    const counts = this.#counts;
    counts.published += unit.publishCalls;
    counts.handled += unit.handled;
    counts.regressions += unit.regressions;
    counts.descents += unit.descents;
    counts.naive += unit.naive;
    counts.completionOrder += unit.completionOrder;
    counts.racy += unit.racy;
    counts.gaps += gaps;
    counts.openGaps += openGaps;
    counts.lost += lost;
    counts.unseen += unseen;
    counts.phantoms += unit.phantoms;
    counts.recovered += recovered;
    this.unanswered += open.unanswered;
    this.unended.lost += open.lostRunning;
    counts.storeInversions += unit.storeInversions?.count ?? 0;
    counts.splitKeys += unit.splitKeys?.count ?? 0;
    counts.overlaps += unit.overlaps;
    counts.completionInversions += unit.completionInversions;
    this.#completionInversionsRedelivered += unit.completionInversionsRedelivered;
    this.#evidence.partitionSwitches += unit.logSwitches;
    this.#evidence.attemptedGaps += attemptedGaps;
    for (const { overlapped, repeated } of runningIn(unit)) {
      this.unended.overlaps += overlapped;
      this.unended.duplicates += repeated;
    }
    if (unit.duplicates === null) return;
    const duplicates = this.#duplicates;
    duplicates.total += unit.duplicates.total;
    duplicates.redone += unit.duplicates.redone;
    duplicates.redelivered += unit.duplicates.redelivered;
    duplicates.storedTwice += unit.duplicates.storedTwice;
    duplicates.unflagged += unit.duplicates.unflagged;
    duplicates.concurrent += unit.duplicates.concurrent;
  }
}
