/**
 * Creates the parts of a row's pipeline (handler, dispatcher, fetch loop, publisher) from its scenario, strategy and
 * topology. The runtime passes in its own clock, random streams, inbox and connections.
 */
import { PublishFailure } from '../../broker/port.js';
import type { DispatchContext, Dispatcher } from '../../dispatch/dispatcher.js';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { busesOf, lowestMaxAckPending, shortestAckWaitMs, type Topology } from '../../domain/topology.js';
import type { Delivery } from '../../domain/observation.js';
import type { DeliveryHandler } from '../../handler/delivery-handler.js';
import { createHandler, type HandlerOptions } from '../../handler/handle.js';
import { serviceTime } from '../../handler/service-time.js';
import type { Recorder } from '../../observation/recorder.js';
import { perturbationOf } from '../../runtime/perturbation.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { firstLaneOf, type Strategy } from '../../strategy/strategy.js';
import { runFetchLoop, type FetchLoopOptions } from '../../subscription/fetch-loop.js';
import type { Clock, InboxReader, Perturbation, Scheduler } from '../../runtime/ports.js';
import { runPublisher, type PublisherOptions } from '../../workload/publisher.js';

/** The settings from which the parts of a row are created. */
export interface RowSettings {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly strategy: Strategy;
  readonly topology: Topology;
  readonly broker: BrokerKind;
}

/** The name of the random stream of one bus: replicas of a service draw from streams of their own. */
export function chanceOf(what: string, bus: number): string {
  return bus === 0 ? what : `${what} ${bus}`;
}

type HandlerParts = 'clock' | 'scheduler' | 'prng' | 'recorder' | 'acker' | 'onUnstarted' | 'onHandled' | 'onSettled';

/** @param bus the bus whose lanes use the handler */
export function rowHandler(
  { scenario, seed, strategy, broker }: RowSettings,
  bus: number,
  parts: Pick<HandlerOptions, HandlerParts>,
): DeliveryHandler {
  return createHandler({
    ...parts,
    ack: scenario.ack,
    serviceTime: serviceTime(scenario, parts.prng, new SeededPrng(seed, 'handler times')),
    handlerFailShare: scenario.handlerFailShare,
    handlerFailure: scenario.handlerFailure,
    handlerTimeoutMs: scenario.handlerTimeoutMs,
    perturb: perturbationOf(scenario.perturb, seed, parts.clock),
    unansweredComesAgain: traitsOf(broker).redelivers,
    firstLane: firstLaneOf(strategy, bus, scenario),
  });
}

type DispatcherParts = 'inbox' | 'handler' | 'handledVersions' | 'note' | 'isEnding' | 'aggregateId';

export function rowDispatcher(
  { scenario, seed, strategy, topology }: RowSettings,
  bus: number,
  { clock, scheduler }: Pick<DispatchContext['ports'], 'clock' | 'scheduler'>,
  parts: Pick<DispatchContext, DispatcherParts>,
): Dispatcher {
  const perturb = perturbationOf(scenario.perturb, seed, clock);
  return strategy.createDispatcher({
    ...parts,
    inbox: perturb === null ? parts.inbox : slowInbox(parts.inbox, perturb),
    ports: { clock, scheduler, prng: new SeededPrng(seed, chanceOf('dispatch', bus)) },
    workers: scenario.workers,
    laneSize: scenario.laneSize,
    topics: scenario.topics,
    ackWaitMs: shortestAckWaitMs(topology),
    maxAckPending: lowestMaxAckPending(topology),
    bus,
    buses: busesOf(topology),
    gap: { policy: scenario.gapPolicy, timeoutMs: scenario.gapTimeoutMs },
  });
}

/** An inbox whose reader sleeps over each delivery that it has taken, before it hands it on. */
function slowInbox(inbox: InboxReader<Delivery>, perturb: Perturbation): InboxReader<Delivery> {
  return {
    take: async () => {
      const delivery = await inbox.take();
      if (delivery !== null) await perturb('dispatch', delivery);
      return delivery;
    },
  };
}

type FetchParts = 'clock' | 'connection' | 'inbox' | 'handleInline' | 'recorder';

/** Runs the fetch loop of one subscription until its connection is closed. */
export function runRowFetchLoop(
  { scenario, seed, topology }: Pick<RowSettings, 'scenario' | 'seed' | 'topology'>,
  subscription: number,
  parts: Pick<FetchLoopOptions, FetchParts>,
): Promise<void> {
  return runFetchLoop({
    ...parts,
    subscription: topology.subscriptions[subscription]!,
    batch: scenario.batch,
    maxWaitMs: scenario.maxWaitMs,
    ack: scenario.ack,
    overflow: scenario.overflow,
    perturb: perturbationOf(scenario.perturb, seed, parts.clock),
  });
}

type PublisherParts =
  'plan' | 'publisher' | 'aggregates' | 'versions' | 'connections' | 'pacer' | 'handled' | 'isStopping' | 'breathe';

/** Publishes the events of one publisher's aggregates; resolves when every publish has settled. */
export function runRowPublisher(
  { scenario, seed }: Pick<RowSettings, 'scenario' | 'seed'>,
  { clock, scheduler }: { readonly clock: Clock; readonly scheduler: Scheduler },
  parts: Pick<PublisherOptions, PublisherParts> & { readonly recorder: Recorder },
): Promise<void> {
  const { publisher, connections, recorder } = parts;
  if (connections.length > 1) recorder.note('senders', { publisher, connections: connections.length });
  return runPublisher({
    ...parts,
    ports: { scheduler, prng: new SeededPrng(seed, `publisher ${parts.publisher}`) },
    mode: scenario.publish,
    perturb: perturbationOf(scenario.perturb, seed, clock),
    isPublishFailure: (error) => error instanceof PublishFailure,
  });
}
