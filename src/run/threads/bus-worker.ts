/** Runs a bus thread: inbox, dispatcher, lanes and handlers. Acknowledgements go back to the subscription threads. */
import type { Dispatcher } from '../../dispatch/dispatcher.js';
import type { Delivery } from '../../domain/observation.js';
import type { Acker } from '../../handler/handle.js';
import { AckSender, type AckCommandKind } from '../../runtime/threads/ack-channel.js';
import { SharedInboxReader } from '../../runtime/threads/shared-inbox.js';
import { planWorkload } from '../../workload/plan.js';
import { chanceOf, rowDispatcher } from '../bench/row-parts.js';
import { createThreadHandler } from './thread-handler.js';
import { runWorker, type Closable } from './worker-shell.js';

/** Stands in for a connection, which a bus does not have, and carries out what the main thread asks of a bus. */
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
    const { input, settings, clock, scheduler, recorder } = context;
    const { shared, index } = input;
    const { aggregateIds } = planWorkload(input.scenario);
    const senders = shared.acks.map((memory) => new AckSender(memory));
    const send = (kind: AckCommandKind, { subscription, ackToken }: Delivery): void =>
      senders[subscription]!.send({ kind, token: ackToken });
    const acker: Acker = {
      ack: (delivery) => send('ack', delivery),
      nak: (delivery) => send('nak', delivery),
      skip: (delivery) => send('skip', delivery),
      inProgress: (delivery) => send('progress', delivery),
    };

    const dispatcher = rowDispatcher(
      settings,
      index,
      { clock, scheduler },
      {
        inbox: new SharedInboxReader(shared.inboxes[index]!),
        handler: createThreadHandler(context, chanceOf('handler', index), acker, index),
        handledVersions: shared.handledVersions,
        note: (kind, detail) => recorder.note(kind, detail),
        // The thread is ended with the run, so its dispatcher never sees the end.
        isEnding: () => false,
        aggregateId: (aggregate) => aggregateIds[aggregate]!,
      },
    );
    control.dispatcher = dispatcher;
    await dispatcher.run();
  },
});
