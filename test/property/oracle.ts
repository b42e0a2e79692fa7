/**
 * What does docs/CHECKER.md say of a history, word by word? Every count is written from its definition over the full
 * list of calls, with no regard to speed and nothing shared with src/checker: what "the earliest higher version" is, is
 * looked for among all of them, every time.
 *
 * The *time* of a call is its place in the list.
 */
import type { CheckerOptions } from '../../src/domain/checker-options.js';
import type { Drain } from '../../src/domain/drain.js';
import type { Attempt, Delivery, Origin, PublishResult } from '../../src/domain/observation.js';
import type { AnomalyKind } from '../../src/domain/scenario.js';
import type { Verdict } from '../../src/domain/verdict.js';
import type { Call } from '../checker/support/calls.js';

type Named<T> = T & { readonly time: number; readonly unit: string };
type Publish = Named<{ aggregate: number; topic: number; version: number }>;
type Result = Named<{ aggregate: number; topic: number; version: number; result: PublishResult }>;
type Delivered = Named<{ version: number; delivery: Delivery }>;
type Started = Named<{ version: number; attempt: Attempt; end: number }>;
type Finished = Named<{ version: number; attempt: Attempt }>;

/** What of a verdict the oracle knows. */
export type OracleVerdict = Omit<Verdict, 'patterns' | 'aggregates' | 'evidence'> & {
  readonly overlapsAcross: number;
  readonly switches: number;
  readonly patterns: readonly string[];
  readonly aggregates: readonly string[];
};

export function oracle(calls: readonly Call[], options: CheckerOptions, drain: Drain): OracleVerdict {
  return new Oracle(calls, options, drain).verdict();
}

/** A verdict in the form in which the oracle gives its own. */
export function comparable(verdict: Verdict): OracleVerdict {
  const { evidence, ...told } = verdict;
  return {
    ...told,
    overlapsAcross: evidence.overlapsAcrossSubscriptions,
    switches: evidence.partitionSwitches,
    patterns: verdict.patterns.map((pattern) => JSON.stringify(pattern, Object.keys(pattern).sort())).sort(),
    aggregates: verdict.aggregates.map((finding) => {
      const { aggregateId, topic, published, handled, regressions, duplicates, gaps, lost, examples } = finding;
      const { overlaps, completionInversions, storeInversions, splitKeys, phantoms } = finding;
      const others = [overlaps, completionInversions, storeInversions, splitKeys, phantoms];
      const stories = examples.map(({ version, afterVersion, receivedSequence, origin, witness }) =>
        [version, afterVersion, receivedSequence, origin, witness.extent, witness.early.startStamp].join(),
      );
      return JSON.stringify({
        aggregateId,
        topic,
        published,
        handled,
        regressions,
        duplicates,
        gaps,
        lost,
        others,
        stories,
      });
    }),
  };
}

class Oracle {
  readonly #options: CheckerOptions;
  readonly #drain: Drain;
  readonly #calls: readonly Call[];
  readonly #publishes: readonly Publish[];
  readonly #results: readonly Result[];
  readonly #delivered: readonly Delivered[];
  readonly #started: readonly Started[];
  readonly #finished: readonly Finished[];
  readonly #units: readonly Unit[];

