/**
 * The NATS JetStream driver: opens the connections of one run. Built from plain data, so that every worker thread
 * builds its own; each call opens a connection of its own.
 */
import { publishSubjects } from '../../domain/stream-subjects.js';
import type { SubscriptionSpec, Topology } from '../../domain/topology.js';
import { orderedBase } from '../ordered-sequence.js';
import type { BrokerDriver, PullConnection } from '../port.js';
import { jetStreamOnly } from '../../domain/topology-kind.js';
import { clientManager, openAdmin } from './admin.js';
import type { NatsAdmin } from './admin.js';
import { openLink } from './connecting/connect.js';
import type { NatsConnectionOptions } from './connecting/connection-options.js';
import { openConsume } from './nats-io/open-consume.js';
import type { OnNatsNote } from './notes.js';
import { OrderedConsumer } from './ordered-consumer.js';
import { NatsPublisher } from './publisher.js';
import { NatsPullConnection } from './pull-connection.js';

export interface NatsRun {
  readonly runId: string;
  /** Where the stream keeps its events; `file` if not given. */
  readonly storage?: 'file' | 'memory' | undefined;
  /** How long a publish may take to be acknowledged; 5 s if not given. */
  readonly publishTimeoutMs?: number | undefined;
  /** Called with the notes of connections. */
  readonly onNote?: OnNatsNote | undefined;
}

export interface NatsDriver extends BrokerDriver {
  openAdmin(): Promise<NatsAdmin>;
  openPublisher(topology: Topology): Promise<NatsPublisher>;
  openSubscription(topology: Topology, subscription: SubscriptionSpec): Promise<PullConnection>;
}

const publishTimeoutMsDefault = 5_000;

/** Every method throws a BrokerError if the server cannot be reached or refuses. */
export function natsDriver(connection: NatsConnectionOptions, run: NatsRun): NatsDriver {
  const { runId, storage = 'file', publishTimeoutMs = publishTimeoutMsDefault, onNote = () => {} } = run;
  return {
    openAdmin: () => openAdmin(connection, { runId, storage, onNote }),

    openPublisher: async (topology) => {
      const { stream } = jetStreamOnly(topology);
      const link = await openLink(connection, `eventbus-bench ${runId} publisher`);
      return new NatsPublisher(link, {
        ...{ subjectOf: publishSubjects(stream), messageId: stream.messageId ?? 'none' },
        timeoutMs: publishTimeoutMs,
      });
    },

    openSubscription: async (topology, subscription) => {
      const { name, durable } = subscription;
      const { stream, durables, natsClient } = jetStreamOnly(topology);
      const clientName = `eventbus-bench ${runId} ${name}`;
      if (natsClient === 'nats-io') {
        return openConsume(connection, { clientName, stream: stream.name, durable, subscription: name, onNote });
      }
      const spec = durables.find((one) => one.name === durable)!;
      const group = spec.pinned?.group ?? null;
      const link = await openLink(connection, clientName);
      const ordered =
        spec.ordered === undefined
          ? null
          : new OrderedConsumer(await clientManager(link), stream.name, orderedBase(subscription), spec, spec.ordered);
      return new NatsPullConnection(link, { stream: stream.name, durable, subscription: name, group, ordered, onNote });
    },
  };
}
