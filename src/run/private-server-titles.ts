/** Names the private server that a run is about to start, from files alone, before any of its code is loaded. */
import type { ServerKind } from '../domain/broker/registry.js';

const titles: Readonly<Record<ServerKind, () => Promise<string | null>>> = {
  nats: async () => {
    const { findServerBinary } = await import('../broker/nats/private/server-binary.js');
    const binary = findServerBinary();
    return binary === null ? null : `a private nats-server ${binary.version}`;
  },
  kafka: async () => {
    const { findKafkaFiles } = await import('../broker/kafka/private/kafka-files.js');
    const files = findKafkaFiles();
    return files === null ? null : `a private Kafka ${files.version}`;
  },
};

/** `a private Kafka 4.4.0`; null if there is none to start. */
export function titleOfPrivate(server: ServerKind): Promise<string | null> {
  return titles[server]();
}