  constructor(calls: readonly Call[], options: CheckerOptions, drain: Drain) {
    this.#options = options;
    this.#drain = drain;
    // A submit or an ack says nothing that is counted, so it alone makes nobody known.
    const told = calls.filter(({ kind }) => kind !== 'submit' && kind !== 'ack');
    this.#calls = options.logs === 'per topic' ? withLogNames(told) : told;
    this.#publishes = this.#all('publish', ({ event }) => [event, event]);
    this.#results = this.#all('publishResult', ({ event, result }) => [event, { ...event, result }]);
    this.#delivered = this.#all('deliver', ({ delivery }) => [delivery, { version: delivery.version, delivery }]);
    this.#finished = this.#all('finish', ({ attempt }) => [
      attempt.delivery,
      { version: attempt.delivery.version, attempt },
    ]);
    this.#started = this.#all('start', ({ attempt }) => [
      attempt.delivery,
      { version: attempt.delivery.version, attempt, end: this.#endOf(attempt) },
    ]);
    const keys = this.#calls.map((call) => this.#unitOf(subjectOf(call)));
    this.#units = [...new Set(keys)].map((key) => new Unit(this.#factsOf(key)));
  }

  verdict(): OracleVerdict {
    const counts = this.#counts();
    const sum = (of: (unit: Unit) => number): number => this.#units.reduce((total, unit) => total + of(unit), 0);
    const pairs = this.#units.flatMap((unit) => unit.pairs());
    const regressions = this.#units.flatMap((unit) => unit.regressions());
    const extents = regressions.map(({ extent }) => extent).sort((a, b) => a - b);
    const origin = (name: Origin): number => regressions.filter((one) => one.origin === name).length;
    const inverted = pairs.filter(({ isInverted }) => isInverted).length;
    const contested = pairs.filter(({ isContested }) => isContested).length;
    const findings = this.#units.filter((unit) => unit.anomalies() + this.#lossesOf(unit) > 0).sort(this.#worstFirst);
    return {
      counts,
      exposure: {
        pairs: pairs.length,
        contestedPairs: contested,
        inFlightPairs: pairs.filter(({ isInFlight }) => isInFlight).length,
        heldBackPairs: 0,
        atRiskPairs: pairs.filter(({ isInFlight }) => isInFlight).length,
        splitPairs: pairs.filter(({ isSplit }) => isSplit).length,
        invertedPairs: inverted,
        regressionRate: rate(inverted, contested),
      },
      reordering: {
        extentP50: extents[Math.ceil(extents.length / 2) - 1] ?? null,
        extentMax: extents.at(-1) ?? null,
        resequencerDepth: extents.at(-1) ?? null,
      },
      origins: {
        publish: origin('publish'),
        store: origin('store'),
        deliver: origin('deliver'),
        submit: origin('submit'),
        start: origin('start'),
        finish: sum((unit) => unit.completionInversions()),
        unknown: origin('unknown'),
      },
      overlapsAcross: sum((unit) => unit.overlaps('of different subscriptions')),
      switches: sum((unit) => unit.logSwitches()),
      patterns: patternsOf(regressions),
      aggregates: findings.map((unit, rank) => this.#finding(unit, rank)),
      aggregatesTotal: this.#units.length,
      aggregatesWithAnomalies: findings.length,
    };
  }

  #counts(): Verdict['counts'] {
    const sum = (of: (unit: Unit) => number): number => this.#units.reduce((total, unit) => total + of(unit), 0);
    const kinds = this.#units.flatMap((unit) => unit.duplicates());
    const unhandled = sum((unit) => unit.unhandled().length);
    const { complete } = this.#drain;
    const deciding: Readonly<Record<AnomalyKind, number>> = {
      regression: sum((unit) => unit.regressions().length),
      duplicate: kinds.length,
      loss: complete ? unhandled : 0,
      phantom: sum((unit) => unit.phantoms()),
      'store-inversion': sum((unit) => unit.storeInversions()),
      'split-key': sum((unit) => unit.facts.splitKeys),
      overlap: sum((unit) => unit.overlaps('all')),
      'completion-inversion': sum((unit) => unit.completionInversions()),
    };
    const judged = Object.entries(deciding).filter(([kind]) => !this.#options.allow.includes(kind as AnomalyKind));
    return {
      published: this.#publishes.length,
      acked: this.#results.filter(({ result }) => result.ok).length,
      delivered: this.#delivered.length,
      handled: this.#finished.filter(({ attempt }) => attempt.outcome === 'done').length,
      retries: this.#started.filter(({ attempt }) => attempt.number > 1).length,
      violations: judged.reduce((total, [, count]) => total + count, 0),
      regressions: deciding.regression,
      descents: sum((unit) => unit.descents()),
      naive: sum((unit) => unit.naive()),
      crossTopic: this.#crossTopic(),
      duplicates: {
        total: kinds.length,
        redone: 0,
        redelivered: kinds.filter(({ kind }) => kind === 'redelivered').length,
        storedTwice: kinds.filter(({ kind }) => kind === 'storedTwice').length,
        unflagged: kinds.filter(({ kind }) => kind === 'unflagged').length,
        concurrent: kinds.filter(({ isConcurrent }) => isConcurrent).length,
      },
      gaps: sum((unit) => unit.gaps().length),
      openGaps: sum((unit) => unit.openGaps(complete).length),
      lost: deciding.loss,
      unseen: complete ? 0 : unhandled,
      phantoms: deciding.phantom,
      recovered: sum((unit) => unit.recovered()),
      storeInversions: deciding['store-inversion'],
      splitKeys: deciding['split-key'],
      misroutes: this.#delivered.filter(({ delivery }) => !delivery.owned).length,
      overlaps: deciding.overlap,
      completionInversions: deciding['completion-inversion'],
    };
  }

  /** Versions of a whole aggregate that were first observed after a higher one, the earliest such of another topic. */
  #crossTopic(): number {
    const aggregates = new Set(this.#started.map(({ attempt }) => attempt.delivery.aggregate));
    let count = 0;
    for (const aggregate of aggregates) {
      const firsts = firstOfEach(
        this.#started.filter(({ attempt }) => attempt.number === 1 && attempt.delivery.aggregate === aggregate),
      );
      for (const late of firsts) {
        const early = earliestHigher(firsts, late);
        if (early !== undefined && early.attempt.delivery.topic !== late.attempt.delivery.topic) count++;
      }
    }
    return count;
  }

  /** Topics of one aggregate whose events lie in more than one partition. */
  #splitKeysOf(key: string): number {
    const places = [
      ...this.#delivered.map(({ unit, delivery }) => ({ unit, ...pick(delivery), topic: delivery.topic })),
      ...this.#results
        .filter(({ result }) => result.position > 0)
        .map(({ unit, topic, result }) => ({ unit, ...pick(result), topic })),
    ].filter(({ unit, partition }) => unit === key && partition >= 0);
    const topics = [...new Set(places.map(({ topic }) => topic))];
    const partitionsOf = (topic: number): number =>
      new Set(places.filter((place) => place.topic === topic).map(({ partition }) => partition)).size;
    return topics.filter((topic) => partitionsOf(topic) > 1).length;
  }

  #lossesOf(unit: Unit): number {
    return this.#drain.complete ? unit.unhandled().length : 0;
  }

  readonly #worstFirst = (a: Unit, b: Unit): number => {
    const regressions = (unit: Unit): number => unit.regressions().length;
    const others = (unit: Unit): number => unit.anomalies() - regressions(unit);
    const names = (unit: Unit): string => `${this.#names(unit).topic} ${this.#names(unit).aggregateId}`;
    return (
      regressions(b) - regressions(a) ||
      others(b) - others(a) ||
      this.#lossesOf(b) - this.#lossesOf(a) ||
      (names(a) < names(b) ? -1 : 1)
    );
  };

  #names(unit: Unit): { aggregateId: string; topic: string } {
    const { aggregate, topic } = subjectOf(
      this.#calls.find((call) => this.#unitOf(subjectOf(call)) === unit.facts.key)!,
    );
    return { aggregateId: this.#options.names.aggregates[aggregate]!, topic: this.#options.names.topics[topic]! };
  }

  #finding(unit: Unit, rank: number): string {
    const stories = unit.regressions().map(({ late, early, extent, origin }) => {
      const position = late.attempt.delivery.position;
      return [
        late.version,
        early.version,
        position > 0 ? position : null,
        origin,
        extent,
        early.attempt.startStamp,
      ].join();
    });
    return JSON.stringify({
      aggregateId: this.#names(unit).aggregateId,
      topic: this.#names(unit).topic,
      published: unit.facts.publishes.length,
      handled: unit.facts.finished.filter(({ attempt }) => attempt.outcome === 'done').length,
      regressions: stories.length,
      duplicates: unit.duplicates().length,
      gaps: unit.gaps().length,
      lost: this.#lossesOf(unit),
      others: [
        unit.overlaps('all'),
        unit.completionInversions(),
        unit.storeInversions(),
        unit.facts.splitKeys,
        unit.phantoms(),
      ],
      stories: rank < 100 ? stories.slice(0, 10) : [],
    });
  }

  #factsOf(key: string): Facts {
    const own = <T extends { readonly unit: string }>(list: readonly T[]): readonly T[] =>
      list.filter(({ unit }) => unit === key);
    return {
      key,
      window: this.#options.positionWindow ?? 1024,
      publishes: own(this.#publishes),
      homeOf: (aggregate, version) =>
        this.#publishes.find((event) => event.aggregate === aggregate && event.version === version)?.unit ?? null,
      results: own(this.#results),
      delivered: own(this.#delivered),
      started: own(this.#started),
      finished: own(this.#finished),
      splitKeys: this.#splitKeysOf(key),
    };
  }

  #unitOf({ aggregate, topic }: { aggregate: number; topic: number }): string {
    return this.#options.orderScope === 'topic' ? `${aggregate}/${topic}` : `${aggregate}`;
  }

  #all<Kind extends Call['kind'], T>(
    kind: Kind,
    of: (call: Extract<Call, { kind: Kind }>) => readonly [{ aggregate: number; topic: number }, T],
  ): readonly Named<T>[] {
    return this.#calls.flatMap((call, time) => {
      if (call.kind !== kind) return [];
      const [subject, fact] = of(call as Extract<Call, { kind: Kind }>);
      return [{ ...fact, time, unit: this.#unitOf(subject) }];
    });
  }

  #endOf({ delivery, number }: Attempt): number {
    const end = this.#finished.find(({ attempt }) => attempt.delivery.id === delivery.id && attempt.number === number);
    return end?.time ?? Infinity;
  }
}

