/**
 * The table of brokers and protocols. Everything outside a broker's folder follows from its entry here: what `--broker`
 * accepts, which topology a mode makes, which strategies are refused, the runtime, and how the session is opened. Data
 * only: the code of a broker is loaded when a run opens it.
 */
import type { ProtocolTraits } from './protocol-traits.js';

const protocolTable = {
  jetstream: {
    name: 'JetStream',
    spans: { system: 'nats', offset: null },
    topology: 'jetstream',
    logs: 'shared',
    redelivers: true,
    commitsPositions: false,
    rebalances: false,
    isPartitioned: false,
    hasProducerSettings: false,
    limitsUnacknowledged: true,
    filtersSubjects: true,
    pinsClients: true,
    hasOrderedConsumers: true,
    disturbances: ['crash', 'workers'],
    ownStrategies: { serial: 'max-ack-pending-1', concurrent: 'partitioned' },
  },
  kafka: {
    name: 'Kafka',
    spans: { system: 'kafka', offset: 'messaging.kafka.offset' },
    topology: 'kafka',
    logs: 'per topic',
    redelivers: false,
    commitsPositions: true,
    rebalances: true,
    isPartitioned: true,
    hasProducerSettings: true,
    limitsUnacknowledged: false,
    filtersSubjects: false,
    pinsClients: false,
    hasOrderedConsumers: false,
    disturbances: ['join', 'leave', 'stall', 'pause', 'crash', 'workers', 'partitions', 'restart', 'refuse'],
    ownStrategies: { serial: 'partition-serial', concurrent: 'partition-concurrent' },
  },
} as const satisfies Record<string, ProtocolTraits>;

/** In the order of `--broker` and of the schemas. */
const brokerTable = {
  'sim:jetstream': { protocol: 'jetstream', simulator: 'sim/jetstream', server: null },
  'sim:kafka': { protocol: 'kafka', simulator: 'sim/kafka', server: null },
  nats: { protocol: 'jetstream', simulator: null, server: 'nats', clientField: 'natsClient' },
  kafka: { protocol: 'kafka', simulator: null, server: 'kafka', clientField: 'kafkaClient' },
} as const satisfies Record<string, BrokerEntry>;

interface BrokerEntry {
  readonly protocol: Protocol;
  /** Folder of its simulator under `src/broker/`, whose `driver.ts` a run loads. null: it is a server. */
  readonly simulator: string | null;
  /** The kind of server that its connection settings are for. null: it is simulated. */
  readonly server: ServerKind | null;
  /** The setting that chooses its client library. Absent: none does. */
  readonly clientField?: 'natsClient' | 'kafkaClient';
}

/** Servers have connection settings, and sessions of their own. */
export type ServerKind = 'nats' | 'kafka';
export type Protocol = keyof typeof protocolTable;
export type BrokerKind = keyof typeof brokerTable;

export const protocols: Readonly<Record<Protocol, ProtocolTraits>> = protocolTable;
export const protocolKinds = Object.keys(protocolTable) as [Protocol, ...Protocol[]];
export const brokerKinds = Object.keys(brokerTable) as [BrokerKind, ...BrokerKind[]];

export interface BrokerTraits extends ProtocolTraits, BrokerEntry {
  /** Its time is virtual, and a seed repeats its runs. */
  readonly isSimulated: boolean;
}

const traits: ReadonlyMap<string, BrokerTraits> = new Map(
  Object.entries<BrokerEntry>(brokerTable).map(([kind, entry]) => [
    kind,
    { ...protocols[entry.protocol], ...entry, isSimulated: entry.simulator !== null },
  ]),
);

/** @param kind as a report names it; a kind that this version does not know has the traits of a NATS server */
export function traitsOf(kind: string): BrokerTraits {
  return traits.get(kind) ?? traits.get('nats' satisfies BrokerKind)!;
}

/** The kinds of the brokers for which `holds` is true, in table order. */
export function brokersThat(holds: (broker: BrokerTraits) => boolean): readonly BrokerKind[] {
  return brokerKinds.filter((kind) => holds(traitsOf(kind)));
}
