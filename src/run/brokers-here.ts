/** Finds out from what private brokers could be started on this machine, without starting anything. */
import type { PrivateKafkaState } from '../broker/kafka/probe.js';
import type { ServerBinary } from '../broker/nats/private/server-binary.js';

export interface BrokersHere {
  /** Binaries that a private NATS server can be started from; the first one is used. */
  readonly natsBinaries: readonly ServerBinary[];
  readonly privateKafka: PrivateKafkaState;
}

export async function brokersHere(): Promise<BrokersHere> {
  const { probeServerBinaries } = await import('../broker/nats/probe.js');
  const { probePrivateKafka } = await import('../broker/kafka/probe.js');
  return { natsBinaries: probeServerBinaries(), privateKafka: probePrivateKafka() };
}