interface Facts {
  readonly key: string;
  readonly window: number;
  readonly publishes: readonly Publish[];
  /** The unit that the version was first published in. */
  homeOf(aggregate: number, version: number): string | null;
  readonly results: readonly Result[];
  readonly delivered: readonly Delivered[];
  readonly started: readonly Started[];
  readonly finished: readonly Finished[];
  readonly splitKeys: number;
}

interface Regression {
  readonly late: Started;
  readonly early: Started;
  readonly extent: number;
  readonly origin: Origin;
  readonly isRedelivery: boolean;
}

/** One aggregate within its topic; within all topics where order is promised across them. */
class Unit {
  readonly facts: Facts;
  /** First attempts, in order. */
  readonly #starts: readonly Started[];
  readonly #firsts: readonly Started[];

  constructor(facts: Facts) {
    this.facts = facts;
    this.#starts = facts.started.filter(({ attempt }) => attempt.number === 1);
    this.#firsts = firstOfEach(this.#starts);
  }

  regressions(): readonly Regression[] {
    return this.#firsts.flatMap((late) => {
      const early = earliestHigher(this.#firsts, late);
      if (early === undefined) return [];
      const isRedelivery = this.#isRedelivery(late);
      return [
        {
          late,
          early,
          extent: this.#firsts.indexOf(late) - this.#firsts.indexOf(early),
          origin: originOf(late.attempt, early.attempt, isRedelivery),
          isRedelivery,
        },
      ];
    });
  }

  naive(): number {
    return this.#starts.filter((one, i) => this.#starts.slice(0, i).some(({ version }) => version >= one.version))
      .length;
  }

  descents(): number {
    return this.#starts.filter(({ version }, i) => i > 0 && version < this.#starts[i - 1]!.version).length;
  }

  duplicates(): readonly { kind: 'storedTwice' | 'redelivered' | 'unflagged'; isConcurrent: boolean }[] {
    return this.#starts.flatMap((again) => {
      const before = this.#starts.filter(({ version, time }) => version === again.version && time < again.time);
      if (before.length === 0) return [];
      const isConcurrent = this.facts.started.some(
        (other) => other.version === again.version && other.time < again.time && other.end > again.time,
      );
      return [{ kind: this.#kindOf(again, before), isConcurrent }];
    });
  }

  #kindOf(again: Started, before: readonly Started[]): 'storedTwice' | 'redelivered' | 'unflagged' {
    if (again.version <= this.#highestAt(again.time) - this.facts.window) return 'unflagged';
    const place = ({ partition, position }: Delivery): string => `${partition}:${position}`;
    const known = before.filter(({ attempt }) => attempt.delivery.position > 0);
    const delivery = again.attempt.delivery;
    const same = known.some(({ attempt }) => place(attempt.delivery) === place(delivery));
    if (delivery.position > 0 && known.length > 0 && !same) return 'storedTwice';
    if (delivery.deliveryCount === null) return same ? 'redelivered' : 'unflagged';
    return delivery.deliveryCount > 1 ? 'redelivered' : 'unflagged';
  }

  /** The highest version observed until then, then included. */
  #highestAt(time: number): number {
    return Math.max(0, ...this.#starts.filter((one) => one.time <= time).map(({ version }) => version));
  }

  gaps(): readonly number[] {
    const aggregate = this.#starts[0]?.attempt.delivery.aggregate ?? 0;
    return range(1, this.#highestAt(Infinity) - 1).filter((version) => {
      const skipped = this.#firsts.find((one) => one.version > version)!;
      const own = this.#firsts.find((one) => one.version === version);
      const home = this.facts.homeOf(aggregate, version);
      return (own === undefined || own.time > skipped.time) && (home === null || home === this.facts.key);
    });
  }

  openGaps(drainComplete: boolean): readonly number[] {
    const losses = drainComplete ? this.unhandled() : [];
    return this.gaps().filter((gap) => !this.#firsts.some(({ version }) => version === gap) && !losses.includes(gap));
  }

  /** Versions published here. */
  #published(): readonly number[] {
    const own = this.facts.publishes.filter(
      ({ aggregate, version }) => this.facts.homeOf(aggregate, version) === this.facts.key,
    );
    return [...new Set(own.map(({ version }) => version))].sort((a, b) => a - b);
  }

  /** Acknowledged to the publisher and never handled to the end. */
  unhandled(): readonly number[] {
    return this.#published().filter(
      (version) => this.#firstAck(version) < Infinity && this.#firstFinish(version) === Infinity,
    );
  }

  phantoms(): number {
    return this.#firsts.filter(
      (first) => !this.facts.publishes.some(({ version, time }) => version === first.version && time < first.time),
    ).length;
  }

  recovered(): number {
    return this.#published().filter((version) => {
      const results = this.facts.results.filter((one) => one.version === version).map(({ result }) => result.ok);
      return this.#firstStart(version) < Infinity && results.includes(false) && !results.includes(true);
    }).length;
  }

  storeInversions(): number {
    return this.#log().inverted;
  }

  /** Consecutive versions that are known to lie in different logs, by the time at which the second became known. */
  logSwitches(): number {
    return this.#log().switches;
  }

  #log(): { inverted: number; switches: number } {
    const known: { version: number; partition: number; position: number }[] = [];
    const inverted = new Set<number>();
    let switches = 0;
    const told = [
      ...this.facts.results.map(({ time, version, result }) => ({ time, version, ...pick(result) })),
      ...this.facts.delivered.map(({ time, version, delivery }) => ({ time, version, ...pick(delivery) })),
    ].sort((a, b) => a.time - b.time);
    for (const { time, version, partition, position } of told) {
      const floor = this.#highestAt(time) - this.facts.window;
      if (position <= 0 || partition < 0 || version <= floor) continue;
      if (known.some((other) => other.version === version)) continue;
      for (const other of known) {
        if (other.version <= floor) continue;
        if (other.partition !== partition) {
          if (Math.abs(other.version - version) === 1) switches++;
          continue;
        }
        if (other.version < version && other.position > position) inverted.add(other.version);
        if (other.version > version && other.position < position) inverted.add(version);
      }
      known.push({ version, partition, position });
    }
    return { inverted: inverted.size, switches };
  }

  overlaps(which: 'all' | 'of different subscriptions'): number {
    let count = 0;
    const by = ({ attempt }: Started): number => attempt.delivery.subscription;
    for (const a of this.facts.started) {
      for (const b of this.facts.started) {
        if (which !== 'all' && by(a) === by(b)) continue;
        if (a.version !== b.version && a.time < b.time && b.time < a.end) count++;
      }
    }
    return count;
  }

  completionInversions(): number {
    return this.#firsts.filter(({ version }) => {
      const finish = this.#firstFinish(version);
      const earlier = this.#firsts
        .filter((one) => one.version > version && this.#firstFinish(one.version) < finish)
        .sort((a, b) => this.#firstFinish(a.version) - this.#firstFinish(b.version))[0];
      if (finish === Infinity || earlier === undefined) return false;
      return this.#firstStart(version) < this.#firstStart(earlier.version);
    }).length;
  }

  pairs(): readonly { isContested: boolean; isInFlight: boolean; isSplit: boolean; isInverted: boolean }[] {
    const published = this.#published();
    return published
      .filter((version) => published.includes(version + 1))
      .map((version) => {
        const finish = this.#firstFinish(version);
        const [lower, upper] = [this.#firstDelivery(version), this.#firstDelivery(version + 1)];
        const isInFlight = lower !== null && upper !== null && upper.time < finish;
        return {
          isContested: Math.min(this.#firstAck(version + 1), upper?.time ?? Infinity) < finish,
          isInFlight,
          isSplit: isInFlight && lower.subscription !== upper.subscription,
          isInverted: this.#firstStart(version + 1) < this.#firstStart(version) && this.#firstStart(version) < Infinity,
        };
      });
  }

  /** Regressions and everything else that makes an aggregate worth listing, except losses. */
  anomalies(): number {
    const atStart = this.regressions().length + this.duplicates().length + this.gaps().length + this.phantoms();
    const inTheLog = this.storeInversions() + this.facts.splitKeys;
    return atStart + inTheLog + this.overlaps('all') + this.completionInversions();
  }

  #firstAck(version: number): number {
    return this.facts.results.find((one) => one.version === version && one.result.ok)?.time ?? Infinity;
  }

  /** An event that starts was delivered by then, told or not. */
  #firstDelivery(version: number): { time: number; subscription: number } | null {
    const deliveries = [
      ...this.facts.delivered.map(({ time, delivery }) => ({ time, delivery })),
      ...this.#starts.map(({ time, attempt }) => ({ time, delivery: attempt.delivery })),
    ]
      .filter(({ delivery }) => delivery.version === version)
      .sort((a, b) => a.time - b.time);
    const first = deliveries[0];
    return first === undefined ? null : { time: first.time, subscription: first.delivery.subscription };
  }

  #firstStart(version: number): number {
    return this.#firsts.find((one) => one.version === version)?.time ?? Infinity;
  }

  #firstFinish(version: number): number {
    const done = this.facts.finished.find((one) => one.version === version && one.attempt.outcome === 'done');
    return done?.time ?? Infinity;
  }

  #isRedelivery({ attempt: { delivery } }: Started): boolean {
    if (delivery.deliveryCount !== null) return delivery.deliveryCount > 1;
    const own = this.facts.delivered.find((one) => one.delivery.id === delivery.id);
    if (own === undefined || delivery.position === 0) return false;
    return this.facts.delivered.some(
      (one) =>
        one.time < own.time &&
        one.version === delivery.version &&
        one.delivery.partition === delivery.partition &&
        one.delivery.position === delivery.position,
    );
  }
}

