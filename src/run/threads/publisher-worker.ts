/** Runs a publisher thread, which publishes the events of its aggregates over its connections. */
import { SharedHandledGate } from '../../runtime/threads/handled-gate.js';
import { SharedVersionSource } from '../../runtime/threads/shared-versions.js';
import { RatePacer } from '../../workload/pacer.js';
import { planWorkload, type WorkloadPlan } from '../../workload/plan.js';
import { sharePublishers } from '../../workload/publishers.js';
import { LocalVersionSource, type VersionSource } from '../../workload/version-source.js';
import { openPublisherConnections } from '../bench/publisher-connections.js';
import { runRowPublisher } from '../bench/row-parts.js';
import { runWorker, type WorkerContext } from './worker-shell.js';

runWorker({
  connect: async (loadDriver, { topology, index, scenario }) =>
    openPublisherConnections(await loadDriver(), { topology, publisher: index, mode: scenario.publish }),

  run: async (context, connections) => {
    const { scenario, shared, index } = context.input;
    const plan = planWorkload(scenario);
    const share = shareOf(context);
    await runRowPublisher(context.settings, context, {
      plan,
      ...share,
      versions: versionSourceOf(context, plan),
      connections: connections.all,
      recorder: context.recorder,
      pacer: pacerOf(context, plan, share.aggregates),
      handled: shared.gate === null ? null : new SharedHandledGate(shared.gate, index),
      isStopping: () => Atomics.load(shared.stopping, 0) === 1,
    });
  },
});

function shareOf({ input: { scenario, publishers, index } }: WorkerContext) {
  return sharePublishers(scenario.aggregates, publishers, scenario.publishersPerAggregate)[index]!;
}

function versionSourceOf({ input: { scenario, shared }, stamps }: WorkerContext, plan: WorkloadPlan): VersionSource {
  if (shared.versions === null) return new LocalVersionSource(stamps, scenario.aggregates, plan.versionsOf);
  return new SharedVersionSource(shared.versions, stamps, plan.versionsOf);
}

/** Each thread gets its part of the rate, in proportion to its share of the events. */
function pacerOf(
  { input: { scenario, publishers }, clock }: WorkerContext,
  plan: WorkloadPlan,
  aggregates: readonly number[],
): RatePacer | null {
  const { ratePerSecond, publishersPerAggregate } = scenario;
  if (ratePerSecond === null) return null;
  const own = aggregates.reduce((events, aggregate) => events + plan.versionsOf(aggregate), 0);
  const part = publishersPerAggregate > 1 ? 1 / publishers : own / plan.events;
  return new RatePacer(clock, ratePerSecond * part);
}
