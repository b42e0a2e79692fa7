/**
 * The loop of one subscription, over a connection of its own. It asks its durable for a batch, submits each message to
 * the dispatcher's inbox before it takes the next, and asks again when the batch has ended.
 *
 * Runs under both runtimes.
 */
import type { BrokerMessage, PullConnection, PullEnd } from '../broker/port.js';
import type { AckKind, Delivery } from '../domain/observation.js';
import { releasedDetail, type TakeNote } from '../domain/run-note.js';
import type { AckPolicy, OverflowPolicy } from '../domain/scenario/scenario.js';
import type { SubscriptionSpec } from '../domain/topology.js';
import type { Clock, InboxWriter, Perturbation } from '../runtime/ports.js';

/** What the loop reports; an `observation/recorder.ts` Recorder does. */
export interface DeliveryRecorder {
  deliver(fields: Omit<Delivery, 'id' | 'deliverStamp' | 'deliveredAtMs' | 'submitStamp'>): Delivery;
  ack(delivery: Delivery, kind: AckKind): void;
  readonly note: TakeNote<'pull-ended' | 'rejected'>;
}

/** What the loop needs of a connection. */
export type FetchConnection = Pick<PullConnection, 'pull' | 'poll' | 'next' | 'ack'>;

export interface FetchLoopOptions {
  readonly clock: Clock;
  readonly connection: FetchConnection;
  readonly subscription: SubscriptionSpec;
  /** Messages that one pull request asks for. */
  readonly batch: number;
  /** Expiry of a pull request, in milliseconds. */
  readonly maxWaitMs: number;
  readonly ack: AckPolicy;
  readonly overflow: OverflowPolicy;
  readonly inbox: InboxWriter<Delivery>;
  /** Handles a delivery right here, outside the lanes, for `overflow: inline`. */
  readonly handleInline: (delivery: Delivery) => Promise<void>;
  readonly recorder: DeliveryRecorder;
  /** null: no delays. */
  readonly perturb: Perturbation | null;
}

/** Pause after a pull request that the server turned down, so that the loop does not spin. */
const conflictPauseMs = 20;

/** Runs until its connection is closed. @throws what the connection's `next` rejects with once the broker is lost */
export async function runFetchLoop(options: FetchLoopOptions): Promise<void> {
  const { connection, clock, recorder, subscription } = options;
  for (;;) {
    connection.pull(options.batch, options.maxWaitMs);
    const end = await takeBatch(options);
    switch (end.status) {
      case 'closed':
        return;
      case 'conflict':
        recorder.note('pull-ended', { subscription: subscription.name, detail: end.detail });
        await clock.sleep(conflictPauseMs);
        break;
      case 'complete':
      case 'expired':
      case 'empty':
        break;
    }
  }
}

async function takeBatch(options: FetchLoopOptions): Promise<PullEnd> {
  const { connection } = options;
  for (;;) {
    const item = connection.poll() ?? (await connection.next());
    if (item.kind === 'end') return item;
    await takeMessage(options, item);
  }
}

async function takeMessage(options: FetchLoopOptions, message: BrokerMessage): Promise<void> {
  const { connection, recorder, subscription, inbox, overflow, perturb } = options;
  const { event } = message;
  const delivery = recorder.deliver({
    aggregate: event.aggregate,
    topic: event.topic,
    version: event.version,
    publisher: event.publisher,
    publishStamp: event.publishStamp,
    publishedAtMs: event.publishedAtMs,
    partition: message.partition,
    position: message.position,
    deliveryCount: message.deliveryCount,
    subscription: subscription.index,
    owned: message.owned ?? subscription.ownsTopics.includes(event.topic),
    ackToken: message.token,
  });
  if (options.ack === 'on-delivery') {
    if (perturb !== null) await perturb('ack', delivery);
    connection.ack(message.token);
    recorder.ack(delivery, 'ack');
  }
  if (perturb !== null) await perturb('submit', delivery);
  const accepted = await inbox.submit(delivery, overflow === 'block' ? 'wait' : 'refuse');
  if (accepted) return;
  if (overflow === 'inline') await options.handleInline(delivery);
  else recorder.note('rejected', { ...releasedDetail(delivery), subscription: subscription.name });
}