/**
 * The same history with every partition named by its topic too, as if one stream held all topics: which is all that
 * `logs: per topic` means.
 */
function withLogNames(calls: readonly Call[]): Call[] {
  const deliveries = new Map<Delivery, Delivery>();
  const attempts = new Map<Attempt, Attempt>();
  const log = (topic: number, partition: number): number => (partition < 0 ? partition : 1000 * topic + partition);
  const delivery = (one: Delivery): Delivery => {
    if (!deliveries.has(one)) deliveries.set(one, { ...one, partition: log(one.topic, one.partition) });
    return deliveries.get(one)!;
  };
  const attempt = (one: Attempt): Attempt => {
    if (!attempts.has(one)) attempts.set(one, { ...one, delivery: delivery(one.delivery) });
    return attempts.get(one)!;
  };
  return calls.map((call) => {
    if (call.kind === 'publishResult') {
      return { ...call, result: { ...call.result, partition: log(call.event.topic, call.result.partition) } };
    }
    if (call.kind === 'deliver') return { ...call, delivery: delivery(call.delivery) };
    if (call.kind === 'start' || call.kind === 'finish') return { ...call, attempt: attempt(call.attempt) };
    return call;
  });
}

function originOf(lateAttempt: Attempt, earlyAttempt: Attempt, isRedelivery: boolean): Origin {
  const { delivery: late } = lateAttempt;
  const { delivery: early } = earlyAttempt;
  const isKnown = (stamp: number): boolean => stamp !== 0;
  if (![late.publishStamp, early.publishStamp].every(isKnown)) return 'unknown';
  if (late.publishStamp > early.publishStamp) return 'publish';
  if (late.partition < 0 || early.partition < 0) return 'unknown';
  if (late.partition !== early.partition) return 'store';
  if (![late.position, early.position].every(isKnown)) return 'unknown';
  if (late.position > early.position) return 'store';
  if (isRedelivery) return 'deliver';
  if (![late.deliverStamp, early.deliverStamp].every(isKnown)) return 'unknown';
  if (late.deliverStamp > early.deliverStamp) return 'deliver';
  if ([lateAttempt, earlyAttempt].some(({ lane, delivery }) => lane === -1 && !isKnown(delivery.submitStamp)))
    return 'start';
  if (![late.submitStamp, early.submitStamp].every(isKnown)) return 'unknown';
  return late.submitStamp > early.submitStamp ? 'submit' : 'start';
}

