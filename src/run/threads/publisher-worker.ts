/** A publisher thread: one connection, over which it publishes the events of its aggregates. */
import { PublishFailure } from '../../broker/port.js';
import { SharedHandledGate } from '../../runtime/threads/handled-gate.js';
import { SharedVersionSource } from '../../runtime/threads/shared-versions.js';
import { SeededPrng } from '../../runtime/virtual/seeded-prng.js';
import { RatePacer } from '../../workload/pacer.js';
import { planWorkload } from '../../workload/plan.js';
import { runPublisher } from '../../workload/publisher.js';
import { sharePublishers } from '../../workload/publishers.js';
import { LocalVersionSource, type VersionSource } from '../../workload/version-source.js';
import { runWorker, type WorkerContext } from './worker-shell.js';

runWorker({
  connect: async (loadDriver, { topology, index }) => (await loadDriver()).openPublisher(topology, index),

  run: async (context, connection) => {
    const { scenario, shared, seed, index } = context.input;
    const share = shareOf(context);
    await runPublisher({
      ports: { scheduler: context.scheduler, prng: new SeededPrng(seed, `publisher ${index}`) },
      plan: planWorkload(scenario),
      ...share,
      mode: scenario.publish,
      versions: versionsOf(context),
      connection,
      recorder: context.recorder,
      pacer: pacerOf(context, share.aggregates.length),
      handled: shared.gate === null ? null : new SharedHandledGate(shared.gate, index),
      isStopping: () => Atomics.load(shared.stopping, 0) === 1,
      isPublishFailure: (error) => error instanceof PublishFailure,
    });
  },
});

function shareOf({ input: { scenario, publishers, index } }: WorkerContext) {
  return sharePublishers(scenario.aggregates, publishers, scenario.publishersPerAggregate)[index]!;
}

function versionsOf({ input: { scenario, shared }, stamps }: WorkerContext): VersionSource {
  const { aggregates, versions } = scenario;
  if (shared.versions === null) return new LocalVersionSource(stamps, aggregates, versions);
  return new SharedVersionSource(shared.versions, stamps, versions);
}

/** Each thread gets its part of the rate, by how many of the events are its own. */
function pacerOf({ input: { scenario, publishers }, clock }: WorkerContext, aggregates: number): RatePacer | null {
  const { ratePerSecond, publishersPerAggregate } = scenario;
  if (ratePerSecond === null) return null;
  const part = publishersPerAggregate > 1 ? 1 / publishers : aggregates / scenario.aggregates;
  return new RatePacer(clock, ratePerSecond * part);
}
