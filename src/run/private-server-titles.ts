/**
 * Names the private server that a run is about to start, by what is found on this machine to start it from. The code
 * that starts it, and its client, are loaded only afterwards, so the name is shown at once.
 */
import type { ServerKind } from '../domain/broker/registry.js';

const titles: Readonly<Record<ServerKind, () => Promise<string | null>>> = {
  nats: async () => {
    const { findServerBinary, titleOf } = await import('../broker/nats/private/server-binary.js');
    const binary = findServerBinary();
    return binary === null ? null : `a private ${titleOf(binary)}`;
  },
  kafka: async () => {
    const { findKafkaFiles, titleOf } = await import('../broker/kafka/private/kafka-files.js');
    const files = findKafkaFiles();
    return files === null ? null : `a private ${titleOf(files)}`;
  },
};

/** `a private Kafka 4.4.0`; null if there is none to start. */
export function titleOfPrivate(server: ServerKind): Promise<string | null> {
  return titles[server]();
}
