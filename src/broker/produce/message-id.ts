/** The id by which JetStream tells a message that it has stored within its duplicate window from a new one. */
import type { MessageIdPolicy } from '../../domain/topology.js';
import type { EventMessage } from '../port.js';

/** undefined: the message bears none. */
export function messageIdOf(
  policy: MessageIdPolicy,
  { topic, aggregateId, version }: Pick<EventMessage, 'topic' | 'aggregateId' | 'version'>,
): string | undefined {
  switch (policy) {
    case 'none':
      return undefined;
    case 'event':
      return `${String(topic)}.${aggregateId}.${String(version)}`;
    case 'aggregate':
      return `${String(topic)}.${aggregateId}`;
  }
}
