/** The bus thread: inbox, dispatcher, lanes and handlers. Acknowledgements go back to the subscriptions' threads. */
import type { Dispatcher } from '../../dispatch/dispatcher.js';
import type { Delivery } from '../../domain/observation.js';
import { lowestMaxAckPending, shortestAckWaitMs } from '../../domain/topology.js';
import { AckSender, type AckCommandKind } from '../../runtime/threads/ack-channel.js';
import { SharedInboxReader } from '../../runtime/threads/shared-inbox.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import { strategyById } from '../../strategy/registry.js';
import { planWorkload } from '../../workload/plan.js';
import { createThreadHandler } from './thread-handler.js';
import { runWorker, type Closable } from './worker-shell.js';

/** In place of a connection, which a bus has none of: what the main thread may want of it. */
class BusControl implements Closable {
  dispatcher: Dispatcher | null = null;

  resize(workers: number): void {
    this.dispatcher?.resize?.(workers);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

runWorker({
  connect: () => Promise.resolve(new BusControl()),

  run: async (context, control) => {
    const { scenario, strategy, topology, shared, seed, index } = context.input;
    const { aggregateIds } = planWorkload(scenario);
    const senders = shared.acks.map((memory) => new AckSender(memory));
    const send = (kind: AckCommandKind, { subscription, ackToken }: Delivery): void =>
      senders[subscription]!.send({ kind, token: ackToken });

    const dispatcher = strategyById(strategy).createDispatcher({
      ports: { clock: context.clock, scheduler: context.scheduler, prng: new SeededPrng(seed, `dispatch ${index}`) },
      inbox: new SharedInboxReader(shared.inboxes[index]!),
      handler: createThreadHandler(
        context,
        `handler ${index}`,
        {
          ack: (delivery) => send('ack', delivery),
          nak: (delivery) => send('nak', delivery),
          inProgress: (delivery) => send('progress', delivery),
        },
        index,
      ),
      workers: scenario.workers,
      laneSize: scenario.laneSize,
      topics: scenario.topics,
      ackWaitMs: shortestAckWaitMs(topology),
      maxAckPending: lowestMaxAckPending(topology),
      bus: index,
      buses: shared.inboxes.length,
      handledVersions: shared.handledVersions,
      gap: { policy: scenario.gapPolicy, timeoutMs: scenario.gapTimeoutMs },
      note: (kind, detail) => context.recorder.note(kind, detail),
      // A thread that is to end is ended.
      isEnding: () => false,
      aggregateId: (aggregate) => aggregateIds[aggregate]!,
    });
    control.dispatcher = dispatcher;
    await dispatcher.run();
  },
});
