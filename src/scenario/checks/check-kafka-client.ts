/**
 * Checks that the Kafka client can do what is asked for. The driver refuses the same, but only once a broker is there.
 */
import { UsageError } from '../../domain/errors.js';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import type { ScenarioField } from '../fields.js';
import type { Layers } from '../layers.js';

/** @throws {UsageError} naming what the second client lacks */
export function checkKafkaClient(layers: Layers): void {
  if (layers.value('kafkaClient') !== 'platformatic') return;
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const lacking: readonly (readonly [ScenarioField, boolean, string])[] = [
    [
      'kafkaClient',
      !brokers.some((broker) => traitsOf(broker).clientField === 'kafkaClient'),
      'it is a client of a real Kafka: add --broker kafka',
    ],
    ['sendOrder', layers.value('sendOrder') === 'client', 'that is an order of kafkajs'],
    ['consume', layers.value('consume') === 'each-message', 'it has no handling of one message at a time'],
    ['partitionsConcurrently', layers.value('partitionsConcurrently') > 1, 'it has no limit to partitions at a time'],
    ['commitThreshold', layers.value('commitThreshold') !== null, 'it does not commit by number of messages'],
    ['disturb', layers.given('disturb')?.some(({ kind }) => kind === 'pause') === true, 'it cannot pause'],
    [
      'handlerFail',
      layers.value('handlerFail') > 0 && !['ack', 'skip'].includes(layers.value('handlerFailure')),
      'it has no way back to a message that failed',
    ],
    [
      'idempotent',
      layers.value('idempotent') && layers.value('inFlight') !== 1,
      'it cannot be idempotent with more than one request in flight (--in-flight 1)',
    ],
  ];
  const found = lacking.find(([, isAsked]) => isAsked);
  if (found === undefined) return;
  const [field, , why] = found;
  const asked = field === 'kafkaClient' ? '' : `, and ${layers.place(field)} asks for what it cannot do`;
  throw new UsageError(
    `${layers.place('kafkaClient')} is platformatic${asked}: ${why}`,
    field === 'kafkaClient' ? 'or leave the client out' : 'leave that out, or use --kafka-client kafkajs',
  );
}
