/** Random histories and the options under which a checker reads them. */
import * as fc from 'fast-check';
import type { Observation } from '../../../src/domain/observation.js';
import type { CheckerOptions } from '../../../src/domain/scenario/checker-options.js';
import { anomalyKinds } from '../../../src/domain/scenario/scenario.js';
import { randomHistory } from './random-history.js';
import { decisionLists, queueNames, shapes, subscriptionsMax } from './shapes.js';

export const names = {
  aggregates: ['agg-0', 'agg-1'],
  topics: ['topic-0', 'topic-1', 'topic-2'],
  subscriptions: Array.from({ length: subscriptionsMax }, (_, i) => `subscription-${i}`),
};

const queues: fc.Arbitrary<NonNullable<CheckerOptions['queues']>> = fc.record({
  names: fc.constant(queueNames),
  ofSubscription: fc.oneof(
    fc.constant(names.subscriptions.map(() => 0)),
    fc.array(fc.nat({ max: queueNames.length - 1 }), { minLength: subscriptionsMax, maxLength: subscriptionsMax }),
  ),
  perPartition: fc.boolean(),
});

export const options: fc.Arbitrary<CheckerOptions> = fc
  .record({
    names: fc.constant(names),
    orderScope: fc.constantFrom('topic' as const, 'aggregate' as const),
    logs: fc.constantFrom('shared' as const, 'per topic' as const),
    allow: fc.subarray([...anomalyKinds]),
    positionWindow: fc.constantFrom(1, 2, 3, 5, 8, 1024),
    queues: fc.option(queues, { nil: undefined, freq: 8 }),
  })
  .map(({ queues: known, ...rest }) => (known === undefined ? rest : { ...rest, queues: known }));

export const histories = fc.tuple(shapes, decisionLists).map(([shape, decisions]) => randomHistory(shape, decisions));

/** Histories of which every delivery was seen, with its place in the log. */
export const wholeHistories = fc
  .tuple(shapes, decisionLists)
  .map(([shape, decisions]) => randomHistory({ ...shape, missingEvery: 0, hasDeliverCalls: true }, decisions));

/** An id that numbers its versions anew in each topic is no aggregate across topics. */
export function scoped(observations: readonly Observation[], checkerOptions: CheckerOptions): CheckerOptions {
  const topicOf = new Map<string, number>();
  for (const { kind, record } of observations) {
    if (kind !== 'publish' && kind !== 'deliver') continue;
    const { aggregate, version, topic } = record;
    const key = `${String(aggregate)} ${String(version)}`;
    if ((topicOf.get(key) ?? topic) !== topic) return { ...checkerOptions, orderScope: 'topic' };
    topicOf.set(key, topic);
  }
  return checkerOptions;
}
