/**
 * Every unit with an anomaly, losses and gaps included: most regressions first, then most other anomalies, then most
 * losses, then by topic and name. The first hundred carry their first ten regressions.
 */
import type { Names } from '../../../src/domain/observation.js';
import type { AggregateFinding, PairMember, RegressionExample } from '../../../src/domain/report/verdict.js';
import { gapsOf, phantomsOf, regressionsOf, type Regression } from './arrivals.js';
import { duplicatesOf } from './duplicates.js';
import type { Started } from './facts.js';
import { completionInversionsOf, overlapsOf } from './handlers.js';
import { inTheLog, splitKeysOf } from './log.js';
import type { Unit } from './unit.js';

export function findingsOf(units: readonly Unit[], isDrained: boolean, names: Names): readonly AggregateFinding[] {
  const findings = units.map((unit) => findingOf(unit, isDrained, names));
  return findings
    .filter((finding) => finding.regressions + othersOf(finding) + finding.lost > 0)
    .sort(
      (a, b) =>
        b.regressions - a.regressions ||
        othersOf(b) - othersOf(a) ||
        b.lost - a.lost ||
        (`${a.topic} ${a.aggregateId}` < `${b.topic} ${b.aggregateId}` ? -1 : 1),
    )
    .map((finding, rank) => ({ ...finding, examples: rank < 100 ? finding.examples.slice(0, 10) : [] }));
}

function othersOf(finding: AggregateFinding): number {
  const { duplicates, gaps, overlaps, completionInversions, storeInversions, splitKeys, phantoms } = finding;
  return duplicates + gaps + overlaps + completionInversions + storeInversions + splitKeys + phantoms;
}

function findingOf(unit: Unit, isDrained: boolean, names: Names): AggregateFinding {
  const regressions = regressionsOf(unit);
  return {
    aggregateId: names.aggregates[unit.aggregate]!,
    topic: names.topics[unit.topic]!,
    published: unit.publishes.length,
    handled: unit.finished.filter(({ attempt }) => attempt.outcome === 'done').length,
    regressions: regressions.length,
    duplicates: duplicatesOf(unit).length,
    gaps: gapsOf(unit).length,
    lost: isDrained ? unit.unhandled().length : 0,
    overlaps: overlapsOf(unit, 'all'),
    completionInversions: completionInversionsOf(unit).length,
    storeInversions: inTheLog(unit).inversions,
    splitKeys: splitKeysOf(unit),
    phantoms: phantomsOf(unit),
    examples: regressions.map((one) => exampleOf(one, names)),
  };
}

function exampleOf({ late, early, extent, origin }: Regression, names: Names): RegressionExample {
  const { position } = late.attempt.delivery;
  return {
    version: late.version,
    afterVersion: early.version,
    receivedSequence: position > 0 ? position : null,
    origin,
    witness: { late: memberOf(late, names), early: memberOf(early, names), extent },
  };
}

function memberOf({ attempt: { delivery, lane, startStamp } }: Started, names: Names): PairMember {
  const { version, publisher, publishStamp, partition, position, deliveryCount, owned } = delivery;
  return {
    ...{ version, publisher, publishStamp, partition, position, deliveryCount, owned, lane, startStamp },
    topic: names.topics[delivery.topic]!,
    subscription: names.subscriptions[delivery.subscription]!,
    deliverStamp: delivery.deliverStamp,
    submitStamp: delivery.submitStamp,
  };
}