function patternsOf(regressions: readonly Regression[]): readonly string[] {
  const shapes = regressions.map(({ late, early, origin, isRedelivery }) => {
    const [a, b] = [late.attempt.delivery, early.attempt.delivery];
    return {
      origin,
      sameSubscription: a.subscription === b.subscription,
      misrouted: !(a.owned && b.owned),
      samePublisher: a.publisher === b.publisher,
      sameLane: late.attempt.lane === early.attempt.lane,
      sameTopic: a.topic === b.topic,
      lateRedelivered: isRedelivery,
      outsideLanes: [late.attempt.lane, early.attempt.lane].includes(-1),
      sameLog: a.partition === b.partition,
    };
  });
  const keys = shapes.map((shape) => JSON.stringify(shape));
  return [...new Set(keys)]
    .map((key) => {
      const pattern = { ...(JSON.parse(key) as object), count: keys.filter((other) => other === key).length };
      return JSON.stringify(pattern, Object.keys(pattern).sort());
    })
    .sort();
}

/** One run has no interval: its pairs stand or fall together. */
function rate(k: number, n: number): Verdict['exposure']['regressionRate'] {
  return { value: n === 0 ? null : k / n, low95: null, high95: null };
}

function firstOfEach(starts: readonly Started[]): readonly Started[] {
  return starts.filter((one) => starts.find(({ version }) => version === one.version) === one);
}

function earliestHigher(firsts: readonly Started[], late: Started): Started | undefined {
  return firsts.find(({ version, time }) => version > late.version && time < late.time);
}

function subjectOf(call: Call): { aggregate: number; topic: number } {
  switch (call.kind) {
    case 'publish':
    case 'publishResult':
      return call.event;
    case 'deliver':
    case 'submit':
    case 'ack':
      return call.delivery;
    case 'start':
    case 'finish':
      return call.attempt.delivery;
  }
}

function pick({ partition, position }: { partition: number; position: number }): {
  partition: number;
  position: number;
} {
  return { partition, position };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
