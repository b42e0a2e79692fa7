/**
 * Runs a subscription thread: one connection and one fetch loop. It also performs the acknowledgements that the bus
 * thread sends back, since only this connection holds the messages.
 */
import type { PullConnection } from '../../broker/port.js';
import type { Delivery } from '../../domain/observation.js';
import { AckReceiver, type AckCommand } from '../../runtime/threads/ack-channel.js';
import { SharedInboxWriter } from '../../runtime/threads/shared-inbox.js';
import { runRowFetchLoop } from '../bench/row-parts.js';
import { createThreadHandler } from './thread-handler.js';
import { runWorker, type WorkerContext } from './worker-shell.js';

runWorker({
  connect: async (loadDriver, { topology, index }) =>
    (await loadDriver()).openSubscription(topology, topology.subscriptions[index]!),

  run: async (context, connection) => {
    const { settings, clock, recorder } = context;
    const { shared, index } = context.input;
    context.scheduler.spawn('acks', () =>
      new AckReceiver(shared.acks[index]!).run((command) => perform(connection, command)),
    );
    await runRowFetchLoop(settings, index, {
      clock,
      connection,
      inbox: { submit: submitTo(context) },
      handleInline: handleInline(context, connection),
      recorder,
    });
  },
});

function perform(connection: PullConnection, { kind, token }: AckCommand): void {
  switch (kind) {
    case 'ack':
      return connection.ack(token);
    case 'nak':
      return connection.nak(token);
    case 'skip':
      return connection.term(token);
    case 'progress':
      return connection.inProgress(token);
  }
}

function submitTo({ input, recorder, batch }: WorkerContext) {
  const { bus } = input.topology.subscriptions[input.index]!;
  const writer = new SharedInboxWriter(input.shared.inboxes[bus]!, input.index);
  const isHandledInline = input.scenario.overflow === 'inline';

  return async (delivery: Delivery, whenFull: 'wait' | 'refuse'): Promise<boolean> => {
    if (await writer.submit(delivery, whenFull)) {
      recorder.submitted(delivery, delivery.submitStamp);
      return true;
    }
    // The main thread keeps a delivery until two threads are done with it. A refused one never reaches the bus thread,
    // so this thread reports for both; if it is handled inline, the handler makes the second report.
    batch.settled(delivery);
    if (!isHandledInline) batch.settled(delivery);
    return false;
  };
}

/** For `overflow: inline`: runs the handler in this thread, outside the lanes. */
function handleInline(context: WorkerContext, connection: PullConnection) {
  const handler = createThreadHandler(context, `handler-inline-${context.input.index}`, {
    ack: ({ ackToken }) => connection.ack(ackToken),
    nak: ({ ackToken }) => connection.nak(ackToken),
    skip: ({ ackToken }) => connection.term(ackToken),
    inProgress: ({ ackToken }) => connection.inProgress(ackToken),
  });
  return (delivery: Delivery): Promise<void> => handler.handle(delivery, -1);
}
